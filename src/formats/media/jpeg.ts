import type { ByteWindow } from "./byte-window.js";
import type { ImageReader, ImageShape } from "./image-reader.js";
import { readOrientation } from "./tiff.js";

const startOfScan = 0xda;
const endOfImage = 0xd9;

/**
 * JPEG (ITU-T T.81 annex B). Whole: an end marker FFD9 follows a scan, found by walking the markers, so that a thumbnail's end inside APP1 does not
 * count. What comes after it is not looked at: zero padding, the further images of an MPO file, the film of a motion photo.
 */
export const jpeg: ImageReader = {
  type: "image/jpeg",
  matches: (head) => head.length >= 3 && head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff,
  read(bytes, shape, toTheEnd) {
    let at = 2;
    let scans = 0;
    for (;;) {
      at = nextMarker(bytes, at, scans > 0);
      if (at < 0) return "there is no end marker FFD9";
      const marker = bytes.u8(at + 1);
      if (marker === endOfImage) {
        if (scans === 0 || shape.width === undefined) return "the image ends without a scan";
        return undefined;
      }
      const standsAlone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
      if (standsAlone) {
        at += 2;
        continue;
      }
      const length = bytes.u16be(at + 2);
      if (length < 2) return `the segment at byte ${at} says it is ${length} bytes long`;
      if (isFrame(marker)) {
        shape.height = bytes.u16be(at + 5);
        shape.width = bytes.u16be(at + 7);
      } else if (marker === 0xe1 && shape.orientation === undefined) {
        readExif(bytes, at + 4, length - 2, shape);
      } else if (marker === startOfScan) {
        scans += 1;
        // T.81 B.2.5: a height of 0 is given by a DNL segment after the first scan.
        if (!toTheEnd && shape.height !== 0) return undefined;
      } else if (marker === 0xdc && shape.height === 0) {
        shape.height = bytes.u16be(at + 4);
      }
      at += 2 + length;
    }
  },
};

/** Place of the next marker, fill bytes passed over; -1 at the end of the file. Inside a scan FF00 is data and FFD0 … FFD7 are restarts. */
function nextMarker(bytes: ByteWindow, from: number, inScan: boolean): number {
  for (let at = from; ; at += 1) {
    at = bytes.indexOf(0xff, at);
    if (at < 0 || at + 1 >= bytes.size) return -1;
    const next = bytes.u8(at + 1);
    if (next === 0xff || next === 0) continue;
    if (inScan && next >= 0xd0 && next <= 0xd7) continue;
    return at;
  }
}

/** SOF0 … SOF15 without DHT, JPG and DAC, which stand between them. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function readExif(bytes: ByteWindow, at: number, length: number, shape: ImageShape): void {
  if (length > 14 && bytes.text(at, 6) === "Exif\0\0") readOrientation(bytes, at + 6, at + length, shape);
}
