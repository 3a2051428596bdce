import type { Box, Keypoint } from "../records/types.gen.js";
import type { CheckDeclaration } from "./declaration.js";

/**
 * How much shorter the limbs become when one pair of points changes sides (the left wrist becomes the right one), as a share of the size of the object, √(width ·
 * height): the largest gain over all pairs of which both points are labelled; 0 where no exchange shortens anything. Pairs are told by their names:
 * "left" in one, "right" in the other, else equal.
 */
export function sideSwapGain(
  keypoints: readonly Keypoint[],
  names: readonly string[],
  skeleton: Float64Array,
  box: Box,
): number {
  const other = mirrored(names);
  let most = 0;
  for (let left = 0; left < other.length && left < keypoints.length; left++) {
    const right = other[left]!;
    if (right <= left || right >= keypoints.length) continue; // none, or seen from the other side
    const a = keypoints[left]!;
    const b = keypoints[right]!;
    if (!(a.v > 0 && b.v > 0)) continue;
    let gain = 0;
    for (let i = 0; i + 1 < skeleton.length; i += 2) {
      const from = skeleton[i]! - 1;
      const to = skeleton[i + 1]! - 1;
      gain += limbGain(keypoints, from, to, left, right);
      gain += limbGain(keypoints, to, from, left, right);
    }
    if (gain > most) most = gain;
  }
  return most > 0 ? most / Math.sqrt(box.width * box.height) : 0;
}

/** What the limb from a point of the pair to one outside it loses in length when the pair changes sides. */
function limbGain(keypoints: readonly Keypoint[], from: number, to: number, left: number, right: number): number {
  if ((from !== left && from !== right) || to === left || to === right) return 0;
  const end = keypoints[to];
  if (end === undefined || !(end.v > 0)) return 0;
  return distance(keypoints[from]!, end) - distance(keypoints[from === left ? right : left]!, end);
}

function distance(a: Keypoint, b: Keypoint): number {
  return Math.sqrt((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y));
}

/** By the list of names itself: a category has one list for all its annotations. */
const known = new WeakMap<readonly string[], Int32Array>();

/** Position of the point on the other side of each, -1 for none. */
function mirrored(names: readonly string[]): Int32Array {
  let other = known.get(names);
  if (other !== undefined) return other;
  const lower = names.map((name) => name.toLowerCase());
  other = Int32Array.from(lower, (name) => {
    if (name.includes("left")) return lower.indexOf(name.replace("left", "right"));
    return name.includes("right") ? lower.indexOf(name.replace("right", "left")) : -1;
  });
  known.set(names, other);
  return other;
}

export const declarations: readonly CheckDeclaration[] = [
  {
    cel: "sideSwapGain(list<Keypoint>, list<string>, list<double>, Box): double",
    says: {
      zh: "交换一对左右关键点后肢段缩短的比例",
      en: "share by which limbs become shorter when a left and a right keypoint change sides",
    },
    call: sideSwapGain,
  },
];
