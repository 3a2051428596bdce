import fc from "fast-check";
import { expect, test } from "vitest";
import type { RleMask } from "../records/types.gen.js";
import { rleArea, rleAreaDifference, rleBoxDeviation, declarations as rleDeclarations, rleSum } from "./rle.js";
import { longestBorderRun } from "./rle-border.js";
import { componentsSmallerThan, declarations, smallestComponent, smallestHole } from "./rle-regions.js";

const drawn = (...rows: readonly string[]): RleMask => {
  const counts = [0];
  for (let x = 0; x < rows[0]!.length; x++) {
    for (const row of rows) {
      if ((row[x] === "#") !== (counts.length % 2 === 0)) counts.push(0);
      counts[counts.length - 1]!++;
    }
  }
  return { height: rows.length, width: rows[0]!.length, counts: Float64Array.from(counts) };
};
const ring = drawn("....", ".##.", ".##.", "....");
const tight = { x: 1, y: 1, width: 2, height: 2 };

test("sums and areas are those of the runs", () => {
  expect([rleSum(ring), rleArea(ring)]).toEqual([16, 4]);
  const short = { height: 2, width: 2, counts: Float64Array.of(1, 2) };
  expect([rleSum(short), rleArea(short)]).toEqual([3, 2]);
});

test.each([
  [4, 0],
  [5, 0.2],
  [0, Number.POSITIVE_INFINITY],
])("a mask of 4 px differs from a declared area of %s by the share %s", (area, share) =>
  expect(rleAreaDifference(ring, area)).toBe(share));

test("the side of a box that is furthest from the mask is marked", () => {
  const marks = rleDeclarations.find(({ call }) => call === rleBoxDeviation)!.marks!;
  expect(marks(ring, { ...tight, x: -1, width: 4 })).toEqual([{ kind: "gap", points: [-1, 2, 1, 2] }]);
  expect(marks(drawn("..", ".."), tight)).toEqual([]);
});

test.each([
  ["the tight box", ring, tight, 0],
  ["a box two too far left", ring, { ...tight, x: -1 }, 2],
  ["a box of a run over two columns", drawn(".#", "#."), { x: 0, y: 0, width: 2, height: 2 }, 0],
  ["a mask without foreground", drawn("..", ".."), tight, 0],
  ["runs beyond the image", { height: 2, width: 2, counts: Float64Array.of(3, 9, 4, 5) }, tight, 1],
])("rleBoxDeviation of %s", (_, mask, box, px) => expect(rleBoxDeviation(mask, box)).toBe(px));

test.each([
  ["one part", ring, 4, Infinity, 0],
  ["two pixels that touch at a corner", drawn("#..", ".#.", "..."), 2, Infinity, 1],
  ["two pixels that do not touch", drawn("#.#", "..."), 1, Infinity, 1],
  ["a hole of one pixel", drawn("###", "#.#", "###"), 8, 1, 3],
  ["background that leaves through a corner is a hole", drawn(".####", "#.###", "###.#", "#####"), 17, 1, 5],
  ["background at the border is no hole", drawn("###", "#.#", "#.#"), 7, Infinity, 3],
  ["whole columns", drawn("####..#", "####..#"), 2, Infinity, 4],
  ["all foreground", drawn("##", "##"), 4, Infinity, 2],
  ["no foreground", drawn("..", ".."), Infinity, Infinity, 0],
  [
    "a run over whole columns of a huge image",
    { height: 10, width: 1e9, counts: Float64Array.of(5, 1e10 - 10) },
    1e10 - 10,
    Infinity,
    1e9 - 1,
  ],
  ["runs of 0 between", { height: 4, width: 1, counts: Float64Array.of(0, 1, 0, 2, 1) }, 3, Infinity, 3],
])("regions of %s", (_, mask, component, hole, border) => {
  expect(smallestComponent(mask)).toBe(component);
  expect(smallestHole(mask)).toBe(hole);
  expect(longestBorderRun(mask)).toBe(border);
});

test("a part is small where it has both few pixels and a small share", () => {
  const mask = drawn("#.####", "..####", "#.####");
  expect(componentsSmallerThan(mask, 2, 0.1)).toBe(2);
  expect(componentsSmallerThan(mask, 1, 0.1)).toBe(0);
  expect(componentsSmallerThan(mask, 2, 0.05)).toBe(0);
  const marks = declarations.find(({ call }) => call === componentsSmallerThan)!.marks!;
  expect(marks(mask, 2, 0.1)).toEqual([
    { kind: "vertex", points: [0.5, 0.5] },
    { kind: "vertex", points: [0.5, 2.5] },
  ]);
});

const picture = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
  .chain(([width, height, dense]) =>
    fc.array(
      fc
        .array(
          fc.nat(9).map((n) => (n < dense ? "#" : ".")),
          { minLength: width, maxLength: width },
        )
        .map((row) => row.join("")),
      { minLength: height, maxLength: height },
    ),
  );

test("regions, boxes and borders are those of the pixels", () =>
  fc.assert(
    fc.property(picture, (rows) => {
      const mask = drawn(...rows);
      const parts = slowRegions(rows, "#", 1);
      const holes = slowRegions(rows, ".", 0).filter(({ border }) => !border);
      expect(smallestComponent(mask)).toBe(Math.min(...parts.map(({ size }) => size)));
      expect(componentsSmallerThan(mask, 3, 1)).toBe(
        parts.filter(({ size }) => size < 3 && size < rleArea(mask)).length,
      );
      expect(smallestHole(mask)).toBe(Math.min(...holes.map(({ size }) => size)));
      const columns = [...rows[0]!].map((_, x) => rows.map((row) => row[x]).join(""));
      const borders = [rows[0]!, rows.at(-1)!, columns[0]!, columns.at(-1)!];
      const runs = borders.flatMap((line) => line.split(".").map((run) => run.length));
      expect(longestBorderRun(mask)).toBe(Math.max(...runs));
      const xs = columns.flatMap((column, x) => (column.includes("#") ? [x] : []));
      const ys = rows.flatMap((row, y) => (row.includes("#") ? [y] : []));
      if (xs.length === 0) return;
      const box = { x: xs[0]!, y: ys[0]!, width: xs.at(-1)! - xs[0]! + 1, height: ys.at(-1)! - ys[0]! + 1 };
      expect(rleBoxDeviation(mask, box)).toBe(0);
    }),
    { numRuns: 1000 },
  ));

test("runs that are negative or no numbers end in an answer", () => {
  const mask = { height: 3, width: 3, counts: Float64Array.of(1, -2, NaN, 3, Infinity, 2) };
  expect([smallestComponent(mask), smallestHole(mask), longestBorderRun(mask)]).toEqual([3, Infinity, 2]);
});

/** By flood over pixels. */
function slowRegions(rows: readonly string[], colour: string, reach: 0 | 1): { size: number; border: boolean }[] {
  const seen = new Set<string>();
  const regions: { size: number; border: boolean }[] = [];
  rows.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      const region = { size: 0, border: false };
      const queue = [[x, y] as const];
      for (let pixel = queue.pop(); pixel; pixel = queue.pop()) {
        const [px, py] = pixel;
        if (rows[py]?.[px] !== colour || seen.has(String(pixel))) continue;
        seen.add(String(pixel));
        region.size++;
        region.border ||= px === 0 || py === 0 || px === row.length - 1 || py === rows.length - 1;
        for (let dx = -1; dx <= 1; dx++) {
          for (let dy = -1; dy <= 1; dy++) if (reach === 1 || dx * dy === 0) queue.push([px + dx, py + dy]);
        }
      }
      if (region.size > 0) regions.push(region);
    }
  });
  return regions;
}
