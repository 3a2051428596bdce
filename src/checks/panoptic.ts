import type { PanopticSegment } from "../records/types.gen.js";
import type { CheckDeclaration } from "./declaration.js";

/** Position of the first segment of a stuff category (isthing = 0) that an earlier segment has too, crowds left out; -1 for none. */
export function firstRepeatedStuff(segments: readonly PanopticSegment[]): number {
  seen.clear();
  for (let i = 0; i < segments.length; i++) {
    const { category_id, isthing, iscrowd } = segments[i]!;
    if (isthing !== 0 || iscrowd === 1 || category_id === undefined) continue;
    if (seen.has(category_id)) return i;
    seen.add(category_id);
  }
  return -1;
}

/** The first value of a mask, other than 0 (void), that no segment has as its id; -1 for none. */
export function firstUnlistedValue(values: Float64Array, segments: readonly PanopticSegment[]): number {
  seen.clear();
  for (let i = 0; i < segments.length; i++) seen.add(segments[i]!.id);
  for (let i = 0; i < values.length; i++) if (values[i] !== 0 && !seen.has(values[i]!)) return values[i]!;
  return -1;
}

/** Share of the pixels of a mask that belong to no segment: void, or of a value that no segment has. */
export function unlabelledShare(segments: readonly PanopticSegment[], width: number, height: number): number {
  let pixels = 0;
  for (let i = 0; i < segments.length; i++) pixels += segments[i]!.pixels ?? 0;
  return 1 - pixels / (width * height);
}

/** Reused: a record has no set of its own. */
const seen = new Set<number | string>();

export const declarations: readonly CheckDeclaration[] = [
  {
    cel: "firstRepeatedStuff(list<PanopticSegment>): int",
    says: { zh: "背景类别与前面的分段重复", en: "its stuff category is that of an earlier segment" },
    tells: "place",
    call: firstRepeatedStuff,
  },
  {
    cel: "firstUnlistedValue(list<double>, list<PanopticSegment>): double",
    says: { zh: "掩码中没有对应分段的值", en: "value of the mask that no segment has as its id" },
    tells: "first",
    call: firstUnlistedValue,
  },
  {
    cel: "unlabelledShare(list<PanopticSegment>, double, double): double",
    says: { zh: "未标注像素的占比", en: "share of pixels without a segment" },
    call: unlabelledShare,
  },
];
