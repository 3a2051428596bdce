import { describe, expect, test } from "vitest";
import { measures } from "./index.js";
import { mergeLaws, totals } from "./testing/laws.js";

describe.each(measures.map((measure) => [measure.id, measure] as const))("%s", (_, measure) => {
  mergeLaws(measure);

  test("without annotations nothing is measured as if it had been", () => {
    const { b, x } = measure.measure(measure.empty(), totals);
    if (b === 0) expect(x).toBeUndefined();
    else expect(x).toBe(0);
  });
});

test("no two measures have one id", () => {
  expect(new Set(measures.map(({ id }) => id)).size).toBe(measures.length);
});
