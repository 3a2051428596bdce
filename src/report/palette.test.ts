import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { paperPalette } from "./palette.js";
import { verdictColours } from "./shapes.js";

const css = readFileSync(new URL("../../reports/styles/page.css", import.meta.url), "utf8");
const tokens = (block: string): Map<string, string> =>
  new Map([...block.matchAll(/--([a-z0-9]+): (#[0-9a-f]{6});/g)].map((match) => [match[1] ?? "", match[2] ?? ""]));
const light = tokens(css.slice(0, css.indexOf("@media")));
const dark = tokens(css.slice(css.indexOf("@media"), css.indexOf("@media (forced-colors")));

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(left: string, right: string): number {
  const luminance = (colour: string): number => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
      const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [high, low] = [luminance(left), luminance(right)].sort((a, b) => b - a) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

test("paper has the light tokens of the page", () => {
  for (const [name, colour] of Object.entries(paperPalette)) expect(light.get(name), name).toBe(colour);
  for (const name of ["conforming", "nonconforming", "indeterminate"] as const)
    expect(light.get(name)).toBe(verdictColours[name]);
  expect(light.get("muted")).toBe(verdictColours["not-applicable"]);
});

test.each([
  ["light", light],
  ["dark", dark],
] as const)("%s: text has a contrast of 4.5 on both grounds, meaningful edges 3", (_, theme) => {
  for (const ground of ["paper", "wash"]) {
    for (const name of ["ink", "muted", "conforming", "nonconforming", "indeterminate", "data", "link", "mark"]) {
      expect(contrast(theme.get(name) ?? "", theme.get(ground) ?? ""), `${name} on ${ground}`).toBeGreaterThanOrEqual(
        4.5,
      );
    }
    expect(contrast(theme.get("rule3") ?? "", theme.get(ground) ?? ""), `rule3 on ${ground}`).toBeGreaterThanOrEqual(3);
  }
});
