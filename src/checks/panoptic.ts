import type { PanopticSegment } from "../records/types.gen.js";
import type { CheckDeclaration } from "./declaration.js";

/** Position of the first segment whose category is one of `stuff` and is that of an earlier segment, crowds left out; -1 for none. */
export function firstRepeatedStuff(segments: readonly PanopticSegment[], stuff: ArrayLike<number>): number {
  const seen = new Set<number>();
  for (let i = 0; i < segments.length; i++) {
    const { category_id, iscrowd } = segments[i]!;
    if (typeof category_id !== "number" || iscrowd === 1 || !holds(stuff, category_id)) continue;
    if (seen.has(category_id)) return i;
    seen.add(category_id);
  }
  return -1;
}

function holds(list: ArrayLike<number>, n: number): boolean {
  for (let i = 0; i < list.length; i++) if (list[i] === n) return true;
  return false;
}

export const declarations: readonly CheckDeclaration[] = [
  { cel: "firstRepeatedStuff(list<PanopticSegment>, list<double>): int", call: firstRepeatedStuff },
];
