import fc from "fast-check";
import { expect, test } from "vitest";
import { memorySource } from "../bytes/memory-source.js";
import { openJson } from "./reader.js";

function read(literals: readonly string[]): number[] {
  const json = openJson(memorySource(Buffer.from(`[${literals.join(",")}]`)), { onFault: () => {} });
  const list = { values: new Float64Array(1), length: 0 };
  json.numbers(list);
  return [...list.values.subarray(0, list.length)];
}

/** Bit for bit, -0 included. */
function expectAsNumber(literals: readonly string[]): void {
  const values = read(literals);
  for (const [i, literal] of literals.entries()) {
    if (!Object.is(values[i], Number(literal))) expect.fail(`${literal}: ${values[i]} is not ${Number(literal)}`);
  }
}

/** Every pattern of bits alike, so exponents of all sizes and subnormals come up. */
const anyDouble = fc
  .tuple(fc.integer(), fc.integer())
  .map((words) => new Float64Array(Int32Array.from(words).buffer)[0] ?? 0)
  .filter(Number.isFinite);
const double = fc.oneof(
  anyDouble,
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: -1e4, max: 1e4, noNaN: true }),
);

test("every spelling of a double is read as Number() reads it", () =>
  fc.assert(
    fc.property(double, fc.integer({ min: 1, max: 25 }), fc.nat(30), (value, digits, zeros) => {
      const plain = String(value);
      const longer = /[.]\d+$/.test(plain) ? plain + "0".repeat(zeros) : plain;
      expectAsNumber([plain, longer, value.toExponential(), value.toPrecision(digits), value.toExponential(digits)]);
    }),
    { numRuns: 20_000 },
  ));

/** Digits and a point: what annotation tools write, up to and over the 17 digits that the exact division takes. */
test("decimal fractions of up to 20 digits are read as Number() reads them", () =>
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 10n ** 20n }),
      fc.integer({ min: 1, max: 25 }),
      fc.integer({ min: 1, max: 20 }),
      (n, places, size) => {
        const digits = String(n)
          .slice(0, size)
          .padStart(places + 1, "0");
        const at = digits.length - places;
        expectAsNumber([`${digits.slice(0, at).replace(/^0+(?=\d)/, "")}.${digits.slice(at)}`]);
      },
    ),
    { numRuns: 50_000 },
  ));

/** The middle between two neighbouring doubles, exactly, and a hair beside it. */
test("halfway cases round to even, and a last digit tips them", () =>
  fc.assert(
    fc.property(
      fc.bigInt({ min: 2n ** 52n, max: 2n ** 53n - 1n }),
      fc.integer({ min: 0, max: 60 }),
      (mantissa, shift) => {
        // (2·mantissa + 1) / 2^(shift + 1) is the middle; times 10^k it is whole.
        const places = shift + 1;
        const scaled = String((2n * mantissa + 1n) * 5n ** BigInt(places)).padStart(places + 1, "0");
        const middle = `${scaled.slice(0, -places)}.${scaled.slice(-places)}`;
        const below = `${middle.slice(0, -1)}${Number(middle.at(-1)) - 1}9`;
        expectAsNumber([middle, `${middle}1`, `${middle}000`, below]);
      },
    ),
    { numRuns: 5000 },
  ));

/** Sixteen and seventeen digits whose quotient lies as near to a middle as that many digits get. */
test("short literals next to a middle are read as Number() reads them", () =>
  fc.assert(
    fc.property(
      fc.bigInt({ min: 2n ** 52n, max: 2n ** 53n - 1n }),
      fc.integer({ min: -10, max: 40 }),
      fc.integer({ min: 1, max: 22 }),
      (mantissa, shift, places) => {
        const exact =
          shift < 0
            ? (2n * mantissa + 1n) * 2n ** BigInt(-shift) * 10n ** BigInt(places)
            : ((2n * mantissa + 1n) * 10n ** BigInt(places)) / 2n ** BigInt(shift + 1);
        for (const whole of [exact - 1n, exact, exact + 1n]) {
          const digits = String(whole)
            .slice(0, 17)
            .padStart(places + 1, "0");
          expectAsNumber([`${digits.slice(0, -places)}.${digits.slice(-places)}`]);
        }
      },
    ),
    { numRuns: 20_000 },
  ));

test.each([
  "0",
  "-0",
  "-0.0",
  "0e400",
  "-0e-400",
  "0.000000000000000000000000000",
  "1e400",
  "-1e400",
  "1e-400",
  "1e22",
  "1e23",
  "-1e23",
  "5e-324",
  "2.4703282292062327e-324",
  "2.4703282292062328e-324",
  "2.2250738585072011e-308",
  "2.2250738585072014e-308",
  "1.7976931348623157e308",
  "1.7976931348623158e308",
  "1.7976931348623159e308",
  "9007199254740993",
  "9007199254740993.0",
  "9007199254740992.99999999999999999999999",
  "123456789012345678",
  "0.1",
  "0.30000000000000004",
  "702.1057499999998",
  "8.5e-1",
  "100000000000000016777215",
  "100000000000000016777216",
  "99999999999999999",
  "0.99999999999999999",
  `0.${"0".repeat(400)}1`,
  `1${"0".repeat(400)}`,
  `0.${"0".repeat(400)}1e401`,
  `1${"0".repeat(308)}e-308`,
  "1e00000000000000000000002",
  "1e-00000000000000000000000002",
  "1e99999999999999999999",
  "1e-99999999999999999999",
  "179769313486231580793728971405301e276",
])("%s is read as Number() reads it", (literal) => expectAsNumber([literal])); // the hard ones: Gay 1990, Java bug 4396272, PHP bug 53632

test("an exponent of millions and as many zeros cancel", () => {
  const zeros = 2_000_010;
  expect(read([`0.${"0".repeat(zeros)}1e${zeros + 1}`, `0.${"0".repeat(zeros)}1e${zeros * 10}`])).toEqual([
    1,
    Number.POSITIVE_INFINITY,
  ]);
});
