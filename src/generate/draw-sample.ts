import { type Box, type CategoryRecord, type MediaRecord, newCategory, newMedia } from "../records/types.gen.js";
import { drawDescribed } from "./description.js";
import type { Draw } from "./draw.js";
import { drawAnnotation, drawSegments, type SamplePlan } from "./draw-annotation.js";
import type { Item, MediumItem, Sample } from "./sample.js";
import { isAlways, type Wish } from "./wish.js";

/**
 * A small dataset that conforms, valid by construction: boxes lie each in a cell of its own, categories take turns, ids count up. All kinds of size are
 * reached: no annotation at all, one medium, media of the least size, sides up to 2^20 px, texts of several scripts.
 */
export function drawSample(draw: Draw, wish: Wish): Sample {
  if (wish.carries.node === true) return { categories: [], media: [], description: drawDescribed(draw, wish) };
  const total =
    wish.annotations > 0 ? draw.int(Math.max(4, wish.annotations), Math.max(8, wish.annotations)) : drawTotal(draw);
  const mediaCount = mediaCountFor(draw, total, wish);
  // As many as for all the others, or one more.
  const counts = Array.from(
    { length: mediaCount },
    (_, at) => Math.floor((total * (at + 1)) / mediaCount) - Math.floor((total * at) / mediaCount),
  );
  // What occurs in the second split occurs in the first.
  const inFirst = wish.splits ? counts.reduce((sum, own, at) => sum + (at % 2 === 0 ? own : 0), 0) : total;
  const labels = total === 0 ? draw.int(0, 2) : Math.min(draw.int(2, 4), Math.floor(total / 2), inFirst);
  const categories = drawCategories(draw, labels, wish);
  const plan = drawPlan(
    draw,
    wish,
    categories.map(({ record }) => record),
  );
  // The second split goes on where the first ends, so that labels take turns over both.
  const given = { ids: 0, bySplit: [0, wish.splits ? inFirst : 0] };
  return { categories, media: counts.map((own, at) => drawMedium(draw, plan, at, own, given)) };
}

/** How many annotations came before: of the dataset, and of each split. */
export interface Given {
  ids: number;
  readonly bySplit: number[];
}

/** 0, or enough that two labels can stand twice each. */
function drawTotal(draw: Draw): number {
  return draw.int(0, 9) === 9 ? 0 : draw.int(4, 12);
}

function mediaCountFor(draw: Draw, total: number, { splits, annotations, media = 1 }: Wish): number {
  if (total === 0) return draw.int(0, 2);
  const most = Math.max(1, Math.min(4, total));
  // A medium holds at most 64 boxes, so that they need not be tiny.
  const least = Math.max(splits ? 2 : 1, media, Math.ceil(annotations / 64));
  return Math.max(least, draw.int(1, most));
}

export function drawPlan(draw: Draw, wish: Wish, categories: readonly CategoryRecord[]): SamplePlan {
  return {
    wish,
    categories,
    firstMedium: draw.pick([1, 0, 1, 397_133, 2 ** 40]),
    firstAnnotation: draw.pick([1, 0, 1, 900_100_000_000, 2 ** 50]),
    grid: wish.carries.coordinates === "any" && !wish.fields.has("rle") ? draw.pick([1, 0.25]) : 1,
    vast: !small(wish) && !wish.fields.has("rle") && draw.int(0, 7) === 7,
    even: false,
  };
}

/** Whether pictures or masks are written, which takes time and room by the pixel. */
function small(wish: Wish): boolean {
  return wish.pictures || wish.carries.needsPictures || isAlways(wish, "segments");
}

const names = [
  ...[
    "cat",
    "dog",
    "stop sign",
    "traffic-light",
    "a",
    "Straße",
    "naïve café",
    "Ω",
    "ключ",
    "人",
    "交通标志",
    "非机动车",
  ],
  ...["小汽车（厢式）", "🚲", "قطة", "猫 & 狗", "x < y", 'say "hi"', "O'Neil", "back\\slash", "100%", "label_17", "0"],
];

/** Distinct names, none the supercategory of another. */
export function drawCategories(draw: Draw, count: number, wish: Wish): Item<CategoryRecord>[] {
  const from = draw.int(0, names.length - 1);
  const firstId = wish.carries.coordinates === "share" ? 0 : draw.pick([1, 0, 1, 90]);
  const pointCount = draw.int(3, 5);
  const supers = wish.categoryFields.has("supercategory") || draw.int(0, 1) === 1;
  return Array.from({ length: count }, (_, at) => {
    const record = newCategory();
    record.id = firstId + at;
    record.name = plainIn(wish, names[(from + at) % names.length] ?? "") + (at >= names.length ? ` ${at}` : "");
    if (supers && carries(wish, "supercategory")) record.supercategory = "thing of any kind";
    if (wish.categoryFields.has("isthing")) record.isthing = 1;
    // Keypoints that an annotation has are named, though the format may have no categories to write the names of.
    const points = wish.categoryFields.has("keypoints") || isAlways(wish, "keypoints");
    if (points && (carries(wish, "keypoints") || carriesKeypoints(wish))) {
      record.keypoints = Array.from({ length: pointCount }, (__, point) => `point ${point + 1}`);
      if (carries(wish, "skeleton"))
        record.skeleton = Float64Array.from({ length: 2 * (pointCount - 1) }, (__, i) => 1 + ((i + 1) >> 1));
    }
    return { record, edits: [] };
  });
}

function carries({ carries: { category } }: Wish, field: keyof CategoryRecord): boolean {
  return category.includes(field);
}

function carriesKeypoints({ carries: { annotation } }: Wish): boolean {
  return annotation.includes("keypoints");
}

/** A name is a line of a list, or a cell of a table with colons, where the format writes it so. */
function plainIn({ carries: { category } }: Wish, name: string): string {
  return category.includes("id") && category.includes("supercategory")
    ? name
    : name.replace(/[:#"'&<%\\]/g, "-").trim();
}

const margin = 2;
const slots = 64;

/** A medium before its annotations: each has a cell of its own. */
export interface MediumHead {
  readonly record: MediaRecord;
  readonly cells: readonly Box[];
}

/** What is drawn first of medium `at` of a dataset, which has `count` annotations. */
export function drawHead(draw: Draw, plan: SamplePlan, at: number, count: number): MediumHead {
  const { wish } = plan;
  const across = Math.max(1, Math.ceil(Math.sqrt(Math.min(count, slots))));
  const down = Math.max(1, Math.ceil(count / across));
  const leastCell = Math.ceil(Math.max(wish.bounds.side, Math.sqrt(wish.bounds.area), 4)) + 2 * margin;
  const record = newMedia();
  const [width, height] = drawSize(draw, plan, leastCell * across + 2 * margin, leastCell * down + 2 * margin);
  record.id = plan.firstMedium + at;
  record.path = pathOf(draw, plan, at);
  record.width = width;
  record.height = height;
  if (wish.splits) record.split = at % 2 === 0 ? "train" : "val";
  const cell = { width: Math.floor((width - 2 * margin) / across), height: Math.floor((height - 2 * margin) / down) };
  const cells = Array.from({ length: count }, (_, i) => ({
    x: margin + (i % across) * cell.width,
    y: margin + Math.floor(i / across) * cell.height,
    width: cell.width,
    height: cell.height,
  }));
  return { record, cells };
}

/** Medium `at` of a dataset with `count` annotations; counts them. */
export function drawMedium(draw: Draw, plan: SamplePlan, at: number, count: number, given: Given): MediumItem {
  const { wish } = plan;
  const { record, cells } = drawHead(draw, plan, at, count);
  const side = wish.splits ? at % 2 : 0;
  const turn = given.bySplit[side] ?? 0;
  const annotations = isAlways(wish, "segments")
    ? [{ record: drawSegments(draw, plan, record, cells, at, turn), edits: [] }]
    : cells.map((own, i) => ({
        record: drawAnnotation(draw, plan, record, own, given.ids + i, turn + i),
        edits: [],
      }));
  given.ids += count;
  given.bySplit[side] = turn + count;
  const { width = 0, height = 0 } = record;
  const kind = wish.pictures || wish.carries.needsPictures ? "png" : "none";
  return { record, edits: [], annotations, picture: { kind, number: at + 1, width, height } };
}

function drawSize(draw: Draw, plan: SamplePlan, leastWidth: number, leastHeight: number): readonly [number, number] {
  const { wish, vast } = plan;
  const one = (least: number): number => {
    const from = Math.max(least, wish.bounds.medium);
    if (plan.even && wish.carries.coordinates === "share") return 2 ** Math.ceil(Math.log2(Math.max(from, 256)));
    if (plan.even) return Math.max(from, draw.int(160, 240));
    if (wish.carries.coordinates === "share") return 2 ** (Math.ceil(Math.log2(from)) + draw.int(0, 2));
    if (vast) return draw.int(from, 2 ** 20);
    return from + (small(wish) ? draw.int(0, 24) : draw.pick([0, draw.int(0, 60), draw.int(60, 1900)]));
  };
  return [one(leastWidth), one(leastHeight)];
}

const stems = ["img", "图像", "IMG 0001 (2)", "a.b", "façade", "0"];

function pathOf(draw: Draw, { wish }: SamplePlan, at: number): string {
  // A list of a split has one name a line, up to the first blank.
  const stem = wish.splits ? draw.pick(stems).replaceAll(" ", "_") : draw.pick(stems);
  const name = `${stem}-${String(at + 1).padStart(6, "0")}.png`;
  const split = wish.splits ? (at % 2 === 0 ? "train/" : "val/") : "";
  return `images/${split}${name}`;
}
