import fc from "fast-check";
import { expect, test } from "vitest";
import type { AnnotationRecord } from "../../records/types.gen.js";
import { encodePng } from "../png/encode.js";
import {
  annotationOf,
  categoryOf,
  datasetOf,
  holdsWriter,
  mediaOf,
  read,
  someText,
  textOf,
  withEdits,
  write,
} from "../testing/writing.js";
import type { Writer, WrittenDataset } from "../write.js";
import { isBelowRoot } from "../written-path.js";
import { yoloWriters } from "./write.js";

const writerOf = (task: string): Writer => yoloWriters.find(({ format }) => format === `yolo-${task}`)!;

const picture = (width: number, height: number) =>
  encodePng({ width, height, pixels: new Uint8Array(width * height) }, [[0, 0, 0]]);

/** Inside the picture and not on its edge, in eighths of a pixel. */
const inside = (extent: number) => fc.integer({ min: 1, max: 8 * extent - 1 }).map((eighths) => eighths / 8);

interface Size {
  readonly width: number;
  readonly height: number;
}

const boxIn = ({ width, height }: Size) =>
  fc.tuple(inside(width), inside(height), inside(width), inside(height)).map(([x1, y1, x2, y2]) => ({
    x: Math.min(x1, x2),
    y: Math.min(y1, y2),
    width: Math.abs(x1 - x2),
    height: Math.abs(y1 - y2),
  }));
const ringIn = ({ width, height }: Size, minLength: number, maxLength: number) =>
  fc
    .array(fc.tuple(inside(width), inside(height)), { minLength, maxLength })
    .map((points) => Float64Array.from(points.flat()));

const sharesOfBox = (box: NonNullable<AnnotationRecord["box"]>, { width, height }: Size): number[] => [
  (box.x + box.width / 2) / width,
  (box.y + box.height / 2) / height,
  box.width / width,
  box.height / height,
];
const sharesOfRing = (ring: Float64Array, { width, height }: Size) =>
  ring.map((value, at) => value / (at % 2 === 0 ? width : height));

type Fields = Partial<AnnotationRecord>;

const drawn: Readonly<Record<string, (size: Size) => fc.Arbitrary<Fields>>> = {
  detection: (size) => boxIn(size).map((box) => ({ box, normalised: Float64Array.from(sharesOfBox(box, size)) })),
  segmentation: (size) =>
    fc.oneof(
      ringIn(size, 3, 6).map((ring) => ({
        polygon: [ring],
        polygon_length: Float64Array.of(ring.length),
        normalised: sharesOfRing(ring, size),
      })),
      boxIn(size).map((box) => ({ box, normalised: Float64Array.from(sharesOfBox(box, size)) })),
    ),
  obb: (size) =>
    ringIn(size, 4, 4).map((rotated_box) => ({ rotated_box, normalised: sharesOfRing(rotated_box, size) })),
  pose: (size) =>
    fc.tuple(boxIn(size), ringIn(size, 2, 2), fc.nat(2), fc.nat(2)).map(([box, ring, v0, v1]) => ({
      box,
      keypoints: [
        { x: ring[0]!, y: ring[1]!, v: v0 },
        { x: ring[2]!, y: ring[3]!, v: v1 },
      ],
      keypoint_values: 6,
      normalised: Float64Array.from([...sharesOfBox(box, size), ...sharesOfRing(ring, size)]),
    })),
};

const name = someText
  .map((text) => `images/${text}.png`)
  .filter((path) => isBelowRoot(path) && !/\/(train|val|valid|test|readme|licen[cs]e|_)[^/]*$/i.test(path));
const side = fc.constantFrom(2, 8, 64);

/** `written`: the record has the shares too. Without it the writer works them out. */
function dataset(task: string, written: boolean): fc.Arbitrary<{ given: WrittenDataset; expected: WrittenDataset }> {
  const annotations = (size: Size, minLength: number) => fc.array(drawn[task]!(size), { minLength, maxLength: 3 });
  const medium = (minLength: number) =>
    fc
      .record({ width: side, height: side })
      .chain((size) => fc.record({ path: name, size: fc.constant(size), annotations: annotations(size, minLength) }));
  return fc
    .record({
      names: fc.array(someText, { minLength: 1, maxLength: 3 }),
      media: fc.tuple(medium(1), medium(0), medium(0)),
    })
    .filter(({ media }) => new Set(media.map(({ path }) => path.toLowerCase())).size === media.length)
    .map(({ names, media }) => {
      const keypoints = task === "pose" ? { keypoints: ["nose", "tail"] } : {};
      const categories = names.map((label, at) => categoryOf({ id: 5 + at, name: label, ...keypoints }));
      const made = (keep: boolean) =>
        media.map((one, at) => ({
          record: mediaOf({ id: at, path: one.path, ...one.size }),
          picture: picture(one.size.width, one.size.height),
          annotations: one.annotations.map((fields, index) =>
            annotationOf({
              media_id: at,
              category_id: 5 + (index % names.length),
              ...fields,
              ...(keep ? {} : { normalised: undefined }),
            }),
          ),
        }));
      return { given: datasetOf(categories, made(written)), expected: datasetOf(categories, made(true)) };
    });
}

test.each(Object.keys(drawn))("what yolo-%s carries reads back from where it is said to stand", async (task) => {
  await fc.assert(
    fc.asyncProperty(dataset(task, true), ({ expected }) => holdsWriter(writerOf(task), expected)),
    { numRuns: 40 },
  );
}, 60_000);

test.each(Object.keys(drawn))("shares of yolo-%s are those of the geometry", (task) =>
  fc.assert(
    fc.property(dataset(task, false), ({ given, expected }) => {
      expect(write(writerOf(task), given).files).toEqual(write(writerOf(task), expected).files);
    }),
    { numRuns: 40 },
  ));

const one = (annotation: Fields, path = "images/a.png") =>
  datasetOf(
    [categoryOf({ id: 9, name: "cat" }), categoryOf({ id: 4, name: "dog" })],
    [
      {
        record: mediaOf({ id: 1, path, width: 30, height: 8 }),
        annotations: [annotationOf({ media_id: 1, category_id: 4, ...annotation })],
      },
    ],
  );
const boxed = one({ box: { x: 0, y: 0, width: 10, height: 2 } });
const labels = (task: string, from: WrittenDataset) => textOf(write(writerOf(task), from), "labels/a.txt");

test("shares are written in full", () =>
  expect(labels("detection", boxed)).toBe("1 0.16666666666666666 0.125 0.3333333333333333 0.25\n"));

test("data.yaml names the task and the categories by position", () =>
  expect(textOf(write(writerOf("pose"), one({ keypoints: [{ x: 1, y: 2, v: 1 }] })), "data.yaml")).toBe(
    'path: .\ntrain: images\nval: images\ntask: pose\nkpt_shape: [1, 3]\nnames:\n  0: "cat"\n  1: "dog"\n',
  ));

test.each([
  [
    "a box is an oriented box without turn",
    "obb",
    { box: { x: 15, y: 4, width: 15, height: 4 } },
    "1 0.5 0.5 1 0.5 1 1 0.5 1\n",
  ],
  ["a category by its label", "obb", { category_id: undefined, label: "cat" }, "0\n"],
  ["a category that there is not", "obb", { category_id: 77 }, "77\n"],
  ["a category without id", "obb", { category_id: undefined }, "2\n"],
])("%s", (_, task, fields, text) => expect(labels(task, one(fields))).toBe(text));

test("an annotation without keypoints has none of them labelled", () => {
  const [medium] = one({ box: { x: 0, y: 0, width: 30, height: 8 } }).media();
  const from = datasetOf(
    [categoryOf({ id: 4, keypoints: ["nose"] })],
    [{ record: medium!.record, annotations: medium!.annotations.map(({ record }) => record) }],
  );
  expect(labels("pose", from)).toBe("0 0.5 0.5 1 1 0 0 0\n");
});

test.each([
  ["/0", "replace", "cat", "cat 0.16666666666666666 0.125"],
  ["/2", "replace", "nan", "1 0.16666666666666666 nan 0.3333333333333333"],
  ["/1", "omit", "", "1 0.125 0.3"],
  ["/1", "repeat", "7", "0.25 7\n"],
  ["/0", "repeat", "", "0.25 1\n"],
  ["/9", "replace", "7", "0.25 7\n"],
] as const)("column %s is edited: %s", (at, how, text, part) =>
  expect(labels("detection", withEdits(boxed, [{ at, how, text }]))).toContain(part));

test.each([
  ["replace", "[x]", "  0: [x]\n  1:"],
  ["omit", "", "  0:\n  1:"],
  ["repeat", "x", '  0: "cat"\n  0: x\n  1:'],
] as const)("the name of a category is edited: %s", (how, text, part) => {
  const [cat, dog] = boxed.categories;
  const written = write(writerOf("detection"), {
    ...boxed,
    categories: [{ ...cat!, edits: [{ at: "/name", how, text }] }, dog!],
  });
  expect(textOf(written, "data.yaml")).toContain(part);
  expect(textOf(written, "data.yaml").split("\n")[written.places[1]![1].line - 1]).toBe('  1: "dog"');
});

test("a medium of no place below the root has a label file all the same", () =>
  expect(Object.keys(write(writerOf("detection"), one({}, "../a.png")).files)).toEqual([
    "data.yaml",
    "labels/medium.txt",
  ]));

test("a picture need not lie under images", async () => {
  const box = { x: 0, y: 0, width: 4, height: 4 };
  const from = datasetOf(
    [categoryOf({ id: 1, name: "cat" })],
    [
      {
        record: mediaOf({ id: 1, path: "x/a.png", width: 8, height: 8 }),
        annotations: [annotationOf({ media_id: 1, category_id: 1, box })],
        picture: picture(8, 8),
      },
    ],
  );
  const { media, annotations } = await read(write(writerOf("detection"), from));
  expect([media[0]!.record.path, annotations[0]!.record.box]).toEqual(["x/a.png", box]);
});
