import type { RleMask } from "../records/types.gen.js";

/** The mask of a value a pixel, row by row; what is not 0 is foreground. */
export function rleFromPixels(pixels: Float64Array, height: number, width: number): RleMask {
  const runs: number[] = [];
  let run = 0;
  let inside = false;
  for (let x = 0; x < width; x++)
    for (let y = 0; y < height; y++) {
      if ((pixels[y * width + x] !== 0) !== inside) {
        runs.push(run);
        run = 0;
        inside = !inside;
      }
      run++;
    }
  runs.push(run);
  return { height, width, counts: Float64Array.from(runs) };
}

/** Pixels that are in one of two masks of one size, or in both; runs of 0 are joined. */
export function rleMerge(left: RleMask, right: RleMask, mode: "union" | "intersection"): RleMask {
  const [a, b] = [left.counts, right.counts];
  const runs = new Float64Array(a.length + b.length + 1);
  let used = 0;
  let [i, j] = [0, 0];
  let [restA, restB] = [a[0] ?? 0, b[0] ?? 0];
  let inside = false;
  let run = 0;
  while (i < a.length || j < b.length) {
    const insideA = i % 2 === 1 && i < a.length;
    const insideB = j % 2 === 1 && j < b.length;
    const step = Math.min(i < a.length ? restA : Infinity, j < b.length ? restB : Infinity);
    if (step > 0) {
      if ((mode === "union" ? insideA || insideB : insideA && insideB) !== inside) {
        runs[used++] = run;
        run = 0;
        inside = !inside;
      }
      run += step;
    }
    restA -= step;
    restB -= step;
    if (i < a.length && restA === 0) restA = a[++i] ?? 0;
    if (j < b.length && restB === 0) restB = b[++j] ?? 0;
  }
  runs[used++] = run;
  return { height: left.height, width: left.width, counts: runs.slice(0, used) };
}
