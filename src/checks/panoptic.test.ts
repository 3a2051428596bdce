import { expect, test } from "vitest";
import type { PanopticSegment } from "../records/types.gen.js";
import { firstRepeatedStuff } from "./panoptic.js";

const segments = (...categories: readonly (number | string | undefined)[]): PanopticSegment[] =>
  categories.map((category_id, i) => ({
    id: i + 1,
    category_id,
    area: undefined,
    box: undefined,
    iscrowd: 0,
    pixels: undefined,
    pixel_box: undefined,
  }));

test.each([
  ["each category once", segments(1, 2, 3), -1],
  ["a thing twice", segments(1, 1, 7), -1],
  ["stuff twice", segments(7, 1, 8, 7), 3],
  ["no category, twice", segments(undefined, undefined), -1],
  ["a category that is text", segments("7", "7"), -1],
])("stuff 7 and 8, %s", (_, list, at) => expect(firstRepeatedStuff(list, [7, 8])).toBe(at));

test("a crowd does not repeat", () => {
  const [one, two] = segments(7, 7) as [PanopticSegment, PanopticSegment];
  expect(firstRepeatedStuff([{ ...one, iscrowd: 1 }, two], [7])).toBe(-1);
});
