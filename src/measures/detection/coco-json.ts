import type { Truths } from "../../statistics/detection/columns.js";
import {
  type Inputs,
  MeasureError,
  type NumberRange,
  numberOf,
  shown,
  toList,
  toNumber,
  toNumbers,
} from "../inputs.js";

/** One object of a list, with its path in the inputs. */
export interface CocoRow {
  readonly value: Inputs;
  readonly at: string;
}

/** What COCO's files say of ground truth and results, by column; image and category are places in the ascending lists of ids. */
export interface CocoData {
  readonly truths: Truths;
  readonly image: Int32Array;
  readonly category: Int32Array;
  readonly score: Float64Array;
  readonly objects: readonly CocoRow[];
  readonly results: readonly CocoRow[];
  /** Height and width of each image. */
  readonly sizes: readonly CocoRow[];
}

/**
 * Reads the inputs `ground_truth` (instances file), `detections` (results file) and `min_score`. Categories that the ground truth does not list are left
 * out, as pycocotools does; an image that it does not list is an error, as there.
 *
 * @throws MeasureError
 */
export function cocoDataOf(inputs: Inputs): CocoData {
  const file = toObject(inputs["ground_truth"], "ground_truth");
  const images = rowsOf(file["images"], "ground_truth.images");
  const imagePlaces = placesOf(images);
  const categoryPlaces = placesOf(rowsOf(file["categories"], "ground_truth.categories"));
  const sizes: CocoRow[] = [];
  for (const row of images) sizes[imagePlaces.get(row.value["id"]) ?? 0] = row;

  const listed = (row: CocoRow) => categoryPlaces.has(row.value["category_id"]);
  const objects = rowsOf(file["annotations"], "ground_truth.annotations").filter(listed);
  const least = numberOf(inputs, "min_score", {}, Number.NEGATIVE_INFINITY);
  const results = rowsOf(inputs["detections"], "detections")
    .filter(listed)
    .filter((row) => numberAt(row, "score") >= least);
  const columnsOf = (rows: readonly CocoRow[]) => ({
    image: Int32Array.from(rows, (row) => placeOf(imagePlaces, row)),
    category: Int32Array.from(rows, ({ value }) => categoryPlaces.get(value["category_id"]) ?? 0),
  });
  return {
    truths: {
      ...columnsOf(objects),
      area: Float64Array.from(objects, (row) => numberAt(row, "area")),
      crowd: Uint8Array.from(objects, ({ value, at }) =>
        toNumber(value["iscrowd"] ?? 0, `${at}.iscrowd`, { min: 0, max: 1, whole: true }),
      ),
    },
    ...columnsOf(results),
    score: Float64Array.from(results, ({ value }) => value["score"] as number),
    objects,
    results,
    sizes,
  };
}

/** @throws MeasureError */
export function numberAt({ value, at }: CocoRow, name: string, range: NumberRange = {}): number {
  return toNumber(value[name], `${at}.${name}`, range);
}

/** Boxes of rows, four numbers each. @throws MeasureError */
export function boxesAt(rows: readonly CocoRow[]): Float64Array {
  const boxes = new Float64Array(4 * rows.length);
  rows.forEach(({ value, at }, row) => {
    boxes.set(numbersAt({ value, at }, "bbox", 4), 4 * row);
  });
  return boxes;
}

/** pycocotools decides by the first result whether their boxes or what else they have gives their area. */
export function hasBox(result: Inputs | undefined): boolean {
  const box = result?.["bbox"];
  return box !== undefined && !(Array.isArray(box) && box.length === 0);
}

/** So many numbers. @throws MeasureError */
export function numbersAt({ value, at }: CocoRow, name: string, count: number): Float64Array {
  const numbers = toNumbers(value[name], `${at}.${name}`);
  if (numbers.length !== count)
    throw new MeasureError("input-range", {
      input: `${at}.${name}`,
      expected: { zh: `${count} 个数`, en: `${count} numbers` },
      found: `${numbers.length}`,
    });
  return numbers;
}

/** @throws MeasureError */
export function toObject(value: unknown, input: string): Inputs {
  const expected = { zh: "JSON 对象", en: "a JSON object" };
  if (value === undefined) throw new MeasureError("input-missing", { input, expected });
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new MeasureError("input-type", { input, expected, found: shown(value) });
  return value as Inputs;
}

function rowsOf(list: unknown, input: string): CocoRow[] {
  return toList(list, input).map((one, i) => ({ value: toObject(one, `${input}[${i}]`), at: `${input}[${i}]` }));
}

/** Place of each id among all, ascending: numbers by value, texts by code unit. @throws MeasureError */
function placesOf(rows: readonly CocoRow[]): ReadonlyMap<unknown, number> {
  const ids = rows.map(({ value, at }) => {
    const { id } = value;
    if ((typeof id !== "number" || !Number.isFinite(id)) && typeof id !== "string")
      throw new MeasureError(id === undefined ? "input-missing" : "input-type", {
        input: `${at}.id`,
        expected: { zh: "数或文本", en: "a number or a text" },
        found: shown(id),
      });
    return id;
  });
  ids.sort((left, right) => (left < right ? -1 : Number(left > right)));
  return new Map([...new Set(ids)].map((id, place) => [id, place]));
}

function placeOf(places: ReadonlyMap<unknown, number>, { value, at }: CocoRow): number {
  const place = places.get(value["image_id"]);
  if (place === undefined)
    throw new MeasureError("inputs-disagree", {
      input: `${at}.image_id`,
      expected: { zh: "ground_truth.images 所列之一", en: "one that ground_truth.images lists" },
      found: shown(value["image_id"]),
    });
  return place;
}
