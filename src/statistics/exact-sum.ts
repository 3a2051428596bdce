/**
 * An exact sum of doubles: the same numbers give the same limbs in any order and any split, so tallies that hold it merge.
 *
 * Value = 2⁻¹⁰⁷⁴ · Σ limb[i] · 2³²ⁱ. A double is 53 bits somewhere in 2,098, so it touches at most three limbs; a limb holds a whole
 * number of at most 2⁵³ and carries are settled every 2²⁰ additions. Source: small superaccumulator, Neal 2015 (arXiv:1505.05571).
 */
export interface ExactSum {
  readonly limbs: Float64Array;
  /** Additions since carries were last settled. */
  unsettled: number;
  /** What is not finite is added apart, as IEEE 754 adds it: Infinity, -Infinity or NaN; else 0. */
  nonFinite: number;
}

export function newExactSum(): ExactSum {
  return { limbs: new Float64Array(LIMBS), unsettled: 0, nonFinite: 0 };
}

/**
 * The double nearest to the exact sum of a list. The compensated sum (Neumaier 1974) comes with a bound of what it misses: 4n²u² times the sum of the
 * sizes, u = 2⁻⁵³. Where both ends of that range round alike the exact sum does too; the few others are added exactly, which takes five times as long.
 */
export function exactSumOf(list: Float64Array): number {
  let sum = 0;
  let rest = 0;
  let sizes = 0;
  for (let i = 0; i < list.length; i++) {
    const x = list[i]!;
    const next = sum + x;
    const taken = next - sum;
    rest += sum - (next - taken) + (x - taken);
    sum = next;
    sizes += Math.abs(x);
  }
  const missed = list.length ** 2 * 2 ** -104 * sizes;
  const nearest = sum + (rest + missed);
  // Below, what is missed would be rounded away; above, or with NaN, nothing is equal.
  if (sizes > 1e-200 && nearest === sum + (rest - missed) && Number.isFinite(nearest)) return nearest;
  const exact = newExactSum();
  for (let i = 0; i < list.length; i++) addExact(exact, list[i]!);
  return exactValue(exact);
}

/** Adds one number in place. */
export function addExact(sum: ExactSum, x: number): void {
  bits[0] = x;
  const low = words[LOW]!;
  const high = words[HIGH]!;
  const exponent = (high >>> 20) & 0x7ff;
  if (exponent === 0x7ff) {
    sum.nonFinite += x;
    return;
  }
  const top = exponent === 0 ? high & 0xfffff : (high & 0xfffff) | 0x100000;
  const position = exponent === 0 ? 0 : exponent - 1;
  const limb = position >> 5;
  const shift = position & 31;
  // A shift by 32 is a shift by 0 in JavaScript, hence the second step.
  const first = (low << shift) >>> 0;
  const second = (((low >>> 1) >>> (31 - shift)) | (top << shift)) >>> 0;
  const third = (top >>> 1) >>> (31 - shift);
  const limbs = sum.limbs;
  if (high >>> 31 === 0) {
    limbs[limb]! += first;
    limbs[limb + 1]! += second;
    limbs[limb + 2]! += third;
  } else {
    limbs[limb]! -= first;
    limbs[limb + 1]! -= second;
    limbs[limb + 2]! -= third;
  }
  sum.unsettled += 1;
  if (sum.unsettled === SETTLE_EVERY) settle(sum);
}

/** The sum of both; neither is changed, and the result is settled: equal sums have equal limbs. */
export function mergeExact(left: ExactSum, right: ExactSum): ExactSum {
  const sum = settledCopy(left);
  const other = settledCopy(right);
  for (let i = 0; i < LIMBS; i++) sum.limbs[i]! += other.limbs[i]!;
  sum.nonFinite += other.nonFinite;
  settle(sum);
  return sum;
}

/** The double nearest to the exact sum, ties to even; ±Infinity beyond the largest double; 0 (never -0) for an empty sum. */
export function exactValue(sum: ExactSum): number {
  if (sum.nonFinite !== 0) return sum.nonFinite;
  const { limbs } = settledCopy(sum);
  let whole = 0n;
  for (let i = LIMBS - 1; i >= 0; i--) whole = whole * RADIX + BigInt(limbs[i]!);
  return whole < 0n ? -nearest(-whole) : nearest(whole);
}

const LIMBS = 68; // 2,098 bits of a double, and room for the carries of 2⁷⁸ additions
const BASE = 2 ** 32;
const RADIX = 2n ** 32n;
const SETTLE_EVERY = 2 ** 20;
const bits = new Float64Array(1);
const words = new Uint32Array(bits.buffer);
bits[0] = 1;
const HIGH = words[0] === 0 ? 1 : 0; // little-endian machines keep the sign in the second word
const LOW = 1 - HIGH;

/** Brings every limb but the last into [0, 2³²): the one form that a value has. */
function settle(sum: ExactSum): void {
  const { limbs } = sum;
  for (let i = 0; i < LIMBS - 1; i++) {
    const carry = Math.floor(limbs[i]! / BASE);
    limbs[i]! -= carry * BASE;
    limbs[i + 1]! += carry;
  }
  sum.unsettled = 0;
}

function settledCopy(sum: ExactSum): ExactSum {
  const copy = { limbs: sum.limbs.slice(), unsettled: 0, nonFinite: sum.nonFinite };
  settle(copy);
  return copy;
}

/** whole · 2⁻¹⁰⁷⁴, rounded once. */
function nearest(whole: bigint): number {
  const length = whole === 0n ? 0 : whole.toString(2).length;
  if (length <= 53) return Number(whole) * Number.MIN_VALUE;
  const dropped = BigInt(length - 53);
  let kept = whole >> dropped;
  const rest = whole - (kept << dropped);
  const half = 1n << (dropped - 1n);
  if (rest > half || (rest === half && (kept & 1n) === 1n)) kept += 1n;
  return Number(kept) * 2 ** (length - 53 - 1074);
}
