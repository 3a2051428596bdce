import fc from "fast-check";
import { expect, test } from "vitest";
import type { RleMask } from "../records/types.gen.js";
import { rleJaggedness, rlePerimeter } from "./rle-perimeter.js";

const drawn = (...rows: readonly string[]): RleMask => {
  const counts = [0];
  for (let x = 0; x < (rows[0] ?? "").length; x++) {
    for (const row of rows) {
      if ((row[x] === "#") !== (counts.length % 2 === 0)) counts.push(0);
      counts[counts.length - 1]!++;
    }
  }
  return { height: rows.length, width: (rows[0] ?? "").length, counts: Float64Array.from(counts) };
};

test.each([
  ["a pixel", drawn("...", ".#.", "..."), 4],
  ["a square of 2 px", drawn("##", "##"), 8],
  ["two pixels that touch at a corner", drawn("#.", ".#"), 8],
  ["a frame around a hole", drawn("###", "#.#", "###"), 16],
  ["no foreground", drawn("..", ".."), 0],
  ["runs of 0 between", { height: 4, width: 1, counts: Float64Array.of(0, 1, 0, 2, 1) }, 8],
  ["runs beyond the image", { height: 2, width: 2, counts: Float64Array.of(3, 9, 4, 5) }, 4],
])("the outline of %s", (_, mask, length) => expect(rlePerimeter(mask)).toBe(length));

test("a square is 4 / π times as jagged as a disc", () => {
  expect(rleJaggedness(drawn("##", "##"))).toBeCloseTo(4 / Math.PI, 12);
  expect(rleJaggedness(drawn("..", ".."))).toBeNaN();
});

const rows = fc
  .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }))
  .chain(([height, width]) =>
    fc.array(fc.array(fc.boolean(), { minLength: width, maxLength: width }), { minLength: height, maxLength: height }),
  );
test("it is as long as counting the sides of the pixels says", () =>
  fc.assert(
    fc.property(rows, (grid) => {
      const at = (y: number, x: number) => grid[y]?.[x] === true;
      let sides = 0;
      grid.forEach((row, y) => {
        row.forEach((on, x) => {
          if (on)
            for (const [dy, dx] of [
              [0, 1],
              [0, -1],
              [1, 0],
              [-1, 0],
            ] as const)
              if (!at(y + dy, x + dx)) sides++;
        });
      });
      const mask = drawn(...grid.map((row) => row.map((on) => (on ? "#" : ".")).join("")));
      expect(rlePerimeter(mask)).toBe(sides);
    }),
  ));
