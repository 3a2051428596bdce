import { expect, test } from "vitest";
import { checks, groupChecks } from "./index.js";

const type = "(?:bool|int|double|string|Box|Corners|Keypoint|RleMask|PanopticSegment|Attribute|Id)";
const argument = `(?:list<list<${type}>>|list<${type}>|${type})`;

test("every signature is of types that rules know, and a call takes as many arguments", () => {
  for (const { cel, call } of checks) {
    expect(cel).toMatch(new RegExp(`^[a-z][A-Za-z0-9]*\\(${argument}(?:, ${argument})*\\): ${type}$`));
    expect([cel, call.length]).toEqual([cel, cel.split(", ").length]);
    expect(cel.startsWith(`${call.name}(`)).toBe(true);
  }
});

test("every signature of a group check begins with its group, and its answer takes the rest", () => {
  for (const { cel, answer } of groupChecks) {
    expect(cel).toMatch(new RegExp(`^[a-z][A-Za-z0-9]*\\(Siblings, int(?:, ${type})*\\): ${type}$`));
    expect([cel, answer.length]).toEqual([cel, cel.split(", ").length - 1]);
    expect(cel.startsWith(`${answer.name}(`)).toBe(true);
  }
});

test("every answer is said in both languages", () => {
  for (const { cel, says, says_not, unit } of [...checks, ...groupChecks]) {
    for (const text of [says, ...(says_not === undefined ? [] : [says_not])]) {
      expect([cel, text.zh]).toEqual([cel, expect.stringMatching(/\p{Script=Han}/u)]);
      // In a sentence: no capital, no full stop, and nothing of the other language.
      expect([cel, text.en]).toEqual([cel, expect.stringMatching(/^(?!.*\p{Script=Han})(?:[a-z]|IoU ).*[^.]$/u)]);
    }
    if (unit !== undefined) expect([cel, unit.zh]).not.toEqual([cel, ""]);
  }
});

test("no name is taken twice", () => {
  const names = [...checks, ...groupChecks].map(({ cel }) => cel.slice(0, cel.indexOf("(")));
  expect(new Set(names).size).toBe(names.length);
});
