import type { Mark } from "../records/finding.js";
import type { Drawing, Shape } from "../records/report.gen.js";
import type { AnnotationRecord, MediaRecord } from "../records/types.gen.js";

const maxPoints = 400;

function boxShape(box: { x: number; y: number; width: number; height: number }, role: Shape["role"]): Shape {
  return { kind: "box", role, points: [box.x, box.y, box.width, box.height] };
}

/** Every k-th point of a ring, and every point that a mark names: at most about `budget` points, none of the marked ones lost. */
function thinned(ring: ArrayLike<number>, budget: number, marked: ReadonlySet<string>): number[] {
  const count = ring.length >> 1;
  const step = Math.max(1, Math.ceil(count / Math.max(3, budget)));
  const points: number[] = [];
  for (let i = 0; i < count; i++) {
    const x = ring[2 * i]!;
    const y = ring[2 * i + 1]!;
    if (i % step === 0 || marked.has(`${x},${y}`)) points.push(x, y);
  }
  return points;
}

function finite(shape: Shape): boolean {
  return shape.points.length > 0 && shape.points.every(Number.isFinite);
}

function geometryOf(annotation: AnnotationRecord, marks: readonly Mark[]): { shapes: Shape[]; from: number } {
  const shapes: Shape[] = [];
  const rings = [...(annotation.polygon ?? []), ...(annotation.holes ?? [])];
  const from = rings.reduce((sum, ring) => sum + (ring.length >> 1), 0);
  const marked = new Set(
    marks.filter((mark) => mark.kind === "vertex").map(({ points }) => `${points[0]},${points[1]}`),
  );
  for (const ring of rings) {
    const budget = from <= maxPoints ? ring.length : Math.floor((maxPoints * (ring.length >> 1)) / from);
    shapes.push({ kind: "polygon", role: "subject", points: thinned(ring, budget, marked) });
  }
  if (annotation.rotated_box !== undefined)
    shapes.push({ kind: "polygon", role: "subject", points: [...annotation.rotated_box] });
  if (annotation.keypoints !== undefined) {
    const points = annotation.keypoints.filter((point) => point.v > 0).flatMap((point) => [point.x, point.y]);
    shapes.push({ kind: "points", role: "subject", points });
  }
  if (annotation.box !== undefined) shapes.push(boxShape(annotation.box, shapes.length === 0 ? "subject" : "expected"));
  return { shapes: shapes.filter(finite), from };
}

/** What a report needs to draw a finding about an annotation; undefined where there is no geometry. */
export function drawingOf(
  annotation: AnnotationRecord,
  media: MediaRecord,
  marks: readonly Mark[],
): Drawing | undefined {
  const { shapes, from } = geometryOf(annotation, marks);
  if (shapes.length === 0) return undefined;
  return {
    ...(media.width !== undefined && media.height !== undefined
      ? { frame: { width: media.width, height: media.height } }
      : {}),
    ...(media.path !== undefined ? { media: media.path } : {}),
    shapes,
    marks: marks
      .map(({ kind, points }) => ({ kind, points: points.filter(Number.isFinite) }))
      .filter(({ points }) => points.length > 0),
    ...(from > maxPoints ? { simplified_from: from } : {}),
  };
}

/** A pair or group: the subject's box and those of the others. */
export function drawingOfBoxes(
  subject: readonly number[] | undefined,
  others: readonly (readonly number[])[],
  media: MediaRecord,
): Drawing | undefined {
  const box = (points: readonly number[], role: Shape["role"]): Shape => ({ kind: "box", role, points: [...points] });
  const shapes = [
    ...(subject === undefined ? [] : [box(subject, "subject")]),
    ...others.map((points) => box(points, "other")),
  ].filter(finite);
  if (shapes.length === 0) return undefined;
  return {
    ...(media.width !== undefined && media.height !== undefined
      ? { frame: { width: media.width, height: media.height } }
      : {}),
    ...(media.path !== undefined ? { media: media.path } : {}),
    shapes,
    marks: [],
  };
}
