import { expect, test } from "vitest";
import { pngChunk } from "../../formats/png/encode.js";
import { newAnnotation, newMedia } from "../../records/types.gen.js";
import { seededDraw } from "../draw.js";
import { pictureOf } from "../picture.js";
import type { MediumItem } from "../sample.js";
import type { Touched } from "../target.js";
import { mutators } from "./index.js";

const draw = seededDraw(1);
const place = { file: "a.json", line: 2, element: 0 };

function afterwards(name: string, files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const map = new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)] as const));
  mutators.get(name)?.files?.(map, place, draw, {});
  return Object.fromEntries([...map].map(([path, bytes]) => [path, bytes.toString("latin1")]));
}

test.each([
  ["byte-order-mark", "{\n}\n", "\xef\xbb\xbf{\n}\n"],
  ["mixed-newlines", "[\n1]\n", "[\r\n1]\n"],
  ["mixed-newlines", "[1]\n", "[1]\r\n\n"],
  ["invalid-utf8", '[\n{"id":1,"name":"cat","x":"y"}]', '[\n{"id":1,"name":"\x80cat","x":"y"}]'],
  ["invalid-utf8", "a\n0 0.5\nb", "a\n0 0.5\x80\nb"],
  ["cut-off", '[\n{"id":1}]\n', '[\n{"id'],
])("%s", (name, text, expected) => expect(afterwards(name, { "a.json": text })).toEqual({ "a.json": expected }));

const lists = { "ImageSets/Main/train.txt": "1\n3\n", "ImageSets/Main/val.txt": "2\n" };

test("a list of a split names a file that is not there", () =>
  expect(afterwards("list-names-missing-file", lists)).toEqual({
    ...lists,
    "ImageSets/Main/train.txt": "1\n3\nmissing-000000\n",
  }));

test("a name of the first list stands in the second", () =>
  expect(afterwards("lists-overlap", lists)).toEqual({ ...lists, "ImageSets/Main/val.txt": "2\n1\n" }));

function mediumOf(width: number): MediumItem {
  const record = { ...newMedia(), id: 1, path: "images/train/a.png", width, height: 16, split: "train" as const };
  return { record, edits: [], annotations: [], picture: { kind: "png", number: 1, width, height: 16 } };
}

test("a copy in the other split has the same bytes", () => {
  const medium = mediumOf(16);
  const sample = { categories: [], media: [medium] };
  const touched: Touched = new Map();
  const target = { kind: "media", item: medium, medium, index: 0 } as const;
  mutators.get("medium-copied-to-other-split")?.sample?.({ sample, target, draw, touched });
  const copy = sample.media[1];
  expect(copy?.record).toMatchObject({ id: 2, path: "images/val/copy-of-a.png", split: "val" });
  expect(copy && pictureOf(copy.picture, copy.annotations)).toEqual(pictureOf(medium.picture, medium.annotations));
  expect([...touched.keys()]).toEqual([copy?.record]);
});

test.each([
  ["that ends with foreground", [250, 6], [250, 6, 16]],
  ["that ends with background", [200, 50, 6], [200, 50, 22]],
])("a mask %s is widened with a square that is turned", (_, counts, expected) => {
  const medium = mediumOf(16);
  const rle = { width: 16, height: 16, counts: Float64Array.from(counts) };
  medium.annotations.push({ record: { ...newAnnotation(), rle }, edits: [] });
  const target = { kind: "media", item: medium, medium, index: 0 } as const;
  mutators
    .get("picture-turned")
    ?.sample?.({ sample: { categories: [], media: [medium] }, target, draw, touched: new Map() });
  expect(medium.annotations[0]?.record.rle).toEqual({ width: 17, height: 16, counts: Float64Array.from(expected) });
});

test("a turned picture is no square and says so behind its header", () => {
  const medium = mediumOf(16);
  const target = { kind: "media", item: medium, medium, index: 0 } as const;
  mutators
    .get("picture-turned")
    ?.sample?.({ sample: { categories: [], media: [medium] }, target, draw, touched: new Map() });
  expect([medium.record.width, medium.picture.width]).toEqual([17, 17]);
  const bytes = Buffer.from(pictureOf(medium.picture, []));
  expect(bytes.toString("latin1", 37, 41)).toBe("eXIf");
  expect(bytes.subarray(-12)).toEqual(pngChunk("IEND", Buffer.alloc(0)));
});

test.each([
  ["ring-crossed", [0, 0, 4, 0, 0, 4], [0, 0, 2, 2, 2, 0, 0, 4]],
  ["ring-crossed", [0, 0, 4, 0, 8, 0, 8, 4], [4, 0, 8, 2, 6, 0, 8, 4]],
  ["ring-crossed", [3, 5, 3, 5, 3, 9, 7, 9], [3, 5, 5, 9, 3, 7, 7, 9]],
  ["ring-crossed", [0, 0, 4, 0, 8, 0], [0, 0, 4, 0, 8, 0]],
  ["vertices-in-line", [0, 0, 4, 0, 12, 0, 12, 4], [...[4, 5, 6, 7, 8, 9, 10, 11, 12].flatMap((x) => [x, 0]), 12, 4]],
])("%s takes the first three vertices that enclose an area, of %j", (name, ring, expected) => {
  const record = { ...newAnnotation(), polygon: [Float64Array.from(ring)] };
  const item = { record, edits: [] };
  const target = { kind: "annotation", item, medium: undefined, index: 0 } as const;
  mutators.get(name)?.sample?.({ sample: { categories: [], media: [] }, target, draw, touched: new Map() });
  expect(record.polygon).toEqual([Float64Array.from(expected)]);
});
