import type { ByteWindow } from "./byte-window.js";
import type { ImageReader, ImageShape } from "./image-reader.js";
import { readOrientation } from "./tiff.js";

/** WebP (RFC 9649). Whole: the RIFF chunk, as long as it says, lies inside the file and holds image data. */
export const webp: ImageReader = {
  type: "image/webp",
  matches: (head) => head.toString("latin1", 0, 4) === "RIFF" && head.toString("latin1", 8, 12) === "WEBP",
  read(bytes, shape, toTheEnd) {
    const end = Math.min(8 + bytes.u32le(4), bytes.size);
    let pictures = 0;
    for (let at = 12; at + 8 <= end; ) {
      const type = bytes.text(at, 4);
      const length = bytes.u32le(at + 4);
      if (type === "VP8X" || type === "VP8 " || type === "VP8L") readSize(bytes, type, at + 8, shape);
      if (type === "VP8 " || type === "VP8L" || type === "ANMF") pictures += 1;
      if (type === "EXIF") readExif(bytes, at + 8, at + 8 + length, shape);
      at += 8 + length + (length & 1);
    }
    if (!toTheEnd) return undefined;
    if (8 + bytes.u32le(4) > bytes.size) return `the RIFF chunk ends at byte ${8 + bytes.u32le(4)}`;
    if (pictures === 0 || shape.width === undefined) return "there is no image data";
    return undefined;
  },
};

function readSize(bytes: ByteWindow, type: string, at: number, shape: ImageShape): void {
  // The canvas of VP8X comes first and is the size of the picture; a frame behind it may be smaller.
  if (shape.width !== undefined) return;
  if (type === "VP8X") {
    shape.width = 1 + (bytes.u32le(at + 4) & 0xffffff);
    shape.height = 1 + (bytes.u32le(at + 6) >>> 8);
  } else if (type === "VP8L") {
    const bits = bytes.u32le(at + 1);
    shape.width = 1 + (bits & 0x3fff);
    shape.height = 1 + ((bits >>> 14) & 0x3fff);
  } else {
    shape.width = bytes.u16le(at + 6) & 0x3fff;
    shape.height = bytes.u16le(at + 8) & 0x3fff;
  }
}

function readExif(bytes: ByteWindow, at: number, end: number, shape: ImageShape): void {
  // The chunk holds bare TIFF data, but some writers keep the name that JPEG puts before them.
  const named = at + 6 <= end && end <= bytes.size && bytes.text(at, 6) === "Exif\0\0";
  readOrientation(bytes, named ? at + 6 : at, end, shape);
}
