import { expect, test } from "vitest";
import type { PanopticSegment } from "../records/types.gen.js";
import { firstRepeatedStuff, firstUnlistedValue, unlabelledShare } from "./panoptic.js";

const segment = (
  id: number,
  category_id: number | string | undefined,
  isthing: number | undefined,
): PanopticSegment => ({
  id,
  category_id,
  isthing,
  area: undefined,
  box: undefined,
  iscrowd: 0,
  pixels: undefined,
  pixel_box: undefined,
});
const [sky, person, grass] = [segment(1, 7, 0), segment(2, 1, 1), segment(3, 8, 0)];

test.each([
  ["each category once", [sky, person, grass], -1],
  ["a thing twice", [person, person, sky], -1],
  ["stuff twice", [sky, person, grass, sky], 3],
  ["stuff twice by a category that is text", [segment(1, "7", 0), segment(2, "7", 0)], 1],
  ["no category, twice", [segment(1, undefined, 0), segment(2, undefined, 0)], -1],
  ["categories that do not say, twice", [segment(1, 7, undefined), segment(2, 7, undefined)], -1],
  ["a crowd of the same stuff", [{ ...sky, iscrowd: 1 }, sky], -1],
])("in segments with %s the first repeated stuff is at %s", (_, list, at) => expect(firstRepeatedStuff(list)).toBe(at));

test("a value of a mask other than 0 has a segment", () => {
  expect(firstUnlistedValue(Float64Array.of(0, 1, 3), [sky, grass])).toBe(-1);
  expect(firstUnlistedValue(Float64Array.of(0, 1, 2, 3), [sky, grass])).toBe(2);
});

test("what no segment has is not labelled; a segment that was not counted has nothing", () =>
  expect(unlabelledShare([{ ...sky, pixels: 5 }, person, { ...grass, pixels: 7 }], 4, 4)).toBe(0.25));
