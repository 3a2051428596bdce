import type { AnnotationRecord } from "../../records/types.gen.js";
import type { Target } from "../target.js";
import type { Mutator } from "./mutator.js";

/** What is wrong with the outline of an annotation. */
export const rings: Readonly<Record<string, Mutator>> = {
  "ring-crossed": {
    /** A figure of eight within the triangle of the first three vertices; its lobes are of different size, so that they do not cancel. */
    sample({ target }) {
      redraw(target, (x0, y0, x1, y1, x2, y2) => [
        ...[x0, y0, (x1 + x2) / 2, (y1 + y2) / 2],
        ...[(x0 + x1) / 2, (y0 + y1) / 2, x2, y2],
      ]);
    },
  },
  "vertices-in-line": {
    /** A triangle of the first three vertices, with seven more on its first side. */
    sample({ target }) {
      redraw(target, (x0, y0, x1, y1, x2, y2) => [
        ...[0, 1, 2, 3, 4, 5, 6, 7, 8].flatMap((n) => [x0 + ((x1 - x0) * n) / 8, y0 + ((y1 - y0) * n) / 8]),
        ...[x2, y2],
      ]);
    },
  },
};

type Corners = [x0: number, y0: number, x1: number, y1: number, x2: number, y2: number];

/** The first ring becomes what is made of its first three vertices. */
function redraw({ item }: Target, make: (...corners: Corners) => readonly number[]): void {
  const annotation = item.record as AnnotationRecord;
  const { polygon } = annotation;
  if (polygon?.[0] === undefined) return;
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0] = polygon[0];
  polygon[0] = Float64Array.from(make(x0, y0, x1, y1, x2, y2));
  annotation.polygon_length = Float64Array.from(polygon, ({ length }) => length);
}
