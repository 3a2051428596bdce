import { expect, test } from "vitest";
import { tally } from "./tool-report.js";

test("what was refused is asked, and is in no interval", () =>
  expect(tally(0, 0, 3)).toEqual({ asked: 3, right: 0, wrong: 0, refused: 3, interval: null }));

// 18 of 20: R, binom.test(18, 20)$conf.int.
test("18 of 20 found is a recall between 0.683 and 0.988", () => {
  const { interval } = tally(18, 2, 0);
  expect(interval?.low).toBeCloseTo(0.683017, 6);
  expect(interval?.high).toBeCloseTo(0.987652, 5);
});
