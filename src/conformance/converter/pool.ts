import type { Carries, Writer } from "../../formats/write.js";
import type { Bounds } from "../../generate/bounds.js";
import { type SeededDraw, seededDraw } from "../../generate/draw.js";
import { drawCategories, drawMedium, drawPlan, drawSample, type Given } from "../../generate/draw-sample.js";
import type { Sample } from "../../generate/sample.js";
import { type Wish, wishOf } from "../../generate/wish.js";
import type { FormatPair } from "../tool-file.js";

/** What an annotation of the one format must have, so that the other has a place for it: a field that cannot be there is given instead of the wish. */
export function wishForPair({ from, to }: FormatPair, bounds: Bounds): Wish | { readonly missing: string } {
  const needed = neededBy(to.carries);
  const missing = needed.find((field) => !(from.carries.annotation as readonly string[]).includes(field));
  if (missing !== undefined) return { missing };
  const hasPoints = [...needed, ...neededBy(from.carries)].includes("keypoints");
  return wishOf(from.carries, bounds, {
    fields: new Set(needed),
    without: new Set(withoutFor(needed, to.carries)),
    categoryFields: new Set(["supercategory", ...(hasPoints ? ["keypoints", "skeleton"] : [])]),
    annotations: 1,
    pictures: true,
  });
}

/**
 * Shapes that are not given. Of a polygon and a mask a record has one; a mask may be a crowd, which is no object where nothing tells it from one; and for a
 * format of boxes a tool may write polygons instead, where there are some.
 */
function withoutFor(needed: readonly string[], { annotation }: Carries): readonly string[] {
  if (!annotation.includes("polygon") && !needed.includes("polygon")) return ["polygon", "rle"];
  return needed.includes("polygon") || !annotation.includes("iscrowd") ? ["rle"] : [];
}

/** Fields without which it is not this format, and that nothing else tells. */
export function neededBy({ always = [], late = [] }: Carries): readonly string[] {
  return always.filter((field) => !late.includes(field));
}

const labels = 12;
const most = 12;

/** A dataset of so many media, each with one annotation or more, that conforms: held whole, so that parts of it can be taken. */
export function drawPool(wish: Wish, media: number, seed: number): Sample {
  const draw = seededDraw(seed);
  const categories = drawCategories(draw, labels, wish);
  const plan = {
    ...drawPlan(
      draw,
      wish,
      categories.map(({ record }) => record),
    ),
    vast: false,
  };
  const given: Given = { ids: 0, bySplit: [0, 0] };
  const isFree = wish.carries.coordinates === "any" && !wish.fields.has("rle");
  return {
    categories,
    media: Array.from({ length: media }, (_, at) => {
      draw.stream(seed, at + 1);
      // Masks have whole pixels, and boxes should have parts of them too.
      const grid = isFree ? (at % 2 === 0 ? 1 : 0.25) : plan.grid;
      return drawMedium(draw, { ...plan, grid }, at, draw.int(1, most), given);
    }),
  };
}

/** So many small datasets, each with all that it needs. */
export function* drawSmall(wish: Wish, count: number, seed: number): Iterable<Sample> {
  const draw: SeededDraw = seededDraw(seed);
  for (let run = 0; run < count; run++) {
    draw.stream(seed, run);
    yield drawSample(draw, wish);
  }
}

/** Names of the two formats, as reports have them. */
export function nameOfPair({ from, to }: { readonly from: Writer; readonly to: Writer }): string {
  return `${from.format} → ${to.format}`;
}
