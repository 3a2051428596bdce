import fc from "fast-check";
import { expect, test } from "vitest";
import { addExact, type ExactSum, exactSumOf, exactValue, mergeExact, newExactSum } from "./exact-sum.js";

test.each([
  ["nothing", [], 0],
  ["-0", [-0], 0],
  ["what doubles lose", [1e100, 1, -1e100], 1],
  ["ten tenths", Array(10).fill(0.1), 1], // one after the other: 0.9999999999999999
  ["a half below the last place, to even", [2 ** 53, 1], 9007199254740992],
  ["a half below the last place, to even, upwards", [2 ** 53 + 2, 1], 9007199254740996],
  ["a little more than the half", [2 ** 53, 1, 2 ** -1000], 9007199254740994],
  ["the smallest doubles", [5e-324, 5e-324, -1.5e-323], -5e-324],
  ["a sum that passes through more than the largest double", [1.7e308, 1.7e308, -1.7e308], 1.7e308],
  ["a sum beyond the largest double", [1.7e308, 1.7e308], Infinity],
  ["an infinity", [1, -Infinity], -Infinity],
  ["both infinities", [Infinity, -Infinity], NaN],
])("the exact sum of %s", (_, numbers, sum) => {
  expect(exactValue(sumOf(numbers))).toBe(sum);
  expect(exactSumOf(Float64Array.from(numbers))).toBe(sum);
});

test("carries are settled before a limb is full: 3 · 2²⁰ additions of the largest mantissa", () => {
  const sum = newExactSum();
  for (let i = 0; i < 3 * 2 ** 20; i++) addExact(sum, 2 ** 53 - 1);
  expect(exactValue(sum)).toBe(Number((2n ** 53n - 1n) * 3n * 2n ** 20n));
});

const double = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: -1000, max: 1000, noNaN: true }),
  fc.integer().map((n) => n / 8),
);

test("the exact sum is the sum in whole multiples of 2⁻¹⁰⁷⁴, rounded once", () =>
  fc.assert(
    fc.property(fc.array(double), (numbers) => {
      expect(exactValue(sumOf(numbers))).toBe(slowSum(numbers));
      expect(exactSumOf(Float64Array.from(numbers))).toBe(slowSum(numbers));
    }),
  ));

test("any split and order merges to the same bits", () =>
  fc.assert(
    fc.property(fc.array(fc.tuple(double, fc.nat(3))), fc.infiniteStream(fc.nat(1e6)), (dealt, order) => {
      const parts = [0, 1, 2, 3].map((part) => sumOf(dealt.filter(([, to]) => to === part).map(([x]) => x)));
      const shuffled = dealt.map(([x]) => ({ x, key: order.next().value as number })).sort((a, b) => a.key - b.key);
      const whole = mergeExact(newExactSum(), sumOf(shuffled.map(({ x }) => x)));
      const [a, b, c, d] = parts as [ExactSum, ExactSum, ExactSum, ExactSum];
      expect(mergeExact(mergeExact(a, b), mergeExact(c, d))).toEqual(whole);
      expect(mergeExact(d, mergeExact(mergeExact(c, a), b))).toEqual(whole);
    }),
  ));

test("merge changes neither side", () => {
  const [left, right] = [sumOf([1, 2]), sumOf([-3e9])];
  mergeExact(left, right);
  expect([exactValue(left), exactValue(right)]).toEqual([3, -3e9]);
});

function sumOf(numbers: readonly number[]): ExactSum {
  const sum = newExactSum();
  for (const x of numbers) addExact(sum, x);
  return sum;
}

/** By fractions over BigInt, rounded by comparing the two neighbours of a first guess. */
function slowSum(numbers: readonly number[]): number {
  const exact = numbers.reduce((sum, x) => sum + scaled(x), 0n);
  const largest = scaled(Number.MAX_VALUE);
  const sign = exact < 0n ? -1 : 1;
  const size = exact < 0n ? -exact : exact;
  if (size >= largest + (largest - scaled(ofBits(0x7feffffffffffffen))) / 2n) return sign * Infinity;
  let low = 0n; // bit patterns of nonnegative doubles are in the order of the doubles
  let high = 0x7fefffffffffffffn;
  while (low < high) {
    const middle = (low + high + 1n) / 2n;
    if (scaled(ofBits(middle)) <= size) low = middle;
    else high = middle - 1n;
  }
  const below = size - scaled(ofBits(low));
  const above = low === 0x7fefffffffffffffn ? -1n : scaled(ofBits(low + 1n)) - size;
  const up = above >= 0n && (above < below || (above === below && (low & 1n) === 1n));
  return sign * ofBits(up ? low + 1n : low) + 0;
}

function ofBits(pattern: bigint): number {
  return new Float64Array(BigUint64Array.of(pattern).buffer)[0]!;
}

function scaled(x: number): bigint {
  const pattern = new BigUint64Array(Float64Array.of(x).buffer)[0]!;
  const exponent = (pattern >> 52n) & 0x7ffn;
  const mantissa = pattern & 0xfffffffffffffn;
  const size = exponent === 0n ? mantissa : (mantissa | 0x10000000000000n) << (exponent - 1n);
  return pattern >> 63n === 0n ? size : -size;
}
