import type { RleMask } from "../records/types.gen.js";

const scale = 5;

/**
 * The mask of a polygon, pixel for pixel as COCO rasterises it: its boundary at five times the resolution, the pixels where it steps from one column to the
 * next, sorted down the columns. Where the polygon crosses itself, even and odd decide.
 * Source: cocoapi `common/maskApi.c`, rleFrPoly.
 *
 * @param polygon x and y in turn, px, below 2²⁸ in size; the last point joins the first
 */
export function rleFromPolygon(polygon: Float64Array, height: number, width: number): RleMask {
  const corners = Math.floor(polygon.length / 2);
  const crossings: number[] = [];
  // C's (int) goes towards zero, here and below.
  const corner = (at: number) => Math.trunc(scale * polygon[at % (2 * corners)]! + 0.5);
  let lastX = Number.NaN;
  let lastY = Number.NaN;
  for (let j = 0; j < 2 * corners; j += 2) {
    const [fromX, fromY, toX, toY] = [corner(j), corner(j + 1), corner(j + 2), corner(j + 3)];
    const dx = Math.abs(toX - fromX);
    const dy = Math.abs(toY - fromY);
    const turned = dx >= dy ? fromX > toX : fromY > toY;
    const [x0, y0] = turned ? [toX, toY] : [fromX, fromY];
    const slope = (dx >= dy ? (toY - fromY) / dx : (toX - fromX) / dy) * (turned ? -1 : 1);
    const steps = Math.max(dx, dy);
    for (let step = 0; step <= steps; step++) {
      const t = turned ? steps - step : step;
      const x = dx >= dy ? t + x0 : Math.trunc(x0 + slope * t + 0.5);
      const y = dx >= dy ? Math.trunc(y0 + slope * t + 0.5) : t + y0;
      if (x !== lastX && !Number.isNaN(lastX)) {
        const column = ((x < lastX ? x : x - 1) + 0.5) / scale - 0.5;
        if (Number.isInteger(column) && column >= 0 && column <= width - 1) {
          const row = (Math.min(y, lastY) + 0.5) / scale - 0.5;
          crossings.push(column * height + Math.ceil(Math.min(height, Math.max(0, row))));
        }
      }
      lastX = x;
      lastY = y;
    }
  }
  crossings.push(height * width);
  return { height, width, counts: runsBetween(Float64Array.from(crossings).sort()) };
}

/** The mask of a box, as that of its four corners. */
export function rleFromBox(
  { x, y, width: w, height: h }: { x: number; y: number; width: number; height: number },
  height: number,
  width: number,
): RleMask {
  return rleFromPolygon(Float64Array.of(x, y, x, y + h, x + w, y + h, x + w, y), height, width);
}

/** Runs between ascending places at which the mask changes; two changes at one place are none. */
function runsBetween(places: Float64Array): Float64Array {
  const runs = new Float64Array(places.length);
  let used = 0;
  let last = 0;
  for (let j = 0; j < places.length; j++) {
    const run = places[j]! - last;
    last = places[j]!;
    if (run > 0 || used === 0) runs[used++] = run;
    else if (++j < places.length) {
      runs[used - 1]! += places[j]! - last;
      last = places[j]!;
    }
  }
  return runs.slice(0, used);
}
