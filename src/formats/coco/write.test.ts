import fc from "fast-check";
import { expect, test } from "vitest";
import type { AnnotationRecord } from "../../records/types.gen.js";
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
import type { Writer, WrittenDataset } from "../write.js";
import { cocoWriters } from "./write.js";

const writerOf = (id: string): Writer => cocoWriters.find(({ format }) => format === id)!;

const flag = fc.nat(1);
const instant = fc.constantFrom("2026-01-02T03:04:05Z", "2025-12-31T00:00:00+08:00");
const attribute = fc.oneof(
  fc.record({ name: someText, type: fc.constant("string" as const), text: someText }),
  fc.record({ name: someText, type: fc.constant("number" as const), text: dyadic.map(String) }),
  fc.record({ name: someText, type: fc.constant("boolean" as const), text: fc.constantFrom("true", "false") }),
  fc.record({ name: someText, type: fc.constant("list" as const), text: fc.constantFrom('[1,"a"]', "[]") }),
);
const made = { annotator: maybe(someText), created_at: maybe(instant), modified_at: maybe(instant) };
const ring = fc.array(dyadic, { minLength: 1, maxLength: 10 }).map((xy) => Float64Array.from(xy));
const shape = fc.oneof(
  fc.constant({}),
  fc.array(ring, { minLength: 1, maxLength: 3 }).map((polygon) => ({
    polygon,
    polygon_length: Float64Array.from(polygon, ({ length }) => length),
  })),
  fc
    .array(fc.nat(50), { minLength: 1, maxLength: 6 })
    .map((counts) => ({ rle: { height: 4, width: 5, counts: Float64Array.from(counts) } })),
);
const points = maybe(
  fc.array(fc.record({ x: dyadic, y: dyadic, v: fc.nat(2) }), { maxLength: 4 }).map((keypoints) => ({
    keypoints,
    keypoint_values: 3 * keypoints.length,
  })),
);
const instance = fc
  .tuple(
    fc.record({
      box: maybe(box),
      area: maybe(dyadic),
      iscrowd: maybe(flag),
      attributes: maybe(fc.uniqueArray(attribute, { selector: ({ name }) => name, minLength: 1, maxLength: 3 })),
      ...made,
    }),
    shape,
  )
  .map(([fields, drawn]) => ({ ...fields, ...drawn }));

const category = fc.record({
  name: someText,
  supercategory: maybe(someText),
  isthing: maybe(flag),
  keypoints: maybe(fc.array(someText, { minLength: 1, maxLength: 3 })),
  skeleton: maybe(fc.array(fc.nat(9), { minLength: 2, maxLength: 4 }).map((ends) => Float64Array.from(ends))),
});

type Fields = Partial<AnnotationRecord>;

/** Two media at least one of which has an annotation, since a variant is told by its first. */
function dataset(annotation: fc.Arbitrary<Fields>, media: { not_exhaustive?: fc.Arbitrary<boolean> } = {}) {
  const medium = fc.record({
    path: someText.map((name) => `images/${name}.png`),
    width: fc.integer({ min: 1, max: 5000 }),
    height: fc.integer({ min: 1, max: 5000 }),
    captured_at: maybe(instant),
    ...media,
  });
  return fc
    .record({
      categories: fc.array(category, { minLength: 1, maxLength: 3 }),
      media: fc.array(fc.tuple(medium, fc.array(annotation, { maxLength: 3 })), { maxLength: 3 }),
      last: fc.tuple(medium, fc.array(annotation, { minLength: 1, maxLength: 2 })),
    })
    .map(({ categories, media: some, last }): WrittenDataset => {
      let id = 0;
      return datasetOf(
        categories.map((fields, at) => categoryOf({ id: at + 1, ...fields })),
        [...some, last].map(([fields, annotations], at) => ({
          record: mediaOf({ id: at + 10, ...fields }),
          annotations: annotations.map((one, index) => {
            id += 1;
            return annotationOf({ id, media_id: at + 10, category_id: 1 + (index % categories.length), ...one });
          }),
        })),
      );
    });
}

const drawn: Readonly<Record<string, fc.Arbitrary<WrittenDataset>>> = {
  "coco-instances": dataset(instance),
  lvis: dataset(instance, { not_exhaustive: fc.boolean() }),
  "coco-keypoints": dataset(
    fc
      .tuple(instance, points, maybe(fc.nat(17)))
      .map(([fields, keypoints, num_keypoints]) => ({ ...fields, ...keypoints, num_keypoints })),
  ),
  "coco-captions": dataset(fc.record({ caption: maybe(someText), ...made })),
  "coco-results": dataset(
    fc.tuple(shape, points, box, maybe(someText), dyadic).map(([outline, keypoints, own, caption, score]) => ({
      ...outline,
      ...keypoints,
      box: own,
      caption,
      score,
    })),
  ),
};

test.each(Object.keys(drawn))("what %s carries reads back from where it is said to stand", async (id) => {
  await fc.assert(
    fc.asyncProperty(drawn[id]!, (one) => holdsWriter(writerOf(id), one)),
    { numRuns: 60 },
  );
}, 60_000);

test("every COCO format has a writer", () =>
  expect(cocoWriters.map(({ format }) => format).sort()).toEqual([...Object.keys(drawn), "coco-panoptic"].sort()));

const segmentOf = (id: number, at: number, width: number, height: number) => ({
  id,
  category_id: 1,
  area: width * height,
  box: { x: 3 * at, y: 1, width, height },
  iscrowd: 0,
  isthing: 1,
  pixels: width * height,
  pixel_box: { x: 3 * at, y: 1, width, height },
});
const segments = fc
  .uniqueArray(fc.integer({ min: 1, max: 2 ** 24 - 1 }), { minLength: 1, maxLength: 4 })
  .chain((ids) =>
    fc.tuple(
      ...ids.map((id, at) =>
        fc
          .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
          .map(([w, h]) => segmentOf(id, at, w, h)),
      ),
    ),
  );

test("segments of coco-panoptic have the pixels of their boxes", async () => {
  await fc.assert(
    fc.asyncProperty(segments, fc.integer({ min: 1, max: 2 }), async (drawnSegments, copies) => {
      const one = datasetOf(
        [categoryOf({ id: 1, name: "cat", isthing: 1 })],
        Array.from({ length: copies }, (_, at) => ({
          record: mediaOf({ id: at + 1, path: `images/${at}.jpg`, width: 12, height: 5 }),
          annotations: [annotationOf({ media_id: at + 1, segments: drawnSegments, mask_path: `${at}.png` })],
        })),
      );
      await holdsWriter(writerOf("coco-panoptic"), one);
      const { annotations } = await read(write(writerOf("coco-panoptic"), one));
      expect(annotations[0]!.record).toMatchObject({ mask_found: true, mask_width: 12, mask_height: 5 });
    }),
    { numRuns: 30 },
  );
}, 60_000);

const cat = categoryOf({ id: 1, name: "cat" });
const plain = datasetOf(
  [cat],
  [
    {
      record: mediaOf({ id: 1, path: "a.png", width: 8, height: 6 }),
      annotations: [
        annotationOf({
          id: 1,
          media_id: 1,
          category_id: 1,
          box: { x: 0, y: 1, width: 2, height: 3 },
          polygon: [Float64Array.of(0, 1, 2, 3)],
          area: 6,
        }),
        annotationOf({ id: 2, media_id: 1, category_id: 1, iscrowd: 0 }),
      ],
    },
  ],
);

test.each([
  ["/area", "replace", '"12"', '"area":"12"'],
  ["/bbox/2", "replace", "NaN", '"bbox":[0,1,NaN,3]'],
  ["/segmentation/0/3", "omit", "", '"segmentation":[[0,1,2]]'],
  ["/bbox", "omit", "", '"category_id":1,"segmentation"'],
  ["/id", "repeat", "9", ',"area":6,"id":9}'],
  ["/new", "replace", "null", ',"area":6,"new":null}'],
] as const)("%s is edited: %s", (at, how, text, part) => {
  const lines = textOf(
    write(writerOf("coco-instances"), withEdits(plain, [{ at, how, text }])),
    "annotations/instances.json",
  ).split("\n");
  expect(lines.filter((line) => line.includes('"image_id"')).map((line) => line.includes(part))).toEqual([true, false]);
});

test("lines are counted behind an edit that breaks them", () => {
  const { places, files } = write(
    writerOf("coco-instances"),
    withEdits(plain, [{ at: "/area", how: "replace", text: "\n\n6" }]),
  );
  const text = Buffer.from(files["annotations/instances.json"]!).toString().split("\n");
  expect(places.slice(2).map(([, { line }]) => text[line - 1]!.slice(0, 7))).toEqual(['{"id":1', '{"id":2']);
});

test("edits of media and categories stand in their sections", () => {
  const edits = [{ at: "/id", how: "replace", text: '"x"' }] as const;
  const [medium] = plain.media();
  const { files } = write(writerOf("coco-instances"), {
    categories: [{ record: cat, edits }],
    media: () => [{ ...medium!, edits }],
  });
  const { categories, images } = JSON.parse(Buffer.from(files["annotations/instances.json"]!).toString());
  expect([categories[0].id, images[0].id]).toEqual(["x", "x"]);
});

test("a dataset without anything is a file that reads as one without anything", async () => {
  const got = await read(write(writerOf("coco-instances"), datasetOf([], [])));
  expect({ format: got.format, media: got.media, declared: got.declared }).toEqual({
    format: "coco-instances",
    media: [],
    declared: new Set(["category", "media", "annotation"]),
  });
});

test("lists are as long as the record says that they were written", () => {
  const record = annotationOf({
    media_id: 1,
    polygon: [Float64Array.of(0, 0, 4, 0)],
    polygon_length: Float64Array.of(5),
    keypoints: [{ x: 1, y: 2, v: 2 }],
    keypoint_values: 2,
  });
  const one = datasetOf([], [{ record: mediaOf({ id: 1 }), annotations: [record] }]);
  const text = textOf(write(writerOf("coco-keypoints"), one), "annotations/person_keypoints.json");
  expect(text).toContain('"segmentation":[[0,0,4,0,0]],"keypoints":[1,2]');
});

test.each([
  ["that the record says is not there", { mask_found: false }],
  ["of a path that leaves the folder", { mask_path: "../a.png" }],
  ["of a size that is none", { mask_width: 0 }],
  ["larger than anybody keeps", { mask_width: 2 ** 20, mask_height: 2 ** 10 }],
])("a mask %s is not drawn", (_, fields) => {
  const record = annotationOf({ media_id: 1, mask_path: "a.png", segments: [], ...fields });
  const one = datasetOf([], [{ record: mediaOf({ id: 1, width: 2, height: 2 }), annotations: [record] }]);
  expect(Object.keys(write(writerOf("coco-panoptic"), one).files)).toEqual(["annotations/panoptic.json"]);
});

test("pictures lie at their paths", () => {
  const picture = Uint8Array.of(1);
  const one = datasetOf([], [{ record: mediaOf({ id: 1, path: "images/a.png" }), annotations: [], picture }]);
  expect(Object.keys(write(writerOf("coco-instances"), one).files).sort()).toEqual([
    "annotations/instances.json",
    "images/a.png",
  ]);
});
