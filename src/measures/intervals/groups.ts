import { type Inputs, MeasureError, numbersOf } from "../inputs.js";

/** Lists `x` and `n`: what succeeded of the trials of each group or cluster. @throws MeasureError */
export function groupsOf(
  inputs: Inputs,
  { groups, trials }: { readonly groups: number; readonly trials: number },
): { readonly x: Float64Array; readonly n: Float64Array } {
  const n = numbersOf(inputs, "n", { min: trials, whole: true }, groups);
  const x = numbersOf(inputs, "x", { min: 0, whole: true }, groups);
  ofOneLength(x, "x", n.length);
  const over = x.findIndex((count, i) => count > (n[i] ?? 0));
  if (over >= 0)
    throw new MeasureError("input-range", {
      input: `x[${over}]`,
      expected: { zh: `至多 ${n[over]}，即 n[${over}]`, en: `at most ${n[over]}, which is n[${over}]` },
      found: `${x[over]}`,
    });
  return { x, n };
}

/** @throws MeasureError where a list is not as long as `n` */
export function ofOneLength(list: ArrayLike<number>, input: string, length: number): void {
  if (list.length !== length)
    throw new MeasureError("inputs-disagree", {
      input,
      expected: { zh: `${length} 项，与 n 相同`, en: `${length} members, as many as n` },
      found: `${list.length}`,
    });
}
