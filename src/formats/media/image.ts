import { createHash } from "node:crypto";
import { openFile, type Stored } from "../bytes/source.js";
import type { ByteSource } from "../json/api.js";
import { bmp } from "./bmp.js";
import { ByteWindow, EndOfImage } from "./byte-window.js";
import { gif } from "./gif.js";
import type { ImageReader, ImageShape } from "./image-reader.js";
import { jpeg } from "./jpeg.js";
import { png } from "./png.js";
import { tiff } from "./tiff.js";
import { webp } from "./webp.js";

/** What the header of an image file says. */
export interface ImageHeader {
  /** Media type from the first bytes; undefined where they are of no type that we know. */
  readonly type: string | undefined;
  readonly width: number | undefined;
  readonly height: number | undefined;
  /** EXIF orientation, 1 to 8. */
  readonly orientation: number | undefined;
  /** What is wrong with the file, in English. */
  readonly problem: string | undefined;
}

export interface ImageFacts extends ImageHeader {
  /** Header read and end found; undefined for types whose end we do not look for (AVIF, HEIC, JPEG XL, JPEG 2000). */
  readonly whole: boolean | undefined;
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

const readers: readonly ImageReader[] = [jpeg, png, gif, webp, bmp, tiff];

/** Types that are named but not looked into: what stands at a byte. */
const otherTypes: readonly (readonly [type: string, at: number, signatures: readonly string[]])[] = [
  ["image/avif", 4, ["ftypavif", "ftypavis"]],
  ["image/heic", 4, ["ftypheic", "ftypheix", "ftypheim", "ftypheis", "ftyphevc", "ftyphevx", "ftypmif1", "ftypmsf1"]],
  ["image/jxl", 0, ["\xff\x0a", "\0\0\0\x0cJXL "]],
  ["image/jp2", 0, ["\0\0\0\x0cjP  ", "\xff\x4f\xff\x51"]],
];

/** All that the bytes of an image file say without decoding its pixels. @throws InputError TS-IO-0001 when the file cannot be read. */
export function examineImage(file: Stored): ImageFacts {
  return withFile(file, (source) => {
    const { known, ...header } = examine(source, true);
    const whole = header.problem !== undefined ? false : known ? true : undefined;
    return { ...header, whole, bytes: source.size, sha256: digest(source) };
  });
}

/** Type, size and orientation only: reads a few kilobytes. @throws InputError TS-IO-0001 when the file cannot be read. */
export function examineHeader(file: Stored): ImageHeader {
  return withFile(file, (source) => {
    const { known, ...header } = examine(source, false);
    return header;
  });
}

/** Media type by the first bytes (32 suffice). */
export function imageType(head: Buffer): string | undefined {
  const reader = readers.find((candidate) => candidate.matches(head));
  if (reader !== undefined) return reader.type;
  const start = head.toString("latin1", 0, 32);
  return otherTypes.find(([, at, signatures]) => signatures.some((bytes) => start.startsWith(bytes, at)))?.[0];
}

/** `known`: whether there is a reader for the type, so that no problem means that there is none. */
function examine(source: ByteSource, toTheEnd: boolean): ImageHeader & { readonly known: boolean } {
  const head = Buffer.alloc(Math.min(32, source.size));
  source.read(head, 0);
  const type = imageType(head);
  const reader = readers.find((candidate) => candidate.type === type);
  const shape: ImageShape = { width: undefined, height: undefined, orientation: undefined };
  const problem = type === undefined ? noType(source.size) : reader && problemOf(reader, source, shape, toTheEnd);
  return { ...shape, type, problem, known: reader !== undefined };
}

function noType(size: number): string {
  return size === 0 ? "the file is empty" : "the first bytes are of no known image type";
}

function problemOf(reader: ImageReader, source: ByteSource, shape: ImageShape, toTheEnd: boolean): string | undefined {
  try {
    const problem = reader.read(new ByteWindow(source), shape, toTheEnd);
    const empty = shape.width === 0 || shape.height === 0;
    return empty ? `the header says ${shape.width} × ${shape.height}` : problem;
  } catch (error) {
    if (error instanceof EndOfImage) return error.message;
    throw error;
  }
}

function digest(source: ByteSource): string {
  const hash = createHash("sha256");
  const chunk = Buffer.allocUnsafe(Math.max(1, Math.min(1 << 20, source.size)));
  for (let position = 0; position < source.size; ) {
    const got = source.read(chunk, position);
    if (got === 0) break;
    hash.update(got === chunk.length ? chunk : chunk.subarray(0, got));
    position += got;
  }
  return hash.digest("hex");
}

function withFile<T>(file: Stored, use: (source: ByteSource) => T): T {
  const source = openFile(file);
  try {
    return use(source);
  } finally {
    source.close();
  }
}
