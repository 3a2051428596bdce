import type { ImageReader } from "./image-reader.js";

/** BMP with a core (12 bytes) or info header. Whole: the rows, or the bytes that a compressed one says it has, lie inside the file. */
export const bmp: ImageReader = {
  type: "image/bmp",
  // Two letters are thin: the size of the second header is asked as well.
  matches: (head) =>
    head.toString("latin1", 0, 2) === "BM" &&
    head.length >= 18 &&
    [12, 16, 40, 52, 56, 64, 108, 124].includes(head.readUInt32LE(14)),
  read(bytes, shape, toTheEnd) {
    const core = bytes.u32le(14) === 12;
    const width = core ? bytes.u16le(18) : bytes.i32le(18);
    // A negative height says that the first row is the top one.
    const height = core ? bytes.u16le(20) : Math.abs(bytes.i32le(22));
    shape.width = width;
    shape.height = height;
    if (!toTheEnd) return undefined;
    if (width <= 0 || height === 0) return `the header says ${width} × ${height}`;
    const bitsPerPixel = bytes.u16le(core ? 24 : 28);
    const compression = core ? 0 : bytes.u32le(30);
    const rows = Math.ceil((width * bitsPerPixel) / 32) * 4 * height;
    const uncompressed = compression === 0 || compression === 3 || compression === 6;
    const end = bytes.u32le(10) + (uncompressed ? rows : bytes.u32le(34));
    if (end > bytes.size) return `the pixels end at byte ${end}`;
    return undefined;
  },
};
