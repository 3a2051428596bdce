import type { AnnotationRecord } from "../../records/types.gen.js";
import type { Target } from "../target.js";
import type { Mutator } from "./mutator.js";

/** What is wrong with the outline of an annotation. */
export const rings: Readonly<Record<string, Mutator>> = {
  "ring-crossed": {
    /** A figure of eight within a triangle of vertices; its lobes are of different size, so that they do not cancel. */
    sample({ target }) {
      redraw(target, (x0, y0, x1, y1, x2, y2) => [
        ...[x0, y0, (x1 + x2) / 2, (y1 + y2) / 2],
        ...[(x0 + x1) / 2, (y0 + y1) / 2, x2, y2],
      ]);
    },
  },
  "vertices-in-line": {
    /** A triangle of vertices, with seven more on its first side. */
    sample({ target }) {
      redraw(target, (x0, y0, x1, y1, x2, y2) => [
        ...[0, 1, 2, 3, 4, 5, 6, 7, 8].flatMap((n) => [x0 + ((x1 - x0) * n) / 8, y0 + ((y1 - y0) * n) / 8]),
        ...[x2, y2],
      ]);
    },
  },
};

type Corners = [x0: number, y0: number, x1: number, y1: number, x2: number, y2: number];

/** The first ring becomes what is made of three vertices of it; one that lies on one line throughout stays as it is. */
function redraw({ item }: Target, make: (...corners: Corners) => readonly number[]): void {
  const annotation = item.record as AnnotationRecord;
  const { polygon } = annotation;
  const corners = polygon?.[0] && cornersOf(polygon[0]);
  if (polygon === undefined || corners === undefined) return;
  polygon[0] = Float64Array.from(make(...corners));
  annotation.polygon_length = Float64Array.from(polygon, ({ length }) => length);
}

/** The first three vertices in a row that enclose an area: real outlines often begin along a straight side, and made of it nothing crosses. */
function cornersOf(ring: Float64Array): Corners | undefined {
  for (let at = 0; at + 5 < ring.length; at += 2) {
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0] = ring.subarray(at, at + 6);
    if ((x1 - x0) * (y2 - y0) !== (x2 - x0) * (y1 - y0)) return [x0, y0, x1, y1, x2, y2];
  }
  return undefined;
}
