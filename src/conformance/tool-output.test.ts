import { expect, test } from "vitest";
import { readOutput } from "./tool-output.js";

const rules = "same" as const;
const found = (text: string, output: Omit<Parameters<typeof readOutput>[1], "from" | "rules">) =>
  readOutput(Buffer.from(text), { from: "stdout", rules, ...output });

test("lines that match are findings, others are none", () => {
  const pattern = "^(?P<file>[^:]+):(?P<line>\\d+): (?P<rule>\\w+)";
  expect(found("start\na.json:12: bad\r\ndone\n", { as: "lines", pattern })).toEqual({
    findings: [{ fault: "bad", file: "a.json", line: 12 }],
  });
});

test("JSON is read by pointers, through every member where one is a star", () => {
  const text = '{"by":{"a":{"list":[{"t":"neg","i":7}]},"b":{"list":[{"t":"nan","i":"8"},{"i":9}]}}}';
  expect(found(text, { as: "json", items: "/by/*/list", at: { rule: "/t", record: "/i" } })).toEqual({
    findings: [
      { fault: "neg", record: "7" },
      { fault: "nan", record: "8" },
    ],
  });
});

test("a byte of SARIF's location is its line, and an escaped path is a path", () => {
  const location = { physicalLocation: { artifactLocation: { uri: "a%20b.json" }, region: { startLine: 3 } } };
  const text = JSON.stringify({ runs: [{ results: [{ ruleId: "r", locations: [location] }] }] });
  expect(found(text, { as: "sarif" })).toEqual({ findings: [{ fault: "r", file: "a b.json", line: 3 }] });
});

test.each(["", "{", "no JSON"])("%j is no JSON, which is a problem and no empty list", (text) =>
  expect(found(text, { as: "json", items: "/a", at: { rule: "/t" } })).toHaveProperty("problem"));
