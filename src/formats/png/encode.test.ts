import fc from "fast-check";
import { expect, test } from "vitest";
import { decodePng } from "./decode.js";
import { encodePng, encodeRgbPng } from "./encode.js";

const raster = (step: number) =>
  fc
    .record({ width: fc.integer({ min: 1, max: 70 }), height: fc.integer({ min: 1, max: 9 }), most: fc.nat(255) })
    .chain(({ width, height, most }) =>
      fc
        .uint8Array({ minLength: step * width * height, maxLength: step * width * height, max: most })
        .map((pixels) => ({ width, height, pixels })),
    );

test("true colours are decoded as they were encoded", () =>
  fc.assert(
    fc.property(raster(3), (picture) => {
      const { width, height, channels, bitDepth, data } = decodePng(encodeRgbPng(picture));
      expect({ width, height, channels, bitDepth }).toEqual({
        width: picture.width,
        height: picture.height,
        channels: 3,
        bitDepth: 8,
      });
      expect(Buffer.from(data)).toEqual(Buffer.from(picture.pixels));
    }),
  ));

test("palette indices are decoded as they were encoded", () =>
  fc.assert(
    fc.property(raster(1), (picture) => {
      const { channels, data } = decodePng(encodePng(picture, [[0, 0, 0]]));
      expect(channels).toBe(1);
      expect(Buffer.from(data)).toEqual(Buffer.from(picture.pixels));
    }),
  ));

test("rows longer than a match reaches back are decoded as they were encoded", () => {
  const width = 20_000;
  const pixels = Uint8Array.from({ length: 2 * 3 * width }, (_, at) => (at % (3 * width)) % 251);
  expect(Buffer.from(decodePng(encodeRgbPng({ width, height: 2, pixels })).data)).toEqual(Buffer.from(pixels));
});
