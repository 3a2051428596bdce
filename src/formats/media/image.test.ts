import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Stored } from "../bytes/source.js";
import { examineHeader, examineImage, imageType } from "./image.js";
import { corpus, corpusFiles, hasCorpus } from "./testing/corpus.js";
import { bmpBytes, gifBytes, jpegBytes, pngBytes, tiffBytes, u32le, webpBytes } from "./testing/images.js";

const held = (bytes: Uint8Array): Stored => ({ absolute: "", held: bytes });

const kinds: readonly (readonly [string, Buffer, string])[] = [
  ["JPEG", jpegBytes(), "image/jpeg"],
  ["PNG", pngBytes(), "image/png"],
  ["GIF", gifBytes(), "image/gif"],
  ["lossy WebP", webpBytes("VP8 "), "image/webp"],
  ["lossless WebP", webpBytes("VP8L"), "image/webp"],
  ["extended WebP", webpBytes("VP8X"), "image/webp"],
  ["BMP", bmpBytes(), "image/bmp"],
  ["BMP drawn from the top", bmpBytes(40, -30), "image/bmp"],
  ["TIFF", tiffBytes(), "image/tiff"],
];

test.each(kinds)("a whole %s is examined", (_, bytes, type) => {
  expect(examineImage(held(bytes))).toEqual({
    type,
    width: 40,
    height: 30,
    orientation: type === "image/tiff" ? 1 : undefined,
    problem: undefined,
    whole: true,
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  });
});

test.each(kinds)("no %s that is cut short is whole, wherever it is cut", (_, bytes) => {
  for (let length = 0; length < bytes.length; length += length < 200 ? 1 : 97) {
    const facts = examineImage(held(bytes.subarray(0, length)));
    expect(facts.whole, `${length} bytes`).toBe(false);
    expect(facts.problem).toBeTypeOf("string");
  }
});

test.each([
  ["JPEG", jpegBytes({ orientation: 6 }), 6],
  ["PNG", pngBytes(40, 30, 8), 8],
  ["WebP", webpBytes("VP8X", 40, 30, 3), 3],
  ["TIFF", tiffBytes(40, 30, 5), 5],
  ["JPEG whose EXIF says 9, which is none", jpegBytes({ orientation: 9 }), undefined],
])("the orientation of a %s", (_, bytes, orientation) => {
  expect(examineHeader(held(bytes))).toMatchObject({ width: 40, height: 30, orientation, problem: undefined });
});

test.each([
  ["zero padding", Buffer.alloc(70_000)],
  ["a second image (MPO)", jpegBytes({ width: 8, height: 8 })],
  ["the film of a motion photo", Buffer.from("....ftypmp42....")],
])("%s behind the end of a JPEG leaves it whole", (_, trailer) => {
  expect(examineImage(held(Buffer.concat([jpegBytes(), trailer])))).toMatchObject({ whole: true, width: 40 });
});

test("the end marker of a thumbnail is not the end of a JPEG", () => {
  const bytes = jpegBytes({ inApp1: jpegBytes({ width: 8, height: 8 }) });
  const facts = examineImage(held(bytes.subarray(0, bytes.length - 2)));
  expect(facts).toMatchObject({ width: 40, height: 30, whole: false, problem: "there is no end marker FFD9" });
});

test.each([
  ["nothing", "", undefined, "the file is empty"],
  ["text", "version https://git-lfs.github.com/spec/v1", undefined, "the first bytes are of no known image type"],
  ["two letters BM", "BMW and other cars of the year", undefined, "the first bytes are of no known image type"],
])("a file of %s is no image", (_, text, type, problem) => {
  expect(examineImage(held(Buffer.from(text)))).toMatchObject({ type, whole: false, problem });
});

const damagedImage = fc
  .record({
    kind: fc.constantFrom(...kinds),
    changes: fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { minLength: 1, maxLength: 6 }),
  })
  .map(({ kind: [, bytes], changes }) => {
    const damaged = Buffer.from(bytes);
    for (const [place, value] of changes) damaged[place % damaged.length] = value;
    return damaged;
  });
test("an image with changed bytes is examined to an end, whatever it is then", () =>
  fc.assert(
    fc.property(damagedImage, (bytes) => {
      const { whole, problem, bytes: size } = examineImage(held(bytes));
      expect(size).toBe(bytes.length);
      if (whole === false) expect(problem).toBeTypeOf("string");
      else expect(problem).toBe(undefined);
    }),
    { numRuns: 500 },
  ));

test("a picture of no width is not whole", () => {
  expect(examineImage(held(pngBytes(0, 30)))).toMatchObject({ whole: false, problem: "the header says 0 × 30" });
});

test("a type whose end is not known is named, and nothing is said of its end", () => {
  const avif = Buffer.concat([u32le(0x1c000000), Buffer.from("ftypavif\0\0\0\0")]);
  expect(imageType(avif)).toBe("image/avif");
  expect(examineImage(held(avif))).toMatchObject({ type: "image/avif", width: undefined, whole: undefined });
});

test("a file that is not there is an input error", () => {
  expect(() => examineImage({ absolute: join(corpus, "no such file") })).toThrow(
    expect.objectContaining({ code: "TS-IO-0001" }),
  );
});

const pictures = corpusFiles((path) => /\.(jpe?g|png|bmp)$/i.test(path));
test.skipIf(!hasCorpus)(
  "corpus-images: every picture of the corpus is whole, five are of another type than their name",
  () => {
    const examined = pictures
      .filter((path) => !readFileSync(path).subarray(0, 7).equals(Buffer.from("version")))
      .map((path) => ({ path: relative(corpus, path), facts: examineImage({ absolute: path }) }));
    expect(examined.filter(({ facts }) => facts.whole !== true || facts.width === undefined)).toEqual([]);
    expect(examined.filter(({ path, facts }) => !sameType(path, facts.type)).map(({ path }) => path)).toEqual([
      "icdar/datumaro-icdar/text_localization/train/images/img_1.png",
      "icdar/datumaro-icdar/text_localization/train/images/img_2.png",
      "icdar/datumaro-icdar/text_segmentation/train/1_GT.bmp",
      "icdar/datumaro-icdar/word_recognition/train/images/word_1.png",
      "icdar/datumaro-icdar/word_recognition/train/images/word_2.png",
    ]);
    expect(examined.length).toBeGreaterThan(100);
  },
);

function sameType(path: string, type: string | undefined): boolean {
  return /\.jpe?g$/i.test(path) ? type === "image/jpeg" : type === `image/${path.slice(-3).toLowerCase()}`;
}
