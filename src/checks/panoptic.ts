import type { PanopticSegment } from "../records/types.gen.js";
import type { CheckDeclaration } from "./declaration.js";

/** Position of the first segment of a stuff category (isthing = 0) that an earlier segment has too, crowds left out; -1 for none. */
export function firstRepeatedStuff(segments: readonly PanopticSegment[]): number {
  for (let i = 1; i < segments.length; i++) {
    if (!isStuff(segments[i]!)) continue;
    for (let j = 0; j < i; j++) {
      if (isStuff(segments[j]!) && segments[j]!.category_id === segments[i]!.category_id) return i;
    }
  }
  return -1;
}

/** The first value of a mask, other than 0 (void), that no segment has as its id; -1 for none. */
export function firstUnlistedValue(values: Float64Array, segments: readonly PanopticSegment[]): number {
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== 0 && !segments.some(({ id }) => id === values[i])) return values[i]!;
  }
  return -1;
}

/** Pixels of all segments together, as counted in the mask. */
export function segmentPixels(segments: readonly PanopticSegment[]): number {
  let pixels = 0;
  for (let i = 0; i < segments.length; i++) pixels += segments[i]!.pixels ?? 0;
  return pixels;
}

function isStuff({ category_id, isthing, iscrowd }: PanopticSegment): boolean {
  return isthing === 0 && category_id !== undefined && iscrowd !== 1;
}

export const declarations: readonly CheckDeclaration[] = [
  { cel: "firstRepeatedStuff(list<PanopticSegment>): int", call: firstRepeatedStuff },
  { cel: "firstUnlistedValue(list<double>, list<PanopticSegment>): double", call: firstUnlistedValue },
  { cel: "segmentPixels(list<PanopticSegment>): double", call: segmentPixels },
];
