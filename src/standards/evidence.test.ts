import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { TouchstoneError } from "../records/errors.js";
import { readEvidence } from "./evidence.js";

const folder = mkdtempSync(join(tmpdir(), "touchstone-evidence-"));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, "card.md"), "abc");
/** SHA-256 of "abc", FIPS 180-4. */
const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
const zeros = "0".repeat(64);

function item(changes: Record<string, unknown> = {}): string {
  const fields = {
    indicator: "0101",
    kind: "document",
    path: "card.md",
    sha256: abc,
    by: "A",
    role: "editor",
    date: "2026-11-25",
    conclusion: "met",
    ...changes,
  };
  return `- ${JSON.stringify(fields)}\n`;
}

function read(yaml: string) {
  const path = join(folder, "evidence.yaml");
  writeFileSync(path, yaml);
  return readEvidence(path);
}

function codeOf(yaml: string): { code: string; message: string } {
  try {
    read(yaml);
  } catch (error) {
    if (error instanceof TouchstoneError) return { code: error.code, message: error.message };
    throw error;
  }
  return { code: "none", message: "" };
}

test("a file with the digest that was written down counts", () => {
  const yaml = item();
  const { items, mismatches, digest } = read(yaml);
  expect(items.map(({ indicator }) => indicator)).toEqual(["0101"]);
  expect(mismatches).toEqual([]);
  expect(digest).toBe(createHash("sha256").update(yaml).digest("hex"));
});

test("a file with another digest does not count", () => {
  const { items, mismatches } = read(item() + item({ indicator: "0102", sha256: zeros }));
  expect(items.map(({ indicator }) => indicator)).toEqual(["0101"]);
  expect(mismatches?.map(({ item: { indicator }, actual }) => [indicator, actual])).toEqual([["0102", abc]]);
});

test("an item says where it stands", () => {
  const { items, placeOf } = read(item() + item({ indicator: "0102" }));
  expect(items.map((one) => placeOf?.(one))).toEqual(["evidence.yaml:1:3", "evidence.yaml:2:3"]);
});

test.each([
  ["a file that is not there", item({ path: "gone.md" }), "TS-USAGE-0002", "gone.md"],
  ["a folder in place of a file", item({ path: "." }), "TS-USAGE-0002", "."],
  ["an absolute path", item({ path: "/etc/hostname" }), "TS-USAGE-0004", "relative"],
  ["two conclusions for one indicator", item() + item(), "TS-USAGE-0004", ":2:3 "],
  ["a share above one", item({ conclusion: "ratio", a: 3, b: 2 }), "TS-USAGE-0004", "a 3, b 2"],
  ["a ratio without its numbers", item({ conclusion: "ratio" }), "TS-USAGE-0004", "evidence"],
  ["a digest that is none", item({ sha256: "abc" }), "TS-USAGE-0004", "sha256"],
  ["a file that is no list", "a: 1\n", "TS-USAGE-0004", "array"],
])("%s is refused, with its place", (_, yaml, code, words) => {
  const refused = codeOf(yaml);
  expect(refused.code).toBe(code);
  expect(refused.message).toContain(words);
});
