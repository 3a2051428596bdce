import type { Measure } from "./measure.js";

/** Cells along each axis of the grid of sizes: half an octave each, from 1 px to 4,096 px; smaller and larger ones go into the outer cells. */
export const sizeCells = 24;
/** Bins of log₂(width / height): a quarter of an octave each, from 1:16 to 16:1. */
export const aspectBins = 32;

export interface BoxShapes {
  boxes: number;
  /** Counts by row (height) and column (width). */
  readonly sizes: Float64Array;
  readonly aspects: Float64Array;
}

const lower = Math.log2(1);
const aspectReach = 4;

export const sizeEdges: readonly number[] = Array.from({ length: sizeCells + 1 }, (_, at) => 2 ** (lower + at / 2));
export const aspectEdges: readonly number[] = Array.from({ length: aspectBins + 1 }, (_, at) => at / 4 - aspectReach);

function cell(extent: number): number {
  return Math.min(sizeCells - 1, Math.max(0, Math.floor(2 * Math.log2(extent))));
}

/** Sizes and aspect ratios of boxes, for the charts of a report. A = B = boxes with an extent above 0. */
export const boxShapes: Measure<BoxShapes> = {
  id: "box-shapes",
  title: { zh: "标注框的尺寸与宽高比", en: "Sizes and aspect ratios of boxes" },
  orientation: "none",
  unit: "boxes",
  source: "count",
  charted: true,
  empty: () => ({ boxes: 0, sizes: new Float64Array(sizeCells ** 2), aspects: new Float64Array(aspectBins) }),
  annotation(tally, { annotation }) {
    const { box } = annotation;
    if (box === undefined || !(box.width > 0 && box.height > 0)) return;
    tally.boxes++;
    const at = cell(box.height) * sizeCells + cell(box.width);
    tally.sizes[at] = (tally.sizes[at] ?? 0) + 1;
    const ratio = Math.log2(box.width / box.height);
    const bin = Math.min(aspectBins - 1, Math.max(0, Math.floor((ratio + aspectReach) * 4)));
    tally.aspects[bin] = (tally.aspects[bin] ?? 0) + 1;
  },
  merge: (left, right) => ({
    boxes: left.boxes + right.boxes,
    sizes: left.sizes.map((count, at) => count + (right.sizes[at] ?? 0)),
    aspects: left.aspects.map((count, at) => count + (right.aspects[at] ?? 0)),
  }),
  measure: ({ boxes }) => ({ a: boxes, b: boxes, x: boxes === 0 ? undefined : 1 }),
};
