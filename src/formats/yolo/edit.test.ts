import { expect, test } from "vitest";
import { editColumns } from "./edit.js";

const line = "0  0.50\t0.5 0.10 1e-1 ";

test.each([
  ["/1", "replace", "0.7", "0  0.7\t0.5 0.10 1e-1 "],
  ["/0", "omit", "", "0.50\t0.5 0.10 1e-1 "],
  ["/2", "omit", "", "0  0.50 0.10 1e-1 "],
  ["/9", "replace", "2", "0  0.50\t0.5 0.10 1e-1 2"],
  ["/9", "omit", "", line],
  ["/1", "repeat", "", "0  0.50\t0.5 0.10 1e-1 0.50"],
] as const)("column %s, %s %s", (at, how, text, expected) =>
  expect(editColumns(line, [{ at, how, text }])).toBe(expected));
