import type { AnnotationRecord, Attribute, Corners, MediaRecord } from "../../records/types.gen.js";
import { nameOf, stemOf } from "../media/media-index.js";
import { type GrowingFile, growFile } from "../text/growing.js";
import { newVocabulary } from "../vocabulary.js";
import type { FileSink, Placed, Writer, Written, WrittenDataset } from "../write.js";
import { isBelowRoot, newPaths } from "../written-path.js";
import { branch, editXml, escapeXml, leaf, renderXml, type XmlPart } from "./edit.js";

/**
 * Pascal VOC: `Annotations/<stem>.xml` for each medium, its stem in the list of its split, and labelmap.txt (CVAT) where there are categories. `corners` stand as the record has them, or
 * else those of its box; of a polygon the first ring (Roboflow). The label is the record's, or else the name of the category that it refers to.
 *
 * What the format cannot hold: white space at the ends of a text and an empty one; the type of an attribute (all are texts); a category whose name has a
 * colon, begins with # or is `background`, which labelmap.txt has another meaning for.
 */
export const vocWriter: Writer = {
  format: "voc",
  carries: {
    category: ["id", "name"],
    media: ["id", "path", "width", "height", "split"],
    annotation: [
      ...(["media_id", "category_id", "label", "box", "corners", "polygon", "polygon_length", "score"] as const),
      ...(["truncated", "difficult", "occluded", "pose", "attributes"] as const),
    ],
    always: ["box"],
    coordinates: "any",
    ids: "own",
    textAttributes: true,
    splits: true,
    needsPictures: false,
  },
  write(dataset, files, placed) {
    writeLabelMap(dataset, files, placed);
    const vocabulary = newVocabulary(dataset);
    const nextPath = newPaths(".xml");
    const lists = new Map<string, GrowingFile>();
    for (const medium of dataset.media()) {
      const { record, edits, annotations, picture } = medium;
      if (picture !== undefined && isBelowRoot(record.path)) files.bytes(record.path, picture);
      const path = nextPath(`Annotations/${stemFor(record)}`);
      const file = growFile(path, files);
      const root = editXml(mediumText(record), edits ?? []);
      placed(medium, { file: path, line: file.lines(root.slice(0, root.lastIndexOf("</")).trimEnd()), element: 0 });
      annotations.forEach((annotation, element) => {
        const object = editXml(
          objectText(annotation.record, vocabulary.labelOf(annotation.record)),
          annotation.edits ?? [],
        );
        placed(annotation, { file: path, line: file.lines(object), element });
      });
      file.line("</annotation>");
      file.end();
      if (record.split !== undefined) listIn(lists, record.split, files).line(stemOf(nameOf(path)));
    }
    for (const list of lists.values()) list.end();
  },
};

/** The list of a split, begun with its first medium. */
function listIn(lists: Map<string, GrowingFile>, split: string, files: FileSink): GrowingFile {
  const list = lists.get(split) ?? growFile(`ImageSets/Main/${split}.txt`, files);
  lists.set(split, list);
  return list;
}

/** A line of labelmap.txt is `label:color_rgb:parts:actions`; edits name its columns from 0, or `/name`. */
function writeLabelMap({ categories }: WrittenDataset, files: FileSink, placed: Placed): void {
  if (categories.length === 0) return;
  const file = growFile("labelmap.txt", files);
  file.line("# label:color_rgb:parts:actions");
  categories.forEach((category, element) => {
    placed(category, { file: file.path, line: file.lines(labelLine(category)), element });
  });
  file.end();
}

function labelLine({ record, edits }: Written<{ name: string | undefined }>): string {
  const columns = [record.name ?? "", "", "", ""];
  for (const { at, how, text } of edits ?? []) {
    const column = at === "/name" ? 0 : Number(at.slice(1));
    if (how === "repeat") columns.push(text);
    else columns[column] = how === "omit" ? "" : text;
  }
  return columns.join(":");
}

/** A picture whose path names no file gives its annotations none either. */
function stemFor({ path }: MediaRecord): string {
  return isBelowRoot(path) ? stemOf(nameOf(path)) : "medium";
}

/** The root of a medium's file, without the objects in it. */
export function mediumText({ path, width, height }: MediaRecord): string {
  const size = [
    ...(width === undefined ? [] : [leaf("width", `${width}`)]),
    ...(height === undefined ? [] : [leaf("height", `${height}`)]),
    leaf("depth", "3"),
  ];
  const parts = [
    ...(path === undefined ? [] : [leaf("filename", escapeXml(path))]),
    branch("size", size),
    leaf("segmented", "0"),
  ];
  return renderXml(branch("annotation", parts), "");
}

/** The object of an annotation, a tab before it. */
export function objectText(record: AnnotationRecord, label: string | undefined): string {
  const { box, pose, truncated, difficult, occluded, score, attributes, polygon, polygon_length } = record;
  const corners = record.corners ?? (box === undefined ? undefined : cornersOf(box));
  const parts: XmlPart[] = [];
  if (label !== undefined) parts.push(leaf("name", escapeXml(label)));
  if (pose !== undefined) parts.push(leaf("pose", escapeXml(pose)));
  if (truncated !== undefined) parts.push(leaf("truncated", truncated ? "1" : "0"));
  if (difficult !== undefined) parts.push(leaf("difficult", difficult ? "1" : "0"));
  if (occluded !== undefined) parts.push(leaf("occluded", occluded ? "1" : "0"));
  if (corners !== undefined) parts.push(boxPart(corners));
  if (score !== undefined) parts.push(leaf("score", `${score}`));
  if (polygon?.[0] !== undefined) parts.push(polygonPart(polygon[0], polygon_length?.[0] ?? polygon[0].length));
  if (attributes !== undefined) parts.push(branch("attributes", attributes.map(attributePart)));
  return renderXml(branch("object", parts), "\t");
}

function cornersOf({ x, y, width, height }: NonNullable<AnnotationRecord["box"]>): Corners {
  return { x_min: x, y_min: y, x_max: x + width, y_max: y + height };
}

function boxPart({ x_min, y_min, x_max, y_max }: Corners): XmlPart {
  return branch("bndbox", [
    leaf("xmin", `${x_min}`),
    leaf("ymin", `${y_min}`),
    leaf("xmax", `${x_max}`),
    leaf("ymax", `${y_max}`),
  ]);
}

/** `<x1>`, `<y1>`, `<x2>` and so on; a list of odd length ends with an x. */
function polygonPart(ring: Float64Array, length: number): XmlPart {
  const names = Array.from({ length }, (_, at) => `${at % 2 === 0 ? "x" : "y"}${Math.floor(at / 2) + 1}`);
  return branch(
    "polygon",
    names.map((name, at) => leaf(name, `${ring[at] ?? 0}`)),
  );
}

function attributePart({ name, text }: Attribute): XmlPart {
  return branch("attribute", [leaf("name", escapeXml(name)), leaf("value", escapeXml(text))]);
}
