import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { addRatings, krippendorffAlpha, krippendorffAlphaInterval, newUnitTypes } from "../../src/measures.js";
import { indexDraw } from "../../src/statistics/binomial-draw.js";
import { Random } from "../../src/statistics/random.js";
import type { BenchResult, MeasureBench } from "./bench.js";

const RATINGS = 1_000_000;
const ANNOTATORS = 1_000;
/** Answers a unit, and categories of the question. */
const shapes = [
  { name: "5 answers a unit, 10 categories", each: 5, categories: 10 },
  { name: "5 answers a unit, 50 categories", each: 5, categories: 50 },
  { name: "all 1,000 annotators on 1,000 units, 10 categories", each: 1000, categories: 10 },
] as const;
type Shape = (typeof shapes)[number];

/** Three columns of whole numbers, one after the other: unit, annotator, category. Seven in ten answers are the unit's own category. */
function prepare(folder: string, { each, categories }: Shape): void {
  const random = new Random(20_240_601);
  const columns = new Int32Array(3 * RATINGS);
  for (let unit = 0, i = 0; i < RATINGS; unit++) {
    const truth = indexDraw(random, categories);
    const first = indexDraw(random, ANNOTATORS);
    for (let answer = 0; answer < each; answer++, i++) {
      columns[i] = unit;
      columns[RATINGS + i] = (first + answer * 7) % ANNOTATORS;
      columns[2 * RATINGS + i] = indexDraw(random, 10) < 7 ? truth : indexDraw(random, categories);
    }
  }
  writeFileSync(join(folder, "ratings.i32"), columns);
}

function run(folder: string, { categories }: Shape): BenchResult {
  const bytes = readFileSync(join(folder, "ratings.i32"));
  const columns = new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  const values = Array.from({ length: categories }, (_, category) => category + 1);
  const before = performance.now();
  const types = newUnitTypes();
  addRatings(types, columns.subarray(0, RATINGS), columns.subarray(2 * RATINGS));
  const alpha = krippendorffAlpha(types, values, "nominal");
  const interval = krippendorffAlphaInterval(types, values, "nominal", { seed: 1, draws: 1000 });
  const seconds = (performance.now() - before) / 1000;
  if (typeof alpha === "string" || typeof interval === "string") throw new Error("the drawn ratings have no α");
  return { seconds, values: { alpha: alpha.coefficient } };
}

export const benches: readonly MeasureBench[] = shapes.map((shape, at) => ({
  name: `nominal α with 1,000 bootstrap samples by unit, 1,000,000 ratings: ${shape.name}`,
  bar: { seconds: 5 },
  reach: "2 s",
  // The peer has no bootstrap: its α alone, which says that both have the same data. With 50 categories it takes half a minute for that.
  peers: shape.categories > 10 ? [] : [{ file: "agreement.py", task: `alpha-${at}`, package: "krippendorff" }],
  prepare: (folder) => prepare(folder, shape),
  run: (folder) => run(folder, shape),
}));
