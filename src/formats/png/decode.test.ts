import { readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { InputError } from "../../records/errors.js";
import { corpus, corpusFiles, hasCorpus } from "../media/testing/corpus.js";
import { pngChunk, pngHeader, pngStart } from "../media/testing/images.js";
import { decodePng } from "./decode.js";
import { segmentsOf } from "./segments.js";
import { type DrawnPng, encodePng } from "./testing/encode.js";

const colourTypes = { 0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16] } as const;
const channelsOf = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;

const form = fc.constantFrom(
  ...([0, 2, 3, 4, 6] as const).flatMap((type) => colourTypes[type].map((depth) => ({ type, depth }))),
);
const drawn: fc.Arbitrary<DrawnPng> = fc
  .record({
    form,
    width: fc.integer({ min: 1, max: 19 }),
    height: fc.integer({ min: 1, max: 19 }),
    interlaced: fc.boolean(),
  })
  .chain(({ form: { type, depth }, width, height, interlaced }) => {
    const samples = width * height * channelsOf[type];
    return fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      colourType: fc.constant(type),
      bitDepth: fc.constant(depth),
      interlaced: fc.constant(interlaced),
      samples: fc.array(fc.nat(2 ** depth - 1), { minLength: samples, maxLength: samples }),
      filters: fc.array(fc.nat(4), { minLength: 1, maxLength: 7 }),
    });
  });

test("what an encoder writes, in every colour type, depth, filter and interlacing, comes back", () =>
  fc.assert(
    fc.property(drawn, (picture) => {
      const decoded = decodePng(encodePng(picture));
      expect([...decoded.data]).toEqual(picture.samples);
      expect(decoded).toMatchObject({ width: picture.width, height: picture.height, bitDepth: picture.bitDepth });
      expect(decoded.channels).toBe(channelsOf[picture.colourType]);
      expect(decoded.palette !== undefined).toBe(picture.colourType === 3);
    }),
    { numRuns: 400 },
  ));

test("every truncation of a PNG is an input error", () => {
  const samples = Array.from({ length: 75 }, (_, i) => (i * 37) % 256);
  const whole = encodePng({ width: 5, height: 5, colourType: 2, bitDepth: 8, interlaced: true, samples, filters: [4] });
  for (let length = 0; length < whole.length; length += 1) {
    expect(() => decodePng(whole.subarray(0, length))).toThrow(expect.objectContaining({ code: "TS-FORMAT-0030" }));
  }
});

const end = pngChunk("IEND", Buffer.alloc(0));
const grey = (rows: Uint8Array, header = pngHeader(2, 2)) =>
  Buffer.concat([pngStart, header, pngChunk("IDAT", deflateSync(rows)), end]);
const flipped = Buffer.from(grey(Uint8Array.of(0, 1, 2, 0, 3, 4)));
flipped[20] = 9; // the width's last byte but one: the checksum no longer fits
test.each([
  ["a filter of 5", grey(Uint8Array.of(5, 1, 2, 0, 3, 4)), "TS-FORMAT-0030"],
  ["too few rows", grey(Uint8Array.of(0, 1, 2)), "TS-FORMAT-0030"],
  ["too many rows", grey(new Uint8Array(2000)), "TS-FORMAT-0030"],
  ["a checksum that does not fit", flipped, "TS-FORMAT-0030"],
  ["a depth of 16 with a palette", grey(Uint8Array.of(0, 0), pngHeader(1, 1, 16, 3)), "TS-FORMAT-0030"],
  ["a palette type without palette", grey(Uint8Array.of(0, 0), pngHeader(1, 1, 8, 3)), "TS-FORMAT-0030"],
  ["a width of 0", grey(Uint8Array.of(0), pngHeader(0, 1)), "TS-FORMAT-0030"],
  [
    "data that are not zlib's",
    Buffer.concat([pngStart, pngHeader(1, 1), pngChunk("IDAT", Buffer.from("text")), end]),
    "TS-FORMAT-0030",
  ],
  ["a size over the limit", grey(Uint8Array.of(0), pngHeader(100_000, 100_000)), "TS-FORMAT-0031"],
])("a PNG with %s is an input error", (_, bytes, code) => {
  expect(() => decodePng(bytes)).toThrow(expect.objectContaining({ code }));
});

test("a PNG with changed bytes decodes or is an input error", () =>
  fc.assert(
    fc.property(drawn, fc.array(fc.tuple(fc.nat(500), fc.nat(255)), { maxLength: 4 }), (picture, changes) => {
      const bytes = encodePng(picture);
      for (const [place, value] of changes) bytes[place % bytes.length] = value;
      try {
        decodePng(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
      }
    }),
    { numRuns: 300 },
  ));

test("segments of a small panoptic PNG", () => {
  const void_ = [0, 0, 0];
  const one = [1, 0, 0];
  const large = [5, 2, 1]; // 5 + 2 · 256 + 1 · 65,536
  const samples = [...void_, ...one, ...one, ...large, ...one, ...void_].map((value) => value);
  const image = decodePng(
    encodePng({ width: 3, height: 2, colourType: 2, bitDepth: 8, interlaced: false, samples, filters: [0] }),
  );
  expect(segmentsOf(image)).toEqual({
    ids: Float64Array.of(0, 1, 66053),
    pixels: Float64Array.of(2, 3, 1),
    boxes: Int32Array.of(0, 0, 3, 2, 1, 0, 2, 2, 0, 1, 1, 1),
  });
});

test("segments are what counting pixel by pixel gives", () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.array(fc.nat(5), { minLength: 1, maxLength: 100 }),
      fc.constantFrom(1, 2, 3, 4),
      (width, values, channels) => {
        const height = Math.ceil(values.length / width);
        const pixel = (index: number) => values[index % values.length]!;
        const data = Uint8Array.from({ length: width * height * channels }, (_, i) =>
          i % channels === 1 && channels > 2
            ? 3
            : i % channels === 3
              ? 99
              : i % channels === 0
                ? pixel((i - (i % channels)) / channels)
                : 0,
        );
        const found = segmentsOf({ width, height, channels: channels as 1, bitDepth: 8, palette: undefined, data });
        const shift = channels > 2 ? 768 : 0;
        const expected = new Map<number, number[]>();
        for (let i = 0; i < width * height; i += 1) {
          const [count = 0, left = width, top = height, right = 0, bottom = 0] = expected.get(pixel(i) + shift) ?? [];
          const x = i % width;
          const y = (i - x) / width;
          const tight = [Math.min(left, x), Math.min(top, y), Math.max(right, x + 1), Math.max(bottom, y + 1)];
          expected.set(pixel(i) + shift, [count + 1, ...tight]);
        }
        const rows = [...expected].sort(([a], [b]) => a - b);
        expect([...found.ids]).toEqual(rows.map(([id]) => id));
        expect([...found.pixels]).toEqual(rows.map(([, row]) => row[0]));
        expect([...found.boxes]).toEqual(rows.flatMap(([, [, l, t, r, b]]) => [l!, t!, r! - l!, b! - t!]));
      },
    ),
  ));

test("16-bit colours are no panoptic PNG", () => {
  const image = decodePng(
    encodePng({
      width: 1,
      height: 1,
      colourType: 2,
      bitDepth: 16,
      interlaced: false,
      samples: [1, 2, 3],
      filters: [0],
    }),
  );
  expect(() => segmentsOf(image)).toThrow(expect.objectContaining({ code: "TS-FORMAT-0030" }));
});

const pngs = corpusFiles((path) => path.endsWith(".png"));
test.skipIf(!hasCorpus)("corpus-png: every PNG of the corpus is decoded, and its segments cover all its pixels", () => {
  let decoded = 0;
  for (const path of pngs) {
    const bytes = readFileSync(path);
    if (bytes[0] !== 0x89) continue; // a JPEG with this name, see image.test.ts
    const image = decodePng(bytes);
    decoded += 1;
    if (image.channels >= 3 && image.bitDepth === 16) continue;
    const pixels = segmentsOf(image).pixels.reduce((sum, count) => sum + count, 0);
    expect(pixels, path.slice(corpus.length)).toBe(image.width * image.height);
  }
  expect(decoded).toBeGreaterThan(50);
});
