import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { folderWith, removeFolders } from "../cli/testing/run-cli.js";
import { UsageError } from "../records/errors.js";
import { loadTool } from "./tool-file.js";

afterAll(removeFolders);

const whole = `name: little
kind: validator
command: [node, little.js, "{in}"]
output:
  from: stdout
  as: lines
  pattern: '^(?P<file>[^:]+):(?P<line>\\d+) (?P<rule>\\S+)'
  rules: { negative: [box-degenerate] }
claims:
  rules: [box-degenerate]
  formats: [coco-instances]
`;

const load = (text: string) => loadTool(join(folderWith({ "TOOL.yaml": text }), "TOOL.yaml"));

test("a tool is held to what it claims, by what its faults are called here", () => {
  const tool = load(whole);
  expect(tool.claimed.map(({ id }) => id)).toEqual(["box-degenerate"]);
  expect(tool.writers.map(({ format }) => format)).toEqual(["coco-instances"]);
  expect([tool.rulesOf("negative"), tool.rulesOf("other")]).toEqual([["box-degenerate"], []]);
});

test.each([
  ["a claimed rule that there is not", "  rules: [box-degenerate]", "  rules: [box-wrong]", "TS-USAGE-0003", "10:11"],
  ["a mapped rule that there is not", "negative: [box-degenerate]", "negative: [box-wrong]", "TS-USAGE-0003", "8:23"],
  ["a format that there is not", "[coco-instances]", "[word]", "TS-USAGE-0004", "11:13"],
  ["a placeholder that there is not", '"{in}"', '"{in}", "{data}"', "TS-USAGE-0004", "3:36"],
  ["no place for the data", '"{in}"', "data", "TS-USAGE-0004", "3:10"],
  ["a pattern that is none", "(?P<file>[^:]+)", "(?P<file>", "TS-USAGE-0004", "7:12"],
  ["a pattern that could run for ever", "(?P<file>[^:]+)", "(?P<file>(a+)\\1)", "TS-USAGE-0004", "7:12"],
  ["findings without a place in pooled data", "(?P<line>\\d+)", "\\d+", "TS-USAGE-0004", "5:3"],
  ["a field that there is not", "name: little", "name: little\nscore: 7", "TS-USAGE-0004", undefined],
  ["a converter with what is a validator's", "kind: validator", "kind: converter", "TS-USAGE-0004", undefined],
])("%s is told, with its place", (_, part, instead, code, place) => {
  expect(whole).toContain(part);
  const attempt = () => load(whole.replace(part, instead));
  expect(attempt).toThrow(UsageError);
  try {
    attempt();
  } catch (error) {
    expect((error as UsageError).code).toBe(code);
    if (place !== undefined) expect((error as UsageError).details.place).toBe(place);
  }
});

const converter = `name: little
kind: converter
command: [node, little.js, "{in}", "{out}", "{to}"]
claims:
  formats: [coco-instances, voc]
  fields: [annotation.box, order]
`;

test("a converter is held to every pair of its formats, or to the ways that it names", () => {
  const pairsOf = (text: string) => load(text).pairs.map(({ from, to }) => `${from.format} ${to.format}`);
  expect(pairsOf(converter)).toEqual(["coco-instances voc", "voc coco-instances"]);
  expect(pairsOf(`${converter}  conversions: [{ from: voc, to: voc }]\n`)).toEqual(["voc voc"]);
});

test.each([
  ["a field that no record has", "annotation.box", "annotation.bbox", "6:12"],
  ["one format, and no way", "[coco-instances, voc]", "[voc]", "5:12"],
  ["no place for what it writes", ', "{out}"', "", "3:10"],
  ["a way of a format that is not claimed", "order]", "order]\n  conversions: [{ from: voc, to: lvis }]", "7:34"],
  ["rules", "claims:", "claims:\n  rules: all", undefined],
])("%s of a converter is told, with its place", (_, part, instead, place) => {
  expect(converter).toContain(part);
  expect(() => load(converter.replace(part, instead))).toThrow(
    expect.objectContaining({
      code: "TS-USAGE-0004",
      ...(place === undefined ? {} : { details: expect.objectContaining({ place }) }),
    }),
  );
});
