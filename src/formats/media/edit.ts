import { pngChunk } from "../png/encode.js";

/** Types of pictures whose headers can be changed. */
export const editableTypes: ReadonlySet<string | undefined> = new Set(["image/jpeg", "image/png"]);

/**
 * The picture with another size in its header; its pixels stay.
 *
 * @throws RangeError for what is neither a PNG nor a JPEG with a frame
 */
export function withHeaderSize(bytes: Buffer, { width, height }: { width: number; height: number }): Buffer {
  if (isPng(bytes)) {
    const header = Buffer.from(bytes.subarray(16, 29));
    header.writeUInt32BE(width, 0);
    header.writeUInt32BE(height, 4);
    return Buffer.concat([bytes.subarray(0, 8), pngChunk("IHDR", header), bytes.subarray(33)]);
  }
  const changed = Buffer.from(bytes);
  const frame = frameOf(bytes);
  changed.writeUInt16BE(height, frame + 5);
  changed.writeUInt16BE(width, frame + 7);
  return changed;
}

/**
 * The picture with EXIF that says it is to be turned by a quarter, before all else that says so: a chunk eXIf behind the header of a PNG, a segment APP1
 * at the beginning of a JPEG.
 */
export function withOrientation(bytes: Buffer): Buffer {
  const exif = Buffer.from("4d4d002a00000008000101120003000000010006000000000000", "hex");
  if (isPng(bytes)) {
    const behindHeader = 33;
    return Buffer.concat([bytes.subarray(0, behindHeader), pngChunk("eXIf", exif), bytes.subarray(behindHeader)]);
  }
  const body = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), exif]);
  const head = Buffer.from([0xff, 0xe1, 0, body.length + 2]);
  return Buffer.concat([bytes.subarray(0, 2), head, body, bytes.subarray(2)]);
}

function isPng(bytes: Buffer): boolean {
  return bytes.toString("latin1", 1, 4) === "PNG";
}

/** The marker SOF0 … SOF15, without DHT, JPG and DAC, which stand between them (ITU-T T.81 B.1.1.3). */
function frameOf(bytes: Buffer): number {
  for (let at = 2; at + 9 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) return at;
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  throw new RangeError("the picture has no frame whose size could be changed");
}
