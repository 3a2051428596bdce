import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  annotationOf,
  box,
  categoryOf,
  datasetOf,
  dyadic,
  holdsWriter,
  maybe,
  mediaOf,
  read,
  someText,
  textOf,
  withEdits,
  write,
} from "../testing/writing.js";
import type { WrittenDataset } from "../write.js";
import { tc609Writer } from "./write.js";

const ownKeys = new Set(["category", "bbox", "bbox_format", "bbox_yolo", "iscrowd", "category_id", "__proto__"]);
const key = someText.filter((text) => !ownKeys.has(text) && !/^\d+$/.test(text));
const attribute = fc.oneof(
  fc.record({ name: key, type: fc.constant("string" as const), text: someText }),
  fc.record({ name: key, type: fc.constant("number" as const), text: dyadic.map(String) }),
  fc.record({ name: key, type: fc.constant("boolean" as const), text: fc.constantFrom("true", "false") }),
  fc.record({ name: key, type: fc.constant("object" as const), text: fc.constantFrom('{"a":[1]}', "{}") }),
);
const fields = fc.record({
  label: someText,
  box: maybe(box),
  iscrowd: maybe(fc.nat(1)),
  attributes: maybe(fc.uniqueArray(attribute, { selector: ({ name }) => name, minLength: 1, maxLength: 3 })),
});
const dataset = fc
  .array(
    fc.record({
      path: maybe(someText.map((text) => `images/${text}.png`)),
      width: fc.integer({ min: 1, max: 5000 }),
      height: fc.integer({ min: 1, max: 5000 }),
      annotations: fc.array(fields, { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((media) =>
    datasetOf(
      [],
      media.map(({ annotations, ...medium }, at) => ({
        // The size is that of the item that names the file.
        record: mediaOf({
          id: `m${at}`,
          ...medium,
          ...(medium.path === undefined ? { width: undefined, height: undefined } : {}),
        }),
        annotations: annotations.map((one) => annotationOf({ media_id: `m${at}`, ...one })),
      })),
    ),
  );

const linesOf = (from: WrittenDataset) => textOf(write(tc609Writer, from), "records.jsonl").trimEnd().split("\n");

test("what TC609 carries reads back from where it is said to stand", async () => {
  await fc.assert(
    fc.asyncProperty(dataset, (one) => holdsWriter(tc609Writer, one)),
    { numRuns: 80 },
  );
}, 60_000);

test("a pointer leads to the entry of its annotation", () =>
  fc.assert(
    fc.property(dataset, (one) => {
      const lines = linesOf(one);
      for (const [record, { line, pointer }] of write(tc609Writer, one).places) {
        if (!("label" in record)) continue;
        const { annotation } = JSON.parse(lines[line - 1]!);
        expect(annotation.label[Number(pointer!.split("/")[3])].category).toBe(record.label);
      }
    }),
  ));

const folder = new URL("../../../standards/cn-tc609-5-2025-02-partial/1.0.0/schemas/", import.meta.url);

test("every line fulfils every schema of the standard", () => {
  const ajv = new Ajv2020({ strict: false });
  const names = readdirSync(fileURLToPath(folder));
  for (const name of names) ajv.addSchema(JSON.parse(readFileSync(new URL(name, folder), "utf8")), name);
  fc.assert(
    fc.property(dataset, (one) => {
      const lines = linesOf(one).map((line) => JSON.parse(line));
      for (const name of names) for (const line of lines) expect(ajv.validate(name, line), name).toBe(true);
    }),
    { numRuns: 30 },
  );
});

const one = (...annotations: Parameters<typeof annotationOf>[0][]) =>
  datasetOf(
    [categoryOf({ id: 3, name: "cat" })],
    [
      {
        record: mediaOf({ id: 7, path: "a.png", width: 8, height: 6 }),
        annotations: annotations.map((fields) => annotationOf({ media_id: 7, ...fields })),
      },
    ],
  );
const boxed = one({ category_id: 3, box: { x: 1, y: 2, width: 3, height: 4 } });

test("an id is a text, the label the category's name", () => {
  const { id, annotation } = JSON.parse(linesOf(boxed)[0]!);
  expect([id, annotation.label]).toEqual(["7", [{ category: "cat", bbox: [1, 2, 3, 4] }]]);
});

test("annotator and times are those that all annotations of a medium have", async () => {
  const made = { annotator: "专业标注员", created_at: "2026-01-02T03:04:05Z" };
  const same = await read(write(tc609Writer, one({ label: "a", ...made }, { label: "b", ...made })));
  expect(same.annotations.map(({ record: { annotator, created_at } }) => ({ annotator, created_at }))).toEqual([
    made,
    made,
  ]);
  const different = await read(write(tc609Writer, one({ label: "a", ...made }, { label: "b" })));
  expect(different.annotations.map(({ record }) => record)).toEqual([
    { media_id: "7", label: "a" },
    { media_id: "7", label: "b" },
  ]);
});

test.each([
  ["/bbox/2", "replace", '"3"', '"bbox":[1,2,"3",4]'],
  ["/category", "omit", "", '"label":[{"bbox"'],
  ["/category", "repeat", '"dog"', ',"category":"dog"}]'],
] as const)("%s of an entry is edited: %s", (at, how, text, part) =>
  expect(linesOf(withEdits(boxed, [{ at, how, text }]))[0]).toContain(part));

test.each([
  ["/version", "replace", "1.1", '"version":1.1,'],
  ["/annotation/label/0/bbox/0", "replace", "null", '"bbox":[null,2,3,4]'],
  ["/annotation/label", "replace", '"cat"', '"annotation":{"label":"cat","annotation_method"'],
  ["/rid", "omit", "", '"id":"7","data_content"'],
] as const)("%s of a line is edited: %s", (at, how, text, part) => {
  const [medium] = boxed.media();
  expect(linesOf({ ...boxed, media: () => [{ ...medium!, edits: [{ at, how, text }] }] })[0]).toContain(part);
});

test("a line that is broken ends behind what it breaks, and the next one is counted", () => {
  const [medium] = boxed.media();
  const broken = { ...medium!, edits: [{ at: "/version", how: "replace", text: '"\n"' } as const] };
  const { places } = write(tc609Writer, { ...boxed, media: () => [broken, medium!] });
  expect(places.map(([, { line }]) => line)).toEqual([1, 1, 3, 3]);
});
