import {
  type AnnotationRecord,
  type Attribute,
  type Box,
  type CategoryRecord,
  type MediaRecord,
  newAnnotation,
} from "../records/types.gen.js";
import type { Bounds } from "./bounds.js";
import { derive } from "./derive.js";
import type { Draw } from "./draw.js";
import { areaOfRings, drawKeypoints, drawRing, ringIn, rleOfBox } from "./shapes.js";
import { isAlways, type Wish } from "./wish.js";

type Field = keyof AnnotationRecord;

/** What is the same for all media of a dataset, however many there are. */
export interface SamplePlan {
  readonly wish: Wish;
  readonly categories: readonly CategoryRecord[];
  readonly firstMedium: number;
  readonly firstAnnotation: number;
  /** Coordinates are multiples of it: 1, or 1/4 px. */
  readonly grid: number;
  /** Media with sides up to 2^20 px. */
  readonly vast: boolean;
  /** So many records that statistics see them: sizes of one order, one form a label. */
  readonly even: boolean;
}

/** Annotation `number` of a dataset, the `turn`-th of its split, in a cell of its medium. */
export function drawAnnotation(
  draw: Draw,
  plan: SamplePlan,
  medium: MediaRecord,
  cell: Box,
  number: number,
  turn: number,
): AnnotationRecord {
  const { wish, grid, categories } = plan;
  const record = newAnnotation();
  const category = categories[turn % Math.max(1, categories.length)];
  const may = (field: Field): boolean => mayHave(wish, field);
  const has = (field: Field): boolean => drawHas(draw, wish, field);
  const is = (field: Field): boolean => may(field) && (wish.fields.has(field) || isAlways(wish, field));
  record.id = plan.firstAnnotation + number;
  record.media_id = medium.id;
  if (may("label")) record.label = category?.name;
  else record.category_id = category?.id;
  if (may("box") || may("polygon") || may("rotated_box"))
    shape(draw, plan, record, medium, boxIn(draw, plan, cell), may, has);
  if (is("keypoints") && record.box !== undefined && category?.keypoints !== undefined) {
    record.keypoints = drawKeypoints(draw, record.box, category.keypoints.length, grid);
    if (may("num_keypoints")) record.num_keypoints = record.keypoints.filter(({ v }) => v > 0).length;
  }
  if (is("caption")) record.caption = draw.pick(captions);
  if (is("score")) record.score = scoreIn(draw, wish.bounds.score);
  // Where a flag is asked for, both of its values come.
  for (const flag of ["truncated", "difficult", "occluded"] as const)
    if (has(flag)) record[flag] = wish.fields.has(flag) ? number % 2 === 1 : draw.int(0, 1) === 1;
  if (has("pose")) record.pose = draw.pick(wish.bounds.poses);
  if (has("attributes")) record.attributes = drawAttributes(draw, medium, number);
  drawMade(draw, record, has);
  derive(record, wish.carries);
  return record;
}

/** One of the object, one that the whole medium has alike, and two that agree: what is parked does not move. */
function drawAttributes(draw: Draw, { id }: MediaRecord, number: number): Attribute[] {
  const parked = number % 2 === 0;
  return [
    { name: "colour", type: "string", text: draw.pick(["red", "蓝", "grün"]) },
    { name: "weather", type: "string", text: Number(id) % 2 === 0 ? "sunny" : "rain" },
    { name: "parked", type: "boolean", text: String(parked) },
    { name: "moving", type: "boolean", text: String(!parked) },
  ];
}

function mayHave({ carries: { annotation }, without }: Wish, field: Field): boolean {
  return annotation.includes(field) && !without.has(field);
}

/** Whether an annotation has a field: always where it is wished for, else now and then. */
function drawHas(draw: Draw, wish: Wish, field: Field): boolean {
  return mayHave(wish, field) && (wish.fields.has(field) || draw.int(0, 3) === 3);
}

/** Who made it, and when. */
function drawMade(draw: Draw, record: AnnotationRecord, has: (field: Field) => boolean): void {
  if (has("annotator")) record.annotator = `annotator-${draw.int(1, 9)}`;
  if (has("created_at")) record.created_at = `2024-0${draw.int(1, 9)}-1${draw.int(0, 9)}T08:00:00Z`;
  if (has("modified_at")) record.modified_at = `2025-0${draw.int(1, 9)}-1${draw.int(0, 9)}T08:30:00+08:00`;
}

/** One annotation for the whole medium, a segment in each cell. */
export function drawSegments(
  draw: Draw,
  plan: SamplePlan,
  medium: MediaRecord,
  cells: readonly Box[],
  at: number,
  turn: number,
): AnnotationRecord {
  const { categories } = plan;
  const record = newAnnotation();
  record.id = plan.firstAnnotation + at;
  record.media_id = medium.id;
  record.mask_path = `panoptic/mask-${String(at + 1).padStart(6, "0")}.png`;
  record.segments = cells.map((cell, i) => {
    const box = boxIn(draw, plan, cell);
    const category = categories[(turn + i) % Math.max(1, categories.length)];
    return {
      id: 1 + i * draw.pick([1, 1, 257, 65_537]),
      category_id: category?.id,
      area: box.width * box.height,
      box,
      iscrowd: 0,
      isthing: category?.isthing,
      pixels: undefined,
      pixel_box: undefined,
    };
  });
  drawMade(draw, record, (field) => drawHas(draw, plan.wish, field));
  return record;
}

const captions = [
  "A cat sits on a mat.",
  "一辆红色的自行车停在墙边。",
  "Zwei Straßenbahnen warten.",
  "Il fait « beau » aujourd'hui.",
];

function scoreIn(draw: Draw, { least, most }: Bounds["score"]): number {
  return draw.pick([least, most, draw.double(least, most)]);
}

/** Room of a box where sizes are of one order, px: what a medium of 160 px has for each of twelve. */
const evenCell = 38;

/** A box in the cell, away from its border, with sides from the least that the standard allows. */
function boxIn(draw: Draw, { wish, grid, even }: SamplePlan, cell: Box): Box {
  const least = Math.ceil(Math.max(wish.bounds.side, Math.sqrt(wish.bounds.area)) / grid) * grid;
  const side = (from: number, room: number): readonly [number, number] => {
    // However large the cell, a box does not cover it.
    const most = Math.max(least, Math.min(room - 2, Math.floor(room * 0.9)));
    const length = Math.max(
      least,
      draw.int(Math.ceil(most / (even ? 2.75 : 2) / grid), Math.floor(most / grid)) * grid,
    );
    const start = from + 1 + draw.int(0, Math.max(0, Math.floor((room - 2 - length) / grid))) * grid;
    return [start, length];
  };
  const shorter = Math.min(cell.width, cell.height, evenCell);
  const [x, width] = side(cell.x, even ? shorter : cell.width);
  const [y, height] = side(cell.y, even ? shorter : cell.height);
  return { x, y, width, height };
}

function shape(
  draw: Draw,
  { wish, grid, even }: SamplePlan,
  record: AnnotationRecord,
  medium: MediaRecord,
  box: Box,
  may: (field: Field) => boolean,
  has: (field: Field) => boolean,
): void {
  const size = { width: medium.width ?? 0, height: medium.height ?? 0 };
  if (may("box")) record.box = box;
  if (may("rotated_box")) {
    const { x, y, width, height } = box;
    record.rotated_box = Float64Array.of(x, y, x + width, y, x + width, y + height, x, y + height);
  }
  // A label of one form has one share of its boxes.
  const triangular = even && Number(record.category_id ?? record.label?.length) % 2 === 1;
  // A mask of a vast medium would have a run for each column of its box.
  const masked =
    may("rle") && grid === 1 && box.width <= 4096 && !triangular && (wish.fields.has("rle") || draw.int(0, 7) === 7);
  if (masked) {
    record.rle = rleOfBox(box, size);
    if (may("iscrowd")) record.iscrowd = wish.fields.has("iscrowd") ? 0 : draw.int(0, 1);
  } else {
    if (may("iscrowd")) record.iscrowd = 0;
    if (may("polygon") && (has("polygon") || triangular || !may("rle") || wish.fields.has("holes")))
      record.polygon = [even ? ringIn(box, grid, triangular ? "triangle" : "rectangle") : drawRing(draw, box, grid)];
  }
  if (may("area")) record.area = record.polygon === undefined ? box.width * box.height : areaOfRings(record.polygon);
}
