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

test("no name is taken twice", () => {
  const names = [...checks, ...groupChecks].map(({ cel }) => cel.slice(0, cel.indexOf("(")));
  expect(new Set(names).size).toBe(names.length);
});
