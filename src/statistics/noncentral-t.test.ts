import { expect, test } from "vitest";
import { noncentralTTail } from "./noncentral-t.js";
import { normalQuantile, tTail } from "./special.js";

// Integrals of the definition at 30 digits by mpmath 1.3 (quad of χ density × ncdf).
test.each([
  [3, 9, 1.5, 0.8782479479827304, 0.12175205201726957],
  [0.5, 1, 2, 0.06327688747994553, 0.9367231125200545],
  [10.5, 48, 8.2, 0.9386321810961942, 0.061367818903805826],
  [-1, 4, 0.7, 0.05992559505568848, 0.9400744049443115],
  [25, 300, 22, 0.9818649685089051, 0.01813503149109475],
  [60, 3, 5, 0.9991113549383186, 8.886450616813961e-4],
  [100, 900, 90, 0.9999593962094091, 4.060379059094156e-5],
])("noncentral t at %d, %d degrees of freedom, δ %d", (t, df, delta, lower, upper) => {
  expect(noncentralTTail(t, df, delta, "lower")).toBeCloseTo(lower, 12);
  expect(Math.abs(noncentralTTail(t, df, delta, "upper") / upper - 1)).toBeLessThan(1e-11);
});

test("without a shift it is Student's t", () => {
  for (const df of [1, 2.5, 7, 60, 4000])
    for (const t of [-6, -1, 0, 0.3, 2, 12]) {
      expect(noncentralTTail(t, df, 0, "lower")).toBeCloseTo(tTail(t, df, "lower"), 12);
      expect(noncentralTTail(t, df, 0, "upper")).toBeCloseTo(tTail(t, df, "upper"), 12);
    }
});

// One-sided tolerance factors, k·√n the 95 % point of noncentral t with δ = z(0.95)·√n: ISO 16269-6 and Odeh & Owen 1980, table 1; three decimals printed.
test.each([
  [5, 4.203],
  [10, 2.911],
  [30, 2.22],
  [100, 1.927],
])("the tolerance factor of %i units for 95 % with confidence 95 % is %d", (n, k) => {
  const root = Math.sqrt(n);
  const delta = normalQuantile(0.95) * root;
  expect(noncentralTTail((k + 0.0005) * root, n - 1, delta, "lower")).toBeGreaterThanOrEqual(0.95);
  expect(noncentralTTail((k - 0.0005) * root, n - 1, delta, "lower")).toBeLessThanOrEqual(0.95);
});
