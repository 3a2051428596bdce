import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { FileSample } from "./format.js";
import { folderOfFiles, record } from "./media/testing/sink.js";
import { tc609Jsonl } from "./tc609.js";

const read = async (text: string | Uint8Array, path = "a.jsonl") => record(tc609Jsonl, folderOfFiles({ [path]: text }));
const lineOf = (fields: Record<string, unknown>): string =>
  `${JSON.stringify({ data_content: [], annotation: null, ...fields })}\n`;
const labelled = (label: unknown, more: Record<string, unknown> = {}): string =>
  lineOf({
    id: "a",
    data_content: [{ media_type: "image", content: "a.png", width: 200, height: 100 }],
    annotation: { label, annotation_method: "人工标注", annotator: "专业标注员" },
    ...more,
  });
const entriesOf = async (label: unknown) => (await read(labelled(label))).annotations.map(({ record: one }) => one);

test("a line is one medium, and an entry of its label one annotation", async () => {
  const { media, annotations, files, declared, faults } = await read(
    labelled([{ category: "cat", bbox: [1, 2, 30, 40], iscrowd: 0 }, { category: "dog" }], {
      original_time: "2026-07-25T08:00:00Z",
      last_modified_time: "2026-07-26T08:00:00Z",
    }),
    "train/records.jsonl",
  );
  expect(files).toEqual([
    { path: "train/records.jsonl", format: "tc609-jsonl", bytes: expect.any(Number), split: "train" },
  ]);
  expect([...declared]).toEqual(["media"]);
  expect(media.map(({ record: one }) => one)).toEqual([
    { id: "a", path: "a.png", width: 200, height: 100, split: "train" },
  ]);
  const shared = {
    media_id: "a",
    annotator: "专业标注员",
    created_at: "2026-07-25T08:00:00Z",
    modified_at: "2026-07-26T08:00:00Z",
  };
  expect(annotations.map(({ record: one }) => one)).toEqual([
    { ...shared, label: "cat", box: { x: 1, y: 2, width: 30, height: 40 }, iscrowd: 0 },
    { ...shared, label: "dog" },
  ]);
  expect(faults).toEqual([]);
});

test.each<[string, unknown, Record<string, unknown>]>([
  ["a text is a class", "cat", { label: "cat" }],
  ["a number is a class", 3, { label: "3" }],
  ["a long text is what the annotator wrote", "x".repeat(129), { caption: "x".repeat(129) }],
  [
    "an object without category is its attributes",
    { topic: "科技", language: "zh-CN" },
    {
      attributes: [
        { name: "topic", type: "string", text: "科技" },
        { name: "language", type: "string", text: "zh-CN" },
      ],
    },
  ],
  [
    "bbox_yolo is centre and extent as shares of the declared size",
    { category: "cat", category_id: 0, bbox_yolo: [0.5, 0.5, 0.25, 0.5], bbox_format: "normalized_xywh", iscrowd: 0 },
    {
      label: "cat",
      iscrowd: 0,
      normalised: Float64Array.of(0.5, 0.5, 0.25, 0.5),
      box: { x: 75, y: 25, width: 50, height: 50 },
    },
  ],
  [
    "a box of another form is kept, and not drawn",
    { category: "cat", bbox: [1, 2, 3, 4], bbox_format: "xyxy" },
    {
      label: "cat",
      attributes: [
        { name: "bbox", type: "list", text: "[1,2,3,4]" },
        { name: "bbox_format", type: "string", text: "xyxy" },
      ],
    },
  ],
  ["a number of a category stands for it where there is no name", { category_id: 7 }, { category_id: 7 }],
  [
    "a list in place of an entry is an attribute",
    [[1, 2]],
    { attributes: [{ name: "label", type: "list", text: "[1,2]" }] },
  ],
])("in a label, %s", async (_, entry, expected) => {
  const label = Array.isArray(entry) ? entry : [entry];
  expect(await entriesOf(label)).toEqual([{ media_id: "a", annotator: "专业标注员", ...expected }]);
});

test.each<[string, Record<string, unknown>, string | undefined]>([
  ["an image", { media_type: "image", content: "a.png" }, "a.png"],
  ["an image in a list of media", { media_type: ["text", "IMAGE"], content: "a.png" }, "a.png"],
  ["a text is the content itself", { media_type: "text", content: "a.png" }, undefined],
  ["a sound is no medium that can be examined", { media_type: "audio", content: "a.wav" }, undefined],
  ["an address is fetched by nobody", { media_type: "image", content: "https://example.org/a.png" }, undefined],
  ["an image in the line itself", { media_type: "image", content: "data:image/png;base64,AAAA" }, undefined],
])("the path of the medium: %s", async (_, item, path) => {
  const { media } = await read(lineOf({ id: "a", data_content: [item] }));
  expect(media.map(({ record: one }) => one.path)).toEqual([path]);
});

test("each further image of a line is a medium of its own", async () => {
  const image = (content: string) => ({ media_type: "image", content });
  const text = { media_type: "text", content: "compare" };
  const { media } = await read(lineOf({ id: "a", data_content: [image("a.png"), text, image("b.png")] }));
  expect(media.map(({ element, record: one }) => [element, one.id, one.path])).toEqual([
    [0, "a", "a.png"],
    [1, "a/data_content/2", "b.png"],
  ]);
});

test("a date alone is no instant", async () => {
  const { annotations } = await read(
    labelled(["cat"], { original_time: "2025-1-1", last_modified_time: "2026-07-25" }),
  );
  expect(annotations[0]?.record).toEqual({ media_id: "a", annotator: "专业标注员", label: "cat" });
});

test("a broken line is a fault of one lost medium, and the next line is read", async () => {
  const first = lineOf({ id: "a" });
  const { media, faults, notRead } = await read(`${first}{"id":"b","data_content":[\n${lineOf({ id: "c" })}`);
  expect(media.map(({ element, record: one }) => [element, one.id])).toEqual([
    [0, "a"],
    [2, "c"],
  ]);
  expect(faults).toEqual([
    {
      file: "a.jsonl",
      rule: "json-parse-error",
      kind: "media",
      offset: first.length + 26,
      element: 1,
      values: [
        { name: "TS-FORMAT-0010", value: "the end of the line", relation: "expected", bound: expect.any(String) },
      ],
    },
    {
      file: "a.jsonl",
      rule: "tc609-line-not-record",
      kind: "media",
      offset: first.length,
      element: 1,
      values: [{ name: "not JSON", value: "the end of the line", relation: "expected", bound: "one JSON object" }],
    },
  ]);
  expect(notRead).toEqual([{ kind: "media", offset: first.length, element: 1, reason: "not JSON" }]);
});

test.each<[string, string, readonly unknown[]]>([
  [
    "a line that is no object",
    `${lineOf({ id: "a" })}[1]\n`,
    [
      ["field-type-mismatch", "media", 1, "", "a list of 1"],
      ["tc609-line-not-record", "media", 1, "not an object", "a list of 1"],
    ],
  ],
  [
    "an empty line between others loses no medium",
    `${lineOf({ id: "a" })}\n${lineOf({ id: "b" })}`,
    [["json-parse-error", "file", -1, "TS-FORMAT-0010", "an empty line"]],
  ],
  ["a number as id", lineOf({ id: 7 }), [["field-type-mismatch", "media", 0, "/id", "number 7"]]],
  [
    "content that is no list",
    `${lineOf({})}${lineOf({ data_content: "x" })}`,
    [["field-type-mismatch", "media", 1, "/data_content", 'string "x"']],
  ],
  [
    "an annotation that is no object",
    lineOf({ annotation: [] }),
    [["field-type-mismatch", "annotation", 0, "/annotation", "a list of 0"]],
  ],
  [
    "a label that is no list",
    labelled("cat"),
    [["field-type-mismatch", "annotation", 0, "/annotation/label", 'string "cat"']],
  ],
  [
    "a box of three numbers",
    labelled([{ bbox: [1, 2, 3] }]),
    [["field-type-mismatch", "annotation", 0, "/annotation/label/0/bbox", "a list of 3"]],
  ],
  [
    "a category that is a number",
    labelled([{ category: 1 }]),
    [["field-type-mismatch", "annotation", 0, "/annotation/label/0/category", "number 1"]],
  ],
  [
    "a key that stands twice",
    '{"data_content":[],"annotation":null,"id":"a","id":"b"}\n',
    [["json-duplicate-key", "media", 0, "key", "id"]],
  ],
  ["a byte order mark", `\ufeff${lineOf({ id: "a" })}`, [["bom-present", "file", -1, "text", expect.any(String)]]],
])("%s is reported", async (_, text, expected) => {
  const { faults } = await read(text);
  expect(
    faults.map(({ rule, kind, element, values }) => [rule, kind, element, values[0]?.name, values[0]?.value]),
  ).toEqual(expected);
});

test("a label that is no list is read as its one entry", async () => {
  expect(await entriesOf("cat")).toEqual([{ media_id: "a", annotator: "专业标注员", label: "cat" }]);
});

test("an entry that is null is counted as not read", async () => {
  const { annotations, notRead } = await read(labelled([null, "cat"]));
  expect(annotations.map(({ element }) => element)).toEqual([1]);
  expect(notRead).toEqual([{ kind: "annotation", offset: 0, element: 0, reason: "null" }]);
});

test("a .gz is read like the file in it", async () => {
  const root = folderOfFiles({ "a.jsonl.gz": gzipSync(labelled(["cat"])) });
  const all = new Map([["a.jsonl.gz", { path: "a.jsonl.gz", absolute: `${root}/a.jsonl.gz`, bytes: 0, index: 0 }]]);
  const { media, annotations, errors } = await record(tc609Jsonl, root, {
    files: [...all.values()],
    all,
    resolve: () => undefined,
  });
  expect([media.length, annotations.length, errors]).toEqual([1, 1, []]);
});

function detect(text: string) {
  const head = Buffer.from(text);
  const file = { path: "x", absolute: "", bytes: head.length, index: 0 };
  const sample: FileSample = { file, head, whole: true, outline: () => undefined };
  return tc609Jsonl.detect(sample);
}

test.each<[string, string, string]>([
  ["a record", lineOf({ id: "a" }), "yes"],
  ["a record after a broken line", `{"id":\n${lineOf({ id: "a" })}`, "yes"],
  ["a record that the sample cuts off", '{"rid":[],"data_content":[{"media_type":"text","content":"…', "yes"],
  ["content alone", '{"data_content":[]}\n', "no"],
  ["content that is no list", '{"data_content":{},"annotation":null}\n', "no"],
  ["one record over several lines", JSON.stringify({ data_content: [], annotation: null }, undefined, 1), "no"],
  ["chat messages", '{"messages":[{"role":"user","content":"x"}]}\n', "no"],
  ["nothing", "", "no"],
])("detection of %s", (_, text, match) => expect(detect(text).match).toBe(match));
