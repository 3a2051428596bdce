import type { Verdict } from "../records/report.gen.js";

/** ✓ ✕ ◇ – as paths in a square of 16: no font has to know them, and they look alike everywhere. */
export const verdictShapes: Readonly<Record<Verdict, string>> = {
  conforming: "M2 8.5L6.2 13L14 3",
  nonconforming: "M3 3L13 13M13 3L3 13",
  indeterminate: "M8 1.5L14.5 8L8 14.5L1.5 8Z",
  "not-applicable": "M2 8H14",
};

/** The light values of the verdict tokens in reports/styles/page.css; a test holds them together. */
export const verdictColours: Readonly<Record<Verdict, string>> = {
  conforming: "#0a6650",
  nonconforming: "#a3271c",
  indeterminate: "#75540a",
  "not-applicable": "#5b5a55",
};
