import { afterAll, expect, test } from "vitest";
import { folderWith, removeFolders } from "../cli/testing/run-cli.js";
import { encodeRgbPng } from "../formats/png/encode.js";
import { toolOf } from "../report/tool.js";
import { compare, type GoldComparison } from "./compare.js";
import { diff } from "./diff.js";
import type { GoldError } from "./errors.js";
import { statusOf } from "./requirements.js";
import { compareText, diffText } from "./text.js";

afterAll(removeFolders);

const tool = toolOf();

interface Annotated {
  readonly image: number;
  readonly category: number;
  readonly box: readonly number[];
  readonly crowd?: 1;
}

const names = ["cat", "dog", "owl"];

/** instances.json of images 1 … n, `<prefix>1.jpg` and so on. */
function coco(annotations: readonly Annotated[], { images = [1, 2, 3], prefix = "", categories = names } = {}): string {
  return JSON.stringify({
    images: images.map((id) => ({ id, file_name: `${prefix}${id}.jpg`, width: 100, height: 100 })),
    categories: categories.map((name, at) => ({ id: at + 1, name })),
    annotations: annotations.map(({ image, category, box, crowd = 0 }, at) => ({
      id: at + 1,
      image_id: image,
      category_id: category,
      bbox: box,
      area: (box[2] ?? 0) * (box[3] ?? 0),
      iscrowd: crowd,
    })),
  });
}

const gold = [
  { image: 1, category: 1, box: [0, 0, 10, 10] },
  { image: 1, category: 2, box: [50, 50, 10, 10] },
  { image: 2, category: 1, box: [0, 0, 20, 20] },
];

function measuredBy(result: GoldComparison, id: string) {
  const { a, b, x, status } = result.measurements.find((one) => one.id === id) ?? { a: -1, b: -1, status: "none" };
  return { a, b, x, status };
}

test("a delivery that misses one, adds one and takes a dog for an owl", async () => {
  const data = [
    { image: 1, category: 1, box: [0, 0, 10, 5] }, // IoU 0.5
    { image: 1, category: 3, box: [50, 50, 10, 10] },
    { image: 3, category: 2, box: [0, 0, 5, 5] },
  ];
  const left = folderWith({ "gold.json": coco(gold) });
  const right = folderWith({ "data.json": coco(data) });
  const result = await compare(left, right, tool, { byCategory: true });
  expect(result.inference).toBe("census");
  expect(measuredBy(result, "gold-precision")).toEqual({ a: 1, b: 3, x: 1 / 3, status: "defined" });
  expect(measuredBy(result, "gold-recall")).toEqual({ a: 1, b: 3, x: 1 / 3, status: "defined" });
  expect(measuredBy(result, "gold-f1")).toEqual({ a: 2, b: 6, x: 1 / 3, status: "defined" });
  expect(measuredBy(result, "gold-mean-iou")).toEqual({ a: 0.5, b: 1, x: 0.5, status: "defined" });
  expect(measuredBy(result, "gold-label-accuracy")).toEqual({ a: 1, b: 2, x: 0.5, status: "defined" });
  expect(measuredBy(result, "gold-ap")).toMatchObject({ status: "undefined" });
  expect(result.confusion).toEqual({
    labels: ["cat", "dog", "owl"],
    matrix: [
      [1, 0, 0, 1],
      [0, 0, 1, 0],
      [0, 0, 0, 0],
      [0, 1, 0, 0],
    ],
    swaps: [{ first: "dog", second: "owl", count: 1 }],
  });
  expect(result.by_category?.map(({ category, gold: g, data: d }) => [category, g, d])).toEqual([
    ["cat", 2, 1],
    ["dog", 1, 1],
    ["owl", 0, 1],
  ]);
});

test("what has no partner is listed; media of the gold count as missed, those of the data alone are not judged", async () => {
  const data = [...gold, { image: 7, category: 1, box: [0, 0, 9, 9] }, { image: 7, category: 1, box: [20, 20, 9, 9] }];
  const left = folderWith({ "gold.json": coco([...gold, { image: 3, category: 3, box: [0, 0, 9, 9] }]) });
  const right = folderWith({ "data.json": coco(data, { images: [1, 2, 7], categories: ["cat", "dog"] }) });
  const result = await compare(left, right, tool);
  expect(result.pairing.media).toEqual({
    paired: 2,
    by: { path: 2, id: 0, digest: 0, name: 0 },
    size_unknown: 0,
    only_first: [{ name: "3.jpg", annotations: 1 }],
    only_second: [{ name: "7.jpg", annotations: 2 }],
  });
  expect(result.pairing.categories).toEqual({
    paired: 2,
    only_first: [{ name: "owl", annotations: 1 }],
    only_second: [],
  });
  expect(result.not_judged).toEqual({ media_without_gold: 2, in_crowds: 0, below_score: 0 });
  expect(result.inference).toBe("sample");
  expect(measuredBy(result, "gold-recall")).toMatchObject({ a: 3, b: 4 });
  expect(measuredBy(result, "gold-precision")).toMatchObject({ a: 3, b: 3 });
});

test("media whose paths differ are paired by their bytes, then by a file name of its own; categories by name whatever the id", async () => {
  const bytes = Buffer.from("the bytes of a picture");
  const renamed = coco([{ image: 9, category: 2, box: [0, 0, 10, 10] }], {
    images: [9],
    prefix: "other",
    categories: ["dog", "cat"],
  });
  const left = folderWith({
    "gold.json": coco(
      [
        { image: 1, category: 1, box: [0, 0, 10, 10] },
        { image: 2, category: 1, box: [0, 0, 10, 10] },
      ],
      { images: [1, 2], prefix: "a/" },
    ),
    "a/1.jpg": bytes,
  });
  const right = folderWith({ "data.json": renamed, "other9.jpg": bytes });
  const byBytes = await compare(left, right, tool);
  expect(byBytes.pairing.media.by).toEqual({ path: 0, id: 0, digest: 1, name: 0 });
  expect(measuredBy(byBytes, "gold-recall")).toMatchObject({ a: 1, b: 2 });
  const deeper = folderWith({
    "data.json": coco([{ image: 5, category: 1, box: [0, 0, 10, 10] }], { images: [5], prefix: "b/c/" }).replace(
      "b/c/5.jpg",
      "b/c/2.jpg",
    ),
  });
  const byName = await compare(left, deeper, tool);
  expect(byName.pairing.media.by).toEqual({ path: 0, id: 0, digest: 0, name: 1 });
});

test("what is required is met by the lower end of the interval, not by the point", async () => {
  const many = Array.from({ length: 40 }, (_, at) => ({ image: at + 1, category: 1, box: [0, 0, 10, 10] }));
  const images = many.map(({ image }) => image);
  const left = folderWith({ "gold.json": coco(many, { images }) });
  const right = folderWith({ "data.json": coco(many.slice(1), { images: [...images, 99] }) });
  const asked = await compare(left, right, tool, {
    require: { recall: 0.97, "gold-precision": 0.9, "gold-f1": 0.9999 },
  });
  expect(asked.inference).toBe("sample");
  expect(asked.requirements?.map(({ id, status }) => [id, status])).toEqual([
    ["gold-recall", "open"],
    ["gold-precision", "met"],
    ["gold-f1", "not-met"],
  ]);
  expect(statusOf(asked.requirements ?? [])).toBe(1);
  const whole = await compare(left, left, tool, { require: { recall: 1 } });
  expect(whole.requirements).toEqual([{ id: "gold-recall", least: 1, status: "met", lower: 1, upper: 1 }]);
  await expect(compare(left, right, tool, { require: { no: 1 } })).rejects.toMatchObject({ code: "TS-USAGE-0001" });
  await expect(compare(left, right, tool, { inference: "census" })).rejects.toMatchObject({ code: "TS-USAGE-0001" });
});

test("each error is told with its place on both sides", async () => {
  const data = [
    { image: 1, category: 1, box: [0, 0, 10, 10] },
    { image: 1, category: 3, box: [50, 50, 10, 10] },
    { image: 3, category: 2, box: [0, 0, 5, 5] },
  ];
  const errors: GoldError[] = [];
  await compare(folderWith({ "gold.json": coco(gold) }), folderWith({ "data.json": coco(data) }), tool, {
    onError: (error) => errors.push(error),
  });
  const dog = { category: "dog", box: [50, 50, 10, 10], file: "gold.json", element: 1 };
  const owl = { category: "owl", box: [50, 50, 10, 10], file: "data.json", element: 1 };
  expect(errors).toEqual([
    { error: "label", media: "1.jpg", gold: dog, data: owl, iou: 1 },
    { error: "missed", media: "2.jpg", gold: { category: "cat", box: [0, 0, 20, 20], file: "gold.json", element: 2 } },
    { error: "extra", media: "3.jpg", data: { category: "dog", box: [0, 0, 5, 5], file: "data.json", element: 2 } },
  ]);
});

test("a crowd of the gold takes what lies in it, and is not missed", async () => {
  const left = folderWith({ "gold.json": coco([{ image: 1, category: 1, box: [0, 0, 50, 50], crowd: 1 }]) });
  const right = folderWith({ "data.json": coco([{ image: 1, category: 1, box: [10, 10, 5, 5] }]) });
  const result = await compare(left, right, tool);
  expect(result.not_judged.in_crowds).toBe(1);
  expect(measuredBy(result, "gold-precision")).toMatchObject({ status: "undefined" });
});

test("YOLO shares are held against the px of COCO", async () => {
  const left = folderWith({ "gold.json": coco([{ image: 1, category: 1, box: [10, 20, 30, 40] }], { images: [1] }) });
  const right = folderWith({
    "data.yaml": "names: [cat, dog, owl]\ntrain: images\n",
    "labels/1.txt": "0 0.25 0.4 0.3 0.4\n",
    "images/1.jpg": Buffer.from(""),
  });
  const result = await compare(left, right, tool);
  expect(measuredBy(result, "gold-f1")).toMatchObject({ a: 2, b: 2 });
  expect(measuredBy(result, "gold-mean-iou").x).toBeCloseTo(1, 12);
});

test("shares of images whose size nobody knows are held against shares, and nothing is said of px", async () => {
  const left = folderWith({ "labels/1.txt": "0 0.25 0.4 0.3 0.4\n" });
  const right = folderWith({ "labels/1.txt": "0 0.26 0.4 0.3 0.4\n" });
  const result = await diff(left, right, tool);
  expect(result.annotations.moved).toBe(1);
  expect(result.moves).toMatchObject({ count: 1, side_median: null, side_greatest: null });
  expect(result.moves?.iou_least).toBeCloseTo(29 / 31, 12);
  for (const lang of ["zh", "en"] as const) expect(diffText(result, lang)).not.toMatch(/[0-9] (px|像素)/);
  const empty = folderWith({ "labels/1.txt": "", "labels/2.txt": "0 0.5 0.5 0.1 0.1\n" });
  const found = (await compare(left, empty, tool)).measurements;
  for (const id of ["gold-apsmall", "gold-arlarge"])
    expect(found.find((one) => one.id === id)).toMatchObject({
      status: "undefined",
      reason: { en: "the size of media in px is not known" },
    });
});

test("shares of an image whose size nobody knows cannot be held against px, and that is said", async () => {
  const sizeless = coco([{ image: 1, category: 1, box: [10, 20, 30, 40] }], { images: [1] }).replace(
    ',"width":100,"height":100',
    "",
  );
  const right = folderWith({
    "data.yaml": "names: [cat, dog, owl]\ntrain: images\n",
    "labels/1.txt": "0 0.25 0.4 0.3 0.4\n",
    "images/1.jpg": Buffer.from(""),
  });
  const result = await compare(folderWith({ "gold.json": sizeless }), right, tool);
  expect(result.pairing.media.size_unknown).toBe(1);
  expect(compareText(result, "en")).toContain("size unknown  1 media");
});

test("two deliveries: kept, moved, relabelled, added, removed", async () => {
  const later = [
    { image: 1, category: 1, box: [0, 0, 10, 10] },
    { image: 1, category: 3, box: [50, 50, 10, 10] },
    { image: 2, category: 1, box: [0, 0, 20, 16] },
    { image: 3, category: 2, box: [0, 0, 5, 5] },
  ];
  const result = await diff(
    folderWith({ "a.json": coco([...gold, { image: 3, category: 3, box: [90, 90, 5, 5] }]) }),
    folderWith({ "b.json": coco(later) }),
    tool,
  );
  expect(result.annotations).toEqual({ unchanged: 1, moved: 1, reshaped: 0, relabelled: 1, added: 1, removed: 1 });
  expect(result.moves).toEqual({ count: 1, iou_least: 0.8, iou_median: 0.8, side_median: 4, side_greatest: 4 });
  expect(result.relabellings).toEqual([{ from: "dog", to: "owl", count: 1 }]);
  for (const lang of ["zh", "en"] as const)
    expect(diffText(result, lang)).toContain(lang === "zh" ? "改标" : "relabelled");
});

test("a delivery against itself is the same, and all of its gold is found", async () => {
  const folder = folderWith({ "a.json": coco(gold) });
  expect((await diff(folder, folder, tool)).annotations).toEqual({
    unchanged: 3,
    moved: 0,
    reshaped: 0,
    relabelled: 0,
    added: 0,
    removed: 0,
  });
  const result = await compare(folder, folder, tool);
  expect(measuredBy(result, "gold-f1").x).toBe(1);
  expect(compareText(result, "zh")).toContain("混淆（不分类别匹配）：3 对中 3 对标签相同");
});

test("boxes with the same numbers are the same, at any threshold: fractions whose sums are rounded, and boxes without extent", async () => {
  const folder = folderWith({
    "a.json": coco([
      { image: 1, category: 1, box: [0.1, 0.1, 0.2, 0.2] },
      { image: 1, category: 2, box: [0.3, 0.7, 12.3, 7.1] },
      { image: 2, category: 1, box: [30, 30, 0, 0] },
    ]),
  });
  for (const iou of [0.5, 1]) {
    const { annotations, moves } = await diff(folder, folder, tool, { iou });
    expect(annotations).toEqual({ unchanged: 3, moved: 0, reshaped: 0, relabelled: 0, added: 0, removed: 0 });
    expect(moves).toBeNull();
    const result = await compare(folder, folder, tool, { iou });
    expect(measuredBy(result, "gold-f1")).toMatchObject({ a: 6, b: 6 });
    expect(measuredBy(result, "gold-mean-iou")).toMatchObject({ a: 3, b: 3, x: 1 });
  }
});

test("boxes that are not finite are told, and change no value", async () => {
  const whole = coco([...gold, { image: 3, category: 1, box: [1, 2, 3, 4] }]);
  for (const bad of ["1e999", "NaN"]) {
    const folder = folderWith({ "a.json": whole.replace("[1,2,3,4]", `[1,2,${bad},4]`) });
    const result = await compare(folder, folder, tool);
    expect(result.data.not_compared).toEqual({ "box that is not finite": 1 });
    expect(measuredBy(result, "gold-mean-iou")).toMatchObject({ a: 3, b: 3, x: 1 });
  }
  const shares = folderWith({ "labels/1.txt": "0 0.5 0.5 nan 0.2\n1 0.5 0.5 0.2 0.2\n" });
  const { old } = await diff(shares, shares, tool);
  expect(old).toMatchObject({ boxes: 1, labels: 0, not_compared: { "not readable": 1 } });
});

test("a box that cannot be read is not taken for a label of the whole medium", async () => {
  const folder = folderWith({ "a.json": coco(gold).replace("[0,0,20,20]", '"0 0 20 20"') });
  const result = await compare(folder, folder, tool);
  expect(result.gold).toMatchObject({ boxes: 2, labels: 0, not_compared: { "not readable": 1 } });
  const empty = '"segmentation":{"size":[100,100],"counts":[10000]},'; // a mask without a pixel
  const masked = folderWith({ "a.json": coco(gold).replace('"bbox":[0,0,20,20],', empty) });
  expect((await compare(masked, masked, tool)).gold).toMatchObject({
    labels: 0,
    not_compared: { "shape without a box": 1 },
  });
  const whole = folderWith({ "a.json": coco(gold).replace('"bbox":[0,0,20,20],', "") });
  expect((await compare(whole, whole, tool)).gold).toMatchObject({ boxes: 2, labels: 1, not_compared: {} });
});

test.each([
  ["whose files are there", { "train/1.jpg": Buffer.from("one"), "val/1.jpg": Buffer.from("two") }],
  ["whose files are not there", {}],
])("images of train and val with one name, %s, are two", async (_, images) => {
  const [one, two] = [
    coco([{ image: 1, category: 1, box: [0, 0, 10, 10] }], { images: [1] }),
    coco([{ image: 1, category: 1, box: [50, 50, 10, 10] }], { images: [1] }),
  ];
  const left = folderWith({ "train/a.json": one, "val/a.json": two, ...images });
  const right = folderWith({ "train/a.json": two, "val/a.json": one, ...images }); // each box in the wrong image
  const result = await compare(left, right, tool);
  expect(result.gold.media).toBe(2);
  expect(result.pairing.media.by).toMatchObject({ path: 2 });
  expect(measuredBy(result, "gold-f1")).toMatchObject({ a: 0, b: 4 });
});

test("results by an id that two media of the gold have are not given to one of them", async () => {
  const train = coco(gold, { images: [1, 2], prefix: "train" });
  const val = coco([{ image: 1, category: 1, box: [40, 40, 20, 20] }], { images: [1], prefix: "val" });
  const found = gold.map(({ image, category, box }) => ({
    image_id: image,
    category_id: category,
    bbox: box,
    score: 0.5,
  }));
  const right = folderWith({ "results.json": JSON.stringify(found) });
  const result = await compare(folderWith({ "train.json": train, "val.json": val }), right, tool);
  expect(result.pairing.media).toEqual({
    paired: 1,
    by: { path: 0, id: 1, digest: 0, name: 0 },
    size_unknown: 0,
    only_first: [
      { name: "train1.jpg", annotations: 2 },
      { name: "val1.jpg", annotations: 1 },
    ],
    only_second: [{ name: "id 1", annotations: 2 }],
  });
});

test("panoptic quality from the pixels: a crowd of the gold is void", async () => {
  // Six pixels: gold has a cat of three, a dog of two, and a crowd of dogs of one.
  const png = (ids: readonly number[]) =>
    encodeRgbPng({ width: 6, height: 1, pixels: Uint8Array.from(ids.flatMap((id) => [id, 0, 0])) });
  const panoptic = (segments: readonly (readonly [number, number, number])[]) =>
    JSON.stringify({
      images: [{ id: 1, file_name: "1.jpg", width: 6, height: 1 }],
      categories: names.map((name, at) => ({ id: at + 1, name, isthing: 1 })),
      annotations: [
        {
          image_id: 1,
          file_name: "1.png",
          segments_info: segments.map(([id, category_id, iscrowd]) => ({
            ...{ id, category_id, iscrowd, area: 1, bbox: [0, 0, 1, 1] },
          })),
        },
      ],
    });
  const left = folderWith({
    "panoptic.json": panoptic([
      [1, 1, 0],
      [2, 2, 0],
      [3, 2, 1],
    ]),
    "panoptic/1.png": png([1, 1, 1, 2, 2, 3]),
  });
  const right = folderWith({
    "panoptic.json": panoptic([
      [7, 1, 0],
      [8, 2, 0],
    ]),
    "panoptic/1.png": png([7, 7, 7, 7, 8, 8]),
  });
  const result = await compare(left, right, tool);
  // Cat: 3 of 4 pixels, IoU 0.75. Dog: one pixel of two, the one in the crowd does not count, IoU 0.5, which is not above 0.5.
  expect(measuredBy(result, "gold-pq")).toMatchObject({ a: 0.75, b: 2, x: 0.375 });
  expect(measuredBy(result, "gold-rq")).toMatchObject({ a: 1, b: 2 });
});
