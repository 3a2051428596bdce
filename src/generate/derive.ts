import type { Carries } from "../formats/write.js";
import type { AnnotationRecord } from "../records/types.gen.js";

/** Fields that a reader works out from others: a rule is asked of them too, so they follow what was set. `kept` were set themselves. */
export function derive(record: AnnotationRecord, { annotation }: Carries, kept: ReadonlySet<string> = new Set()): void {
  const wants = (field: keyof AnnotationRecord): boolean => annotation.includes(field) && !kept.has(field);
  const { box, polygon, keypoints } = record;
  if (wants("corners"))
    record.corners =
      box === undefined
        ? undefined
        : { x_min: box.x, y_min: box.y, x_max: box.x + box.width, y_max: box.y + box.height };
  if (wants("polygon_length"))
    record.polygon_length = polygon === undefined ? undefined : Float64Array.from(polygon, ({ length }) => length);
  if (wants("keypoint_values")) record.keypoint_values = keypoints === undefined ? undefined : 3 * keypoints.length;
}
