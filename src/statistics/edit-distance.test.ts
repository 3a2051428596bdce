import fc from "fast-check";
import { expect, test } from "vitest";
import { alignedEdits, newEditScratch } from "./edit-distance.js";
import { Random } from "./random.js";

const ids = (list: readonly number[]) => Int32Array.from(list);

/** Fewest edits, cell by cell (Wagner & Fischer 1974). */
function distanceOf(left: readonly number[], right: readonly number[]): number {
  let row = Array.from({ length: right.length + 1 }, (_, j) => j);
  left.forEach((unit, i) => {
    const next = [i + 1];
    right.forEach((other, j) => {
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (unit === other ? 0 : 1)));
    });
    row = next;
  });
  return row[right.length]!;
}

const unit = fc.nat(4);
const units = (maxLength: number) => fc.array(unit, { maxLength, size: "max" });

test("edits are the fewest there are, and add up to both lengths; up to 32, and over several words of 32", () => {
  const scratch = newEditScratch(1);
  fc.assert(
    fc.property(fc.oneof(units(20), units(100)), fc.oneof(units(20), units(100)), (left, right) => {
      const { hits, substitutions, deletions, insertions } = alignedEdits(ids(left), ids(right), scratch);
      expect(substitutions + deletions + insertions).toBe(distanceOf(left, right));
      expect(hits + substitutions + deletions).toBe(left.length);
      expect(hits + substitutions + insertions).toBe(right.length);
    }),
  );
});

test("a pair that is split has as few edits", () => {
  const scratch = newEditScratch(1);
  fc.assert(
    fc.property(units(80), units(80), (left, right) => {
      const { substitutions, deletions, insertions, hits } = alignedEdits(ids(left), ids(right), scratch, 4);
      expect(substitutions + deletions + insertions).toBe(distanceOf(left, right));
      expect(hits + substitutions + deletions).toBe(left.length);
    }),
  );
});

test.each([
  // As jiwer 4.0.0 (rapidfuzz 3.14.6) counts them: hits, substitutions, deletions, insertions. 3,010 random pairs of up to 6,000 units went alike.
  [
    [0, 1, 0],
    [0, 2],
    [1, 1, 1, 0],
  ],
  [
    [0, 1],
    [1, 0],
    [1, 0, 1, 1],
  ],
  [
    [0, 1, 2],
    [1, 2, 0],
    [2, 0, 1, 1],
  ],
  [
    [0, 0, 1],
    [1, 1, 0],
    [1, 1, 1, 1],
  ],
])("%j and %j are aligned as jiwer aligns them", (left, right, counts) => {
  const { hits, substitutions, deletions, insertions } = alignedEdits(ids(left), ids(right));
  expect([hits, substitutions, deletions, insertions]).toEqual(counts);
});

test("a pair too large to be held is split, with the same distance", () => {
  // Every unit differs, so what is left out can be told in one way only.
  const random = new Random(3);
  const reference = Array.from({ length: 20_000 }, (_, i) => i);
  const hypothesis = reference
    .filter(() => random.word() % 10 > 0)
    .map((one) => (one % 977 === 5 ? 50_000 + one : one));
  const changed = hypothesis.filter((one) => one >= 50_000).length;
  // A changed first or last unit beside one that is left out could be told otherwise; none is.
  const { hits, substitutions, deletions, insertions } = alignedEdits(ids(reference), ids(hypothesis));
  expect(insertions).toBe(0);
  expect([hits, substitutions, deletions]).toEqual([
    hypothesis.length - changed,
    changed,
    reference.length - hypothesis.length,
  ]);
});
