import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { functions } from "../src/measures/functions.js";
import { documentedMeasures, measuresPage, wantedParagraphs } from "./measures-page.js";

const han = /\p{Script=Han}/u;
const documented = documentedMeasures();

test.each(functions.map((one) => [one.id, one] as const))("%s says its formula, edges, unit and source", (id, one) => {
  const paragraphs = documented.get(id);
  expect(wantedParagraphs.filter((heading) => (paragraphs?.get(heading) ?? "") === "")).toEqual([]);
  for (const { zh, en } of [one.title, one.answers, one.misleads]) {
    expect(zh).toMatch(han);
    expect(en).not.toMatch(han);
    // Sections of the page end these with a full stop of their own.
    expect(`${zh}${en}`).not.toMatch(/[.。]$/);
  }
  expect(one.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  expect(one.inputs.length).toBeGreaterThan(0);
  expect(one.outputs.length).toBeGreaterThan(0);
});

test("no two measures share an id", () => {
  const ids = functions.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test("docs/measures.md is what the code says; npm run generate writes it", () => {
  expect(readFileSync(new URL("../docs/measures.md", import.meta.url), "utf8")).toBe(measuresPage());
});
