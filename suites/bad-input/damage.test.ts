import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { assess } from "../../src/assess.js";
import { TouchstoneError } from "../../src/records/errors.js";

const examples = fileURLToPath(new URL("../../examples/street-signs-defects", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "touchstone-damage-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** One thing that happens to a file: positions are shares of its length. */
const damage = fc.oneof(
  fc.record({ kind: fc.constant("cut" as const), at: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({
    kind: fc.constant("insert" as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    text: fc.constantFrom(
      "null",
      "-1",
      "1e999",
      "NaN",
      '""',
      "[]",
      "{}",
      "9007199254740993",
      "]]",
      "{{",
      "\n",
      "&",
      "-",
      ",",
      "\0",
      "\ufeff",
      "<!DOCTYPE x>",
    ),
  }),
  fc.record({
    kind: fc.constant("overwrite" as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    text: fc.uint8Array({ minLength: 1, maxLength: 8 }),
  }),
  fc.record({
    kind: fc.constant("remove" as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(200),
  }),
);

function damaged(bytes: Buffer, what: typeof damage extends fc.Arbitrary<infer T> ? T : never): Buffer {
  const at = Math.floor(what.at * bytes.length);
  switch (what.kind) {
    case "cut":
      return bytes.subarray(0, at);
    case "insert":
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(what.text), bytes.subarray(at)]);
    case "overwrite":
      return Buffer.concat([bytes.subarray(0, at), what.text, bytes.subarray(at + what.text.length)]);
    case "remove":
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + what.length)]);
  }
}

/** The outcome of a damaged dataset: a report, or an error of the catalogue that names a file. Anything else is a fault of ours and is thrown. */
async function outcomeOf(data: string): Promise<{ readonly named: boolean }> {
  try {
    const { findings } = await assess(data);
    return { named: findings.every(({ kind, file }) => kind === "dataset" || file !== "") };
  } catch (error) {
    if (!(error instanceof TouchstoneError)) throw error;
    return { named: error.details.file !== undefined };
  }
}

test.each([
  "coco",
  "voc",
  "yolo",
])("whatever is damaged in a %s dataset ends in a report or in an error that names its file", async (format) => {
  const source = join(examples, format);
  const files = readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.\w+$/.test(path))
    .sort();
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(), damage), { minLength: 1, maxLength: 3 }), async (damages) => {
      const data = join(folder, format);
      rmSync(data, { recursive: true, force: true });
      cpSync(source, data, { recursive: true });
      for (const [which, what] of damages) {
        const path = join(data, files[which % files.length] ?? "");
        writeFileSync(path, damaged(readFileSync(path), what));
      }
      expect(await outcomeOf(data)).toEqual({ named: true });
    }),
    { numRuns: 40 },
  );
});
