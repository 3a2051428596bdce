import type { Kind } from "../../records/grammar.gen.js";
import type { AnnotationRecord, CategoryRecord, MediaRecord, PanopticSegment } from "../../records/types.gen.js";
import { editJson } from "../json/edit.js";
import { attributeText, idText, listText, numberText } from "../json/texts.js";
import { type GrowingFile, growFile } from "../text/growing.js";
import type { Carries, FileSink, Placed, Writer, Written, WrittenDataset } from "../write.js";
import { isBelowRoot } from "../written-path.js";
import type { CocoVariant } from "./detect.js";
import { drawMask } from "./mask.js";

/** Text of one element without the braces, each field with a comma before it. */
type Fields<R> = (record: R) => string;

interface Variant {
  readonly file: string;
  readonly carries: Carries;
  /** Undefined: the file has no such section. */
  readonly category: Fields<CategoryRecord> | undefined;
  readonly media: Fields<MediaRecord> | undefined;
  readonly annotation: Fields<AnnotationRecord>;
  /** Writes what lies beside the file. */
  readonly beside?: (annotation: AnnotationRecord, media: MediaRecord, files: FileSink) => void;
}

const made = ["annotator", "created_at", "modified_at"] as const;
const shape = ["box", "polygon", "polygon_length", "rle"] as const;
const common = { coordinates: "any", ids: "any", needsPictures: false } as const;
const namedCategory = ["id", "name", "supercategory"] as const;
/** Flags are read out of `attributes`. */
const flags = ["truncated", "difficult", "occluded"] as const;
const plainMedia = ["id", "path", "width", "height", "captured_at"] as const;

const instances: Variant = {
  file: "annotations/instances.json",
  carries: {
    ...common,
    late: flags,
    category: [...namedCategory, "isthing", "keypoints", "skeleton"],
    media: plainMedia,
    annotation: ["id", "media_id", "category_id", ...shape, "area", "iscrowd", "attributes", ...made],
  },
  category: categoryFields,
  media: mediaFields,
  annotation: (record) =>
    headFields(record) + shapeFields(record) + countFields(record) + attributeFields(record) + madeFields(record),
};

/**
 * COCO as its exporters write it (cocodataset.org, "Data format"), each element on a line of its own, categories first so that a reader knows them in
 * time. Of a polygon and a run-length mask the polygon is written: one field has room for one. A variant is told by a field of its first annotation,
 * which is therefore written as null where the record has none; a file without annotations reads as `coco-instances`. Flags of VOC and the scores of
 * results are in no annotation file but in `attributes` and `coco-results`.
 */
const variants = {
  "coco-instances": instances,
  "coco-keypoints": {
    ...instances,
    file: "annotations/person_keypoints.json",
    carries: {
      ...instances.carries,
      always: ["keypoints"],
      annotation: [...instances.carries.annotation, "keypoints", "keypoint_values", "num_keypoints"],
    },
    annotation: (record) => instances.annotation(record) + keypointFields(record),
  },
  "coco-captions": {
    file: "annotations/captions.json",
    carries: {
      ...common,
      always: ["caption"],
      category: [],
      media: plainMedia,
      annotation: ["id", "media_id", "caption", ...made],
    },
    category: undefined,
    media: mediaFields,
    annotation: (record) =>
      `${headFields(record)},"caption":${record.caption === undefined ? "null" : JSON.stringify(record.caption)}${madeFields(record)}`,
  },
  "coco-panoptic": {
    file: "annotations/panoptic.json",
    carries: {
      ...common,
      always: ["segments"],
      late: ["mask_found", "mask_type", "mask_width", "mask_height", "mask_values"],
      coordinates: "integer",
      category: [...namedCategory, "isthing"],
      media: plainMedia,
      annotation: ["id", "media_id", "segments", "mask_path", ...made],
    },
    category: categoryFields,
    media: mediaFields,
    annotation: (record) => headFields(record) + segmentFields(record) + madeFields(record),
    beside: writeMask,
  },
  lvis: {
    ...instances,
    file: "annotations/lvis.json",
    carries: { ...instances.carries, media: [...plainMedia, "not_exhaustive"] },
    media: (record) =>
      `${mediaFields(record)},"neg_category_ids":[],"not_exhaustive_category_ids":${record.not_exhaustive === true ? "[1]" : "[]"}`,
  },
  "coco-results": {
    file: "results.json",
    carries: {
      ...common,
      always: ["score"],
      category: [],
      media: [],
      annotation: ["media_id", "category_id", ...shape, "keypoints", "keypoint_values", "caption", "score"],
    },
    category: undefined,
    media: undefined,
    annotation: resultFields,
  },
} as const satisfies Readonly<Record<CocoVariant, Variant>>;

export const cocoWriters: readonly Writer[] = (Object.keys(variants) as readonly CocoVariant[]).map((format) =>
  cocoWriter(format, variants[format]),
);

/** One element alone, as the variant's writer puts it; undefined where its file has no such section. */
export function elementText(format: CocoVariant, kind: Kind, record: object): string | undefined {
  const { category, media, annotation }: Variant = variants[format];
  const fields = { category, media, annotation }[kind as "category"] as Fields<object> | undefined;
  return fields === undefined ? undefined : `{${fields(record).slice(1)}}`;
}

function cocoWriter(format: CocoVariant, variant: Variant): Writer {
  const { file: path, carries } = variant;
  return {
    format,
    carries,
    write(dataset, files, placed) {
      const file = growFile(path, files);
      const annotations = annotationsOf(dataset, variant, files);
      if (variant.media === undefined) writeList(file, "", annotations, variant.annotation, placed);
      else writeSections(file, variant, variant.media, dataset, annotations, placed);
      file.end();
    },
  };
}

function writeSections(
  file: GrowingFile,
  variant: Variant,
  media: Fields<MediaRecord>,
  dataset: WrittenDataset,
  annotations: Iterable<Written<AnnotationRecord>>,
  placed: Placed,
): void {
  file.line('{"info":{"version":"1.0"},"licenses":[],');
  if (variant.category !== undefined) {
    file.line('"categories":');
    writeList(file, "/categories", dataset.categories, variant.category, placed, ",");
  }
  file.line('"images":');
  writeList(file, "/images", dataset.media(), media, placed, ",");
  file.line('"annotations":');
  writeList(file, "/annotations", annotations, variant.annotation, placed);
  file.line("}");
}

/** The second pass over the media: their annotations one by one, and beside them what is in files of their own. */
function* annotationsOf(
  dataset: WrittenDataset,
  { beside }: Variant,
  files: FileSink,
): Iterable<Written<AnnotationRecord>> {
  for (const { record, annotations, picture } of dataset.media()) {
    if (picture !== undefined && isBelowRoot(record.path)) files.bytes(record.path, picture);
    for (const annotation of annotations) {
      beside?.(annotation.record, record, files);
      yield annotation;
    }
  }
}

/** A list with each element on a line of its own; the line that an element stands on is known before it is written, as is whether one comes before it. */
function writeList<R extends object>(
  file: GrowingFile,
  pointer: string,
  all: Iterable<Written<R>>,
  fields: Fields<R>,
  placed: Placed,
  after = "",
): void {
  file.line("[");
  let element = 0;
  let held: Written<R> | undefined;
  const put = (written: Written<R>, comma: string): void => {
    const { record, edits } = written;
    const plain = `{${fields(record).slice(1)}}`;
    const line =
      edits === undefined || edits.length === 0 ? file.line(plain + comma) : file.lines(editJson(plain, edits) + comma);
    placed(written, { file: file.path, line, element, pointer: `${pointer}/${element}` });
    element += 1;
  };
  for (const written of all) {
    if (held !== undefined) put(held, ",");
    held = written;
  }
  if (held !== undefined) put(held, "");
  file.line(`]${after}`);
}

function mediaFields({ id, path, width, height, captured_at }: MediaRecord): string {
  let text = "";
  if (id !== undefined) text += `,"id":${idText(id)}`;
  if (path !== undefined) text += `,"file_name":${JSON.stringify(path)}`;
  if (width !== undefined) text += `,"width":${numberText(width)}`;
  if (height !== undefined) text += `,"height":${numberText(height)}`;
  if (captured_at !== undefined) text += `,"date_captured":${JSON.stringify(captured_at)}`;
  return text;
}

function categoryFields({ id, name, supercategory, isthing, keypoints, skeleton }: CategoryRecord): string {
  let text = "";
  if (id !== undefined) text += `,"id":${idText(id)}`;
  if (name !== undefined) text += `,"name":${JSON.stringify(name)}`;
  if (supercategory !== undefined) text += `,"supercategory":${JSON.stringify(supercategory)}`;
  if (isthing !== undefined) text += `,"isthing":${numberText(isthing)}`;
  if (keypoints !== undefined) text += `,"keypoints":${JSON.stringify(keypoints)}`;
  if (skeleton !== undefined) {
    const edges: string[] = [];
    for (let i = 0; i < skeleton.length; i += 2) edges.push(listText(skeleton.subarray(i, i + 2)));
    text += `,"skeleton":[${edges.join(",")}]`;
  }
  return text;
}

function headFields({ id, media_id, category_id }: AnnotationRecord): string {
  let text = "";
  if (id !== undefined) text += `,"id":${idText(id)}`;
  if (media_id !== undefined) text += `,"image_id":${idText(media_id)}`;
  if (category_id !== undefined) text += `,"category_id":${idText(category_id)}`;
  return text;
}

function shapeFields({ box, polygon, polygon_length, rle }: AnnotationRecord): string {
  let text = box === undefined ? "" : `,"bbox":${boxText(box)}`;
  if (polygon !== undefined) {
    text += ',"segmentation":[';
    for (let i = 0; i < polygon.length; i++)
      text += (i === 0 ? "" : ",") + listText(ofLength(polygon[i] ?? [], polygon_length?.[i]));
    text += "]";
  } else if (rle !== undefined) {
    text += `,"segmentation":{"size":[${numberText(rle.height)},${numberText(rle.width)}],"counts":${listText(rle.counts)}}`;
  }
  return text;
}

function boxText({ x, y, width, height }: { x: number; y: number; width: number; height: number }): string {
  return `[${numberText(x)},${numberText(y)},${numberText(width)},${numberText(height)}]`;
}

/** A list has the length that the record says it was written with, where that differs from its own: cut, or zeros behind it. */
function ofLength(
  values: Float64Array | readonly number[],
  length: number | undefined,
): Float64Array | readonly number[] {
  if (length === undefined || length === values.length) return values;
  return Array.from({ length }, (_, i) => values[i] ?? 0);
}

function countFields({ area, iscrowd }: AnnotationRecord): string {
  let text = "";
  if (area !== undefined) text += `,"area":${numberText(area)}`;
  if (iscrowd !== undefined) text += `,"iscrowd":${numberText(iscrowd)}`;
  return text;
}

function attributeFields({ attributes }: AnnotationRecord): string {
  if (attributes === undefined) return "";
  const members = attributes.map(({ name, type, text }) => `${JSON.stringify(name)}:${attributeText(type, text)}`);
  return `,"attributes":{${members.join(",")}}`;
}

function madeFields({ annotator, created_at, modified_at }: AnnotationRecord): string {
  let text = "";
  if (annotator !== undefined) text += `,"annotator":${JSON.stringify(annotator)}`;
  if (created_at !== undefined) text += `,"created_at":${JSON.stringify(created_at)}`;
  if (modified_at !== undefined) text += `,"modified_at":${JSON.stringify(modified_at)}`;
  return text;
}

function keypointFields(record: AnnotationRecord): string {
  const { num_keypoints } = record;
  return keypointList(record) + (num_keypoints === undefined ? "" : `,"num_keypoints":${numberText(num_keypoints)}`);
}

function keypointList({ keypoints, keypoint_values }: AnnotationRecord): string {
  if (keypoints === undefined) return ',"keypoints":null';
  const values = keypoints.flatMap(({ x, y, v }) => [x, y, v]);
  return `,"keypoints":${listText(ofLength(values, keypoint_values))}`;
}

/** A result has no id of its own: COCO's tools give it one. */
function resultFields(record: AnnotationRecord): string {
  const { media_id, category_id, caption, score } = record;
  let text = media_id === undefined ? "" : `,"image_id":${idText(media_id)}`;
  if (category_id !== undefined) text += `,"category_id":${idText(category_id)}`;
  text += shapeFields(record);
  if (record.keypoints !== undefined) text += keypointList(record);
  if (caption !== undefined) text += `,"caption":${JSON.stringify(caption)}`;
  if (score !== undefined) text += `,"score":${numberText(score)}`;
  return text;
}

function segmentFields({ segments, mask_path }: AnnotationRecord): string {
  const file = mask_path === undefined ? "" : `,"file_name":${JSON.stringify(mask_path)}`;
  return segments === undefined ? file : `${file},"segments_info":[${segments.map(segmentText).join(",")}]`;
}

function segmentText({ id, category_id, area, box, iscrowd }: PanopticSegment): string {
  let text = `{"id":${numberText(id)}`;
  if (category_id !== undefined) text += `,"category_id":${idText(category_id)}`;
  if (area !== undefined) text += `,"area":${numberText(area)}`;
  if (box !== undefined) text += `,"bbox":${boxText(box)}`;
  if (iscrowd !== undefined) text += `,"iscrowd":${numberText(iscrowd)}`;
  return `${text}}`;
}

/** The PNG lies in the folder that bears the name of the file, as panopticapi looks for it. */
function writeMask(annotation: AnnotationRecord, media: MediaRecord, files: FileSink): void {
  const { mask_path } = annotation;
  if (!isBelowRoot(mask_path)) return;
  const png = drawMask(annotation, media);
  if (png !== undefined) files.bytes(`annotations/panoptic/${mask_path}`, png);
}
