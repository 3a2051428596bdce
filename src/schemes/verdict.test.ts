import { describe, expect, test } from "vitest";
import type { Severity } from "../records/grammar.gen.js";
import { scoreScheme } from "./score.js";
import { dimension, evidence, indicator, optionsOf, schemeOf } from "./testing/scheme.js";
import { evidenceWanted, judgeByScheme, judgeStrictly, overruledDimensions } from "./verdict.js";

type Rule = Parameters<typeof judgeStrictly>[0][number];
const rule = (fields: Partial<Rule> = {}): Rule => ({
  id: "r",
  severity: "major",
  deciding: true,
  violations: 0,
  waived: 0,
  not_evaluated: 0,
  evaluated: 10,
  ...fields,
});

/** One indicator by rules with this many bad and open of 100, under a threshold of 90. */
function scores(bad: number, open = 0, threshold: number | null = 90) {
  const scheme = schemeOf(dimension("D", [indicator("I")], { threshold: { value: threshold, claim: "illustrative" } }));
  return scoreScheme(scheme, optionsOf({ I: [{ kind: "annotation", b: 100, bad, open }] }));
}
const codes = (judged: ReturnType<typeof judgeStrictly>) => [judged.verdict, ...judged.reasons.map(({ code }) => code)];

describe("under a scheme", () => {
  const none = { critical: 0, major: 0 };
  test.each([
    ["nothing found", scores(0), [rule()], none, ["conforming"]],
    [
      "a high score and one critical finding: veto",
      scores(0),
      [rule({ severity: "critical", violations: 1 })],
      none,
      ["nonconforming", "findings-over-accept"],
    ],
    ["as many findings as are accepted", scores(2), [rule({ violations: 2 })], { major: 2 }, ["conforming"]],
    [
      "one more than are accepted",
      scores(3),
      [rule({ violations: 3 })],
      { major: 2 },
      ["nonconforming", "findings-over-accept"],
    ],
    [
      "a severity that accept does not name",
      scores(0),
      [rule({ severity: "minor", violations: 9 })],
      none,
      ["conforming"],
    ],
    ["findings that are waived", scores(0), [rule({ violations: 2, waived: 2 })], none, ["conforming"]],
    ["an advisory rule with findings", scores(0), [rule({ deciding: false, violations: 2 })], none, ["conforming"]],
    ["a score below the threshold", scores(11), [rule()], {}, ["nonconforming", "score-below-threshold"]],
    ["a score that is not proven", scores(0, 11), [rule()], {}, ["indeterminate", "score-not-proven"]],
    [
      "a rule that could not be evaluated somewhere",
      scores(0),
      [rule({ not_evaluated: 1 })],
      none,
      ["indeterminate", "rules-not-evaluated"],
    ],
    [
      "the same in a severity that is not in accept",
      scores(0),
      [rule({ severity: "minor", not_evaluated: 1 })],
      none,
      ["conforming"],
    ],
    ["a threshold that is left open", scores(0, 0, null), [rule()], none, ["indeterminate", "score-not-proven"]],
    [
      "both: the nonconforming reason comes first",
      scores(0, 11),
      [rule({ violations: 1 })],
      none,
      ["nonconforming", "findings-over-accept", "score-not-proven"],
    ],
  ])("%s", (_, scored, rules, accept, expected) =>
    expect(codes(judgeByScheme(scored, rules, accept, 0))).toEqual(expected));

  test("no indicator is left: nothing was asked of the data", () => {
    const empty = scoreScheme(schemeOf(dimension("D", [indicator("I")])), optionsOf({}));
    expect(codes(judgeByScheme(empty, [rule({ evaluated: 0 })], none, 0))).toEqual([
      "indeterminate",
      "no-indicator-left",
    ]);
  });

  test("a dimension that findings overrule keeps its score and does not conform; the others stay", () => {
    const scheme = schemeOf(dimension("D", [indicator("I")]), dimension("E", [indicator("J")]));
    const units = [{ kind: "annotation", b: 100, bad: 0, open: 0 }] as const;
    const both = scoreScheme(scheme, optionsOf({ I: units, J: units }));
    const rules = [{ ...rule({ severity: "critical", violations: 1 }), indicator: "I" }];
    const judged = judgeByScheme(both, rules, none, 0);
    expect(overruledDimensions(both, judged, rules).map((one) => [one.code, one.lower, one.verdict])).toEqual([
      ["D", 100, "nonconforming"],
      ["E", 100, "conforming"],
    ]);
  });

  test("a dimension outside the verdict decides nothing", () => {
    const beside = scoreScheme(
      schemeOf(dimension("D", [indicator("I")]), dimension("E", [indicator("J")], { decides: false })),
      optionsOf({ I: [{ kind: "media", b: 1, bad: 0, open: 0 }], J: [{ kind: "media", b: 1, bad: 1, open: 0 }] }),
    );
    expect(codes(judgeByScheme(beside, [rule()], none, 0))).toEqual(["conforming"]);
  });

  test("a file that was not read and that no rule reports keeps the verdict open", () =>
    expect(codes(judgeByScheme(scores(0), [rule()], none, 1))).toEqual(["indeterminate", "files-not-read"]));

  test("findings over accept are told by severity, the worst first, with their rules", () =>
    expect(
      judgeByScheme(
        scores(0),
        [
          rule({ id: "a", violations: 1 }),
          rule({ id: "b", severity: "critical", violations: 3, waived: 1 }),
          rule({ id: "c", violations: 4 }),
        ],
        none,
        0,
      ).reasons,
    ).toEqual([
      {
        code: "findings-over-accept",
        verdict: "nonconforming",
        severity: "critical",
        count: 2,
        accept: 0,
        rules: ["b"],
      },
      {
        code: "findings-over-accept",
        verdict: "nonconforming",
        severity: "major",
        count: 5,
        accept: 0,
        rules: ["a", "c"],
      },
    ]));
});

describe("without a scheme", () => {
  test.each<[string, readonly Rule[], number, readonly string[]]>([
    ["nothing found", [rule()], 0, ["conforming"]],
    [
      "one finding of any severity",
      [rule({ severity: "observation" as Severity, violations: 1 })],
      0,
      ["nonconforming", "findings-over-accept"],
    ],
    ["a finding that is waived", [rule({ violations: 1, waived: 1 })], 0, ["conforming"]],
    ["an advisory finding", [rule(), rule({ deciding: false, violations: 1 })], 0, ["conforming"]],
    ["a rule that could not be evaluated", [rule({ not_evaluated: 1 })], 0, ["indeterminate", "rules-not-evaluated"]],
    [
      "a finding and one that could not be evaluated",
      [rule({ violations: 1, not_evaluated: 1 })],
      0,
      ["nonconforming", "findings-over-accept", "rules-not-evaluated"],
    ],
    ["no rule was asked of anything", [rule({ evaluated: 0 })], 0, ["indeterminate", "no-indicator-left"]],
    ["only advisory rules were asked", [rule({ deciding: false })], 0, ["indeterminate", "no-indicator-left"]],
    ["a file that was not read", [rule()], 2, ["indeterminate", "files-not-read"]],
  ])("%s", (_, rules, lost, expected) => expect(codes(judgeStrictly(rules, lost))).toEqual(expected));
});

describe("what is wanted", () => {
  test("what would decide an open verdict comes first, the cheapest of it first", () => {
    const scheme = schemeOf(
      dimension("D", [indicator("R", { decided_by: ["review"] }), indicator("P", { decided_by: ["document"] })]),
      dimension("E", [indicator("M", { decided_by: ["document"] })], { decides: false }),
    );
    const scored = scoreScheme(scheme, optionsOf({}));
    const judged = judgeByScheme(scored, [], {}, 0);
    expect(
      evidenceWanted(scored, judged, true).map(({ indicators, kinds, decides }) => [indicators, kinds, decides]),
    ).toEqual([
      [["P"], ["document"], true],
      [["R"], ["review"], true],
      [[], ["media"], false],
      [["M"], ["document"], false],
    ]);
  });

  test("a threshold that is left open is wanted as a parameter", () => {
    const scored = scores(0, 0, null);
    const judged = judgeByScheme(scored, [rule()], {}, 0);
    expect(evidenceWanted(scored, judged, false).map(({ indicators, kinds }) => [indicators, kinds])).toEqual([
      [["I"], ["parameter"]],
    ]);
  });

  test("evidence that was supplied is not wanted", () => {
    const scheme = schemeOf(dimension("D", [indicator("P", { decided_by: ["document"] })]));
    const scored = scoreScheme(scheme, optionsOf({}, { evidence: [evidence("P", {})] }));
    expect(evidenceWanted(scored, judgeByScheme(scored, [], {}, 0), false)).toEqual([]);
  });
});
