import type { AnnotationRecord, CategoryRecord, MediaRecord } from "../../records/types.gen.js";
import { stemOf } from "../media/media-index.js";
import { growFile } from "../text/growing.js";
import { newVocabulary } from "../vocabulary.js";
import type { Carries, FileSink, Placed, Writer, Written, WrittenDataset } from "../write.js";
import { isBelowRoot, newPaths } from "../written-path.js";
import { editColumns } from "./edit.js";
import type { YoloTask } from "./label-line.js";

/** What Ultralytics calls the task, and the fields that its lines hold. */
const tasks = {
  detection: { task: "detect", fields: ["box"], always: [], coordinatesOf: boxShares },
  // A line has a polygon or a box; a file of nothing but boxes is one of detection.
  segmentation: {
    task: "segment",
    fields: ["polygon", "polygon_length"],
    always: ["polygon"],
    coordinatesOf: polygonShares,
  },
  obb: { task: "obb", fields: ["rotated_box"], always: ["rotated_box"], coordinatesOf: rotatedShares },
  pose: {
    task: "pose",
    fields: ["box", "keypoints", "keypoint_values"],
    always: ["keypoints"],
    coordinatesOf: poseShares,
  },
} as const satisfies Readonly<Record<YoloTask, TaskForm>>;

interface TaskForm {
  readonly task: string;
  readonly fields: Carries["annotation"];
  readonly always: Carries["annotation"];
  /** Undefined where the record has nothing that the task's lines hold. */
  coordinatesOf(record: AnnotationRecord, size: Size, points: number): readonly number[] | undefined;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * YOLO as Ultralytics has it: data.yaml, and for each medium `labels/<its path below images/>.txt`, empty where it has no annotation. A line holds the
 * category's position in the list and shares of the record's size of the medium, in full; `normalised` stands as it is where the record has it. Reading
 * needs the pictures, under `images/` or anywhere else below the root. Of a polygon the first ring is written; a ring of two points would read as a box.
 *
 * A category that the dataset does not have is written as a position behind the list. A medium whose stem is that of another, or whose label file would
 * bear the name of a list (train, classes, readme), is not found again by YOLO's own convention. Edits of a medium have no text to stand in; those of a
 * category are of its `/name`, and those of an annotation of its columns, counted from 0.
 */
export const yoloWriters: readonly Writer[] = (["detection", "segmentation", "obb", "pose"] as const).map(yoloWriter);

function yoloWriter(name: YoloTask): Writer {
  const form: TaskForm = tasks[name];
  return {
    format: `yolo-${name}`,
    carries: {
      category: name === "pose" ? ["id", "name", "keypoints"] : ["id", "name"],
      media: ["id", "path", "width", "height"],
      annotation: ["media_id", "category_id", "normalised", ...form.fields],
      always: ["normalised", ...form.always],
      late: ["normalised"],
      coordinates: "share",
      ids: "own",
      splits: true,
      needsPictures: true,
    },
    write(dataset, files, placed) {
      const points = name === "pose" ? pointsOf(dataset) : 0;
      writeConfig(dataset, form, points, files, placed);
      const { positionOf } = newVocabulary(dataset);
      const beyond = dataset.categories.length;
      const nextPath = newPaths(".txt");
      for (const medium of dataset.media()) {
        const { record, annotations, picture } = medium;
        if (picture !== undefined && isBelowRoot(record.path)) files.bytes(record.path, picture);
        const file = growFile(nextPath(`labels/${stemFor(record)}`), files);
        placed(medium, { file: file.path, line: 1, element: 0 });
        annotations.forEach((annotation, element) => {
          const position = positionOf(annotation.record) ?? outside(annotation.record, beyond);
          const line = editColumns(lineText(name, position, annotation.record, record, points), annotation.edits ?? []);
          placed(annotation, { file: file.path, line: file.lines(line), element });
        });
        file.end();
      }
    },
  };
}

/** A line without edits; the position of the category alone where the record has nothing that the task's lines hold. */
export function lineText(
  name: YoloTask,
  position: number | string,
  annotation: AnnotationRecord,
  { width = 1, height = 1 }: Partial<Pick<MediaRecord, "width" | "height">>,
  points: number,
): string {
  const shares = tasks[name].coordinatesOf(annotation, { width, height }, points) ?? [];
  return [position, ...shares].join(" ");
}

function outside({ category_id }: AnnotationRecord, beyond: number): number {
  return typeof category_id === "number" && Number.isSafeInteger(category_id) && category_id > beyond
    ? category_id
    : beyond;
}

function stemFor({ path }: MediaRecord): string {
  return isBelowRoot(path) ? stemOf(path.replace(/^images\//, "")) : "medium";
}

/** Keypoints of a line: one number for the whole dataset, that of the names or else of the first annotation that has any. */
function pointsOf(dataset: WrittenDataset): number {
  const names = dataset.categories.find(({ record }) => record.keypoints !== undefined)?.record.keypoints;
  if (names !== undefined) return names.length;
  for (const { annotations } of dataset.media())
    for (const { record } of annotations) if (record.keypoints?.[0] !== undefined) return record.keypoints.length;
  return 0;
}

/** A JSON string is a string of YAML too. */
function writeConfig(
  { categories }: WrittenDataset,
  { task }: TaskForm,
  points: number,
  files: FileSink,
  placed: Placed,
): void {
  const file = growFile("data.yaml", files);
  for (const line of ["path: .", "train: images", "val: images", `task: ${task}`]) file.line(line);
  if (points > 0) file.line(`kpt_shape: [${points}, 3]`);
  const names = categories.find(({ record }) => record.keypoints !== undefined)?.record.keypoints;
  if (task === "pose" && names !== undefined) file.line(`kpt_names: { 0: ${JSON.stringify(names)} }`);
  if (categories.length > 0) file.line("names:");
  categories.forEach((category, element) => {
    const line = file.lines(nameLines(category, element).join("\n"));
    placed(category, { file: file.path, line, element });
  });
  file.end();
}

function nameLines({ record: { name }, edits }: Written<CategoryRecord>, position: number): string[] {
  const key = `  ${position}:`;
  const lines = [name === undefined ? key : `${key} ${JSON.stringify(name)}`];
  for (const { at, how, text } of edits ?? []) {
    if (at !== "/name") throw new RangeError(`data.yaml has nothing but the name of a category, no ${at}`);
    if (how === "repeat") lines.push(`${key} ${text}`);
    else lines[0] = how === "omit" ? key : `${key} ${text}`;
  }
  return lines;
}

function boxShares({ normalised, box }: AnnotationRecord, { width, height }: Size): readonly number[] | undefined {
  if (normalised !== undefined) return [...normalised];
  if (box === undefined) return undefined;
  return [(box.x + box.width / 2) / width, (box.y + box.height / 2) / height, box.width / width, box.height / height];
}

function polygonShares(record: AnnotationRecord, size: Size): readonly number[] | undefined {
  const ring = record.polygon?.[0];
  return record.normalised === undefined && ring !== undefined ? shares(ring, size) : boxShares(record, size);
}

/** A box without turn is its four corners, clockwise from the upper left one. */
function rotatedShares({ normalised, rotated_box, box }: AnnotationRecord, size: Size): readonly number[] | undefined {
  if (normalised !== undefined) return [...normalised];
  if (rotated_box !== undefined) return shares(rotated_box, size);
  if (box === undefined) return undefined;
  const { x, y, width, height } = box;
  return shares([x, y, x + width, y, x + width, y + height, x, y + height], size);
}

/** An annotation without keypoints has none of them labelled. */
function poseShares(record: AnnotationRecord, size: Size, points: number): readonly number[] | undefined {
  const { normalised, keypoints } = record;
  const own = boxShares({ ...record, normalised: normalised?.subarray(0, 4) }, size);
  if (own === undefined) return undefined;
  const placed =
    keypoints === undefined
      ? Array.from({ length: 3 * points }, () => 0)
      : keypoints.flatMap(({ x, y, v }, at) => [
          normalised?.[4 + 2 * at] ?? x / size.width,
          normalised?.[5 + 2 * at] ?? y / size.height,
          v,
        ]);
  return [...own, ...placed];
}

function shares(values: Float64Array | readonly number[], { width, height }: Size): readonly number[] {
  return Array.from(values, (value, at) => value / (at % 2 === 0 ? width : height));
}
