import type { AnnotationRecord, MediaRecord } from "../../records/types.gen.js";
import { editJson } from "../json/edit.js";
import { attributeText, idText, numberText } from "../json/texts.js";
import { growFile } from "../text/growing.js";
import { newVocabulary, type Vocabulary } from "../vocabulary.js";
import type { Writer, Written, WrittenMedium } from "../write.js";
import { isBelowRoot } from "../written-path.js";

/**
 * TC609-5-2025-02 JSONL: a line for each medium, its annotations the entries of `annotation.label`, with every field that users of the format write and
 * values that they write (standards/cn-tc609-5-2025-02-partial). Ids are texts. The label is the record's, or else the name of the category that it refers
 * to; attributes are further fields of the entry.
 *
 * One line has one annotator and one pair of times: they are written where all annotations of a medium have the same, and else a date that is no instant
 * and a null, so that they are not among what is carried. Edits of a medium go below its line (those of entries are made before them), those of an
 * annotation below its entry. What the format cannot hold: a path that is an address, is longer than 1,024 characters or has line breaks.
 */
export const tc609Writer: Writer = {
  format: "tc609-jsonl",
  carries: {
    category: [],
    media: ["id", "path", "width", "height"],
    annotation: ["media_id", "label", "box", "iscrowd", "attributes"],
    coordinates: "any",
    ids: "text",
    raw: true,
    needsPictures: false,
  },
  write(dataset, files, placed) {
    const vocabulary = newVocabulary(dataset);
    const file = growFile("records.jsonl", files);
    let media = 0;
    let annotations = 0;
    for (const medium of dataset.media()) {
      const { record, edits, picture } = medium;
      if (picture !== undefined && isBelowRoot(record.path)) files.bytes(record.path, picture);
      const plain = lineText(medium, vocabulary);
      const line = file.lines(edits === undefined || edits.length === 0 ? plain : editJson(plain, edits));
      placed(medium, { file: file.path, line, element: media, pointer: "" });
      media += 1;
      medium.annotations.forEach((annotation, index) => {
        const pointer = `/annotation/label/${index}`;
        placed(annotation, { file: file.path, line, element: annotations, pointer });
        annotations += 1;
      });
    }
    file.end();
  },
};

/** A date alone: when a generated record was made is not said. */
const day = "2026-01-01";

/** A medium's line, without edits of its own. */
export function lineText({ record, annotations }: WrittenMedium, vocabulary: Vocabulary): string {
  const entries = annotations.map((annotation) => entryText(annotation, vocabulary));
  const annotator = shared(annotations, "annotator");
  return [
    `{${record.id === undefined ? "" : `"id":${JSON.stringify(String(record.id))},`}"rid":[]`,
    `"data_content":[${itemText(record)}]`,
    `"annotation":{"label":[${entries.join(",")}],"annotation_method":"人工标注"`,
    `"annotator":${annotator === undefined ? "null" : JSON.stringify(annotator)}}`,
    `"original_time":${JSON.stringify(shared(annotations, "created_at") ?? day)}`,
    `"last_modified_time":${JSON.stringify(shared(annotations, "modified_at") ?? day)}`,
    '"version":"1.0.0","license":"开源","source":"自采","source_details":"生成的测试数据","generated_data_indicator":1}',
  ].join(",");
}

/** What all annotations of the medium have alike. */
function shared(
  annotations: readonly Written<AnnotationRecord>[],
  field: "annotator" | "created_at" | "modified_at",
): string | undefined {
  const first = annotations[0]?.record[field];
  return annotations.every(({ record }) => record[field] === first) ? first : undefined;
}

/** A medium without path has an item without content: a list of no items is no record of the format. */
function itemText({ path, width, height }: MediaRecord): string {
  let text = `{"media_type":"image","content":${JSON.stringify(path ?? "")}`;
  if (width !== undefined) text += `,"width":${numberText(width)}`;
  if (height !== undefined) text += `,"height":${numberText(height)}`;
  return `${text}}`;
}

/** An annotation's entry in the line of its medium. */
export function entryText({ record, edits }: Written<AnnotationRecord>, { labelOf }: Vocabulary): string {
  const { box, iscrowd, attributes, category_id } = record;
  const label = labelOf(record);
  let text = "";
  if (label !== undefined) text += `,"category":${JSON.stringify(label)}`;
  else if (category_id !== undefined) text += `,"category_id":${idText(category_id)}`;
  if (box !== undefined) {
    const { x, y, width, height } = box;
    text += `,"bbox":[${numberText(x)},${numberText(y)},${numberText(width)},${numberText(height)}]`;
  }
  if (iscrowd !== undefined) text += `,"iscrowd":${numberText(iscrowd)}`;
  for (const attribute of attributes ?? [])
    text += `,${JSON.stringify(attribute.name)}:${attributeText(attribute.type, attribute.text)}`;
  const plain = `{${text.slice(1)}}`;
  return edits === undefined || edits.length === 0 ? plain : editJson(plain, edits);
}
