import { describe, expect, test } from "vitest";
import type { Report, ReportFinding } from "../records/report.gen.js";
import { compareBaseline, compareFingerprints } from "./baseline.js";
import { sampleReport } from "./testing/sample.js";

const sample = sampleReport("nonconforming" as never);
const anyFinding = sample.findings[0] as ReportFinding;
const anyRule = sample.rules[0] as Report["rules"][number];

/** A report of one rule that kept these fingerprints, of so many findings. */
function report(fingerprints: readonly string[], violations = fingerprints.length, standard = "s"): Report {
  return {
    ...sample,
    rules: [{ ...anyRule, id: "r", standard, violations, kept: fingerprints.length }],
    findings: fingerprints.map((fingerprint) => ({ ...anyFinding, rule: "r", standard, fingerprint, media: "m.jpg" })),
  };
}
const states = ({ findings }: Pick<Report, "findings">) =>
  findings.map(({ fingerprint, baseline }) => [fingerprint, baseline]);

test("what is in both persists, what is only here is new, what is only there is fixed", () => {
  const { baseline, findings } = compareBaseline(report(["a0", "a0#2", "b0"]), report(["a0", "c0"]), "f".repeat(64));
  expect(baseline).toEqual({
    sha256: "f".repeat(64),
    comparable: true,
    records_before: report([]).records.read,
    new: 2,
    persisting: 1,
    fixed: 1,
    compared: 3,
    of: 3,
    fixed_findings: [{ rule: "r", fingerprint: "c0", media: "m.jpg" }],
  });
  expect(states({ findings })).toEqual([
    ["a0", "persisting"],
    ["a0#2", "new"],
    ["b0", "new"],
  ]);
});

describe("where one kept less than all, only fingerprints up to the smaller cut-off are compared", () => {
  test("the report kept less", () => {
    const { baseline } = compareBaseline(report(["a0", "b0"], 55_000), report(["a0", "b5", "c0"]), "");
    expect(baseline).toMatchObject({ new: 1, persisting: 1, fixed: 0, compared: 2, of: 55_000 });
  });
  test("the baseline kept less", () => {
    const { baseline, findings } = compareBaseline(report(["a0", "b0", "c0"]), report(["a1", "b0"], 9), "");
    expect(baseline).toMatchObject({ new: 1, persisting: 1, fixed: 1, compared: 2, of: 3 });
    expect(states({ findings })).toEqual([
      ["a0", "new"],
      ["b0", "persisting"],
      ["c0", undefined],
    ]);
  });
  test("the second of ten equal ones comes before the tenth", () => {
    const equals = Array.from({ length: 10 }, (_, at) => (at === 0 ? "a0" : `a0#${at + 1}`));
    const { baseline } = compareBaseline(report(equals), report(["a0", "a0#2"], 10), "");
    expect(baseline).toMatchObject({ new: 0, persisting: 2, fixed: 0, compared: 2, of: 10 });
  });
  test("one that kept nothing is compared with nothing", () =>
    expect(compareBaseline(report([], 7), report(["a0"]), "").baseline).toMatchObject({
      fixed: 0,
      compared: 0,
      of: 7,
    }));
});

test("a rule that the baseline does not know is all new", () => {
  const before = { ...report([]), rules: [] };
  expect(compareBaseline(report(["a0"]), before, "").baseline).toMatchObject({ new: 1, compared: 1 });
});

test("two standards may have a rule of one id", () =>
  expect(compareBaseline(report(["a0"], 1, "s"), report(["a0"], 1, "t"), "").baseline).toMatchObject({
    new: 1,
    persisting: 0,
    fixed: 1,
  }));

test("another deciding digest is said", () => {
  const other = {
    ...report(["a0"]),
    standards: sample.standards.map((one) => ({ ...one, deciding_digest: "0".repeat(64) })),
  };
  expect(compareBaseline(report(["a0"]), other, "").baseline.comparable).toBe(false);
});

test.each([
  ["a0", "b0", -1],
  ["a0", "a0", 0],
  ["a0", "a0#2", -1],
  ["a0#2", "a0#10", -1],
  ["a0#10", "a1", -1],
  ["a0", "g", -1],
])("%s before %s", (left, right, order) => {
  expect(Math.sign(compareFingerprints(left, right))).toBe(order);
  expect(Math.sign(compareFingerprints(right, left))).toBe(order === 0 ? 0 : -order);
});
