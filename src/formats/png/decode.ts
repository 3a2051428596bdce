import { constants, crc32, inflateSync } from "node:zlib";
import { InputError } from "../../records/errors.js";
import { expand, packedBytes } from "./unfilter.js";

/** Pixels of a PNG, unscaled: a 4-bit value of 9 is 9. */
export interface PngImage {
  readonly width: number;
  readonly height: number;
  /** 1 grey or palette index, 2 grey and alpha, 3 RGB, 4 RGBA. */
  readonly channels: 1 | 2 | 3 | 4;
  readonly bitDepth: 1 | 2 | 4 | 8 | 16;
  /** R, G, B in turn, where the pixels are indices. */
  readonly palette: Uint8Array | undefined;
  /** Rows from the top, channels in turn; 16-bit samples in a Uint16Array. */
  readonly data: Uint8Array | Uint16Array;
}

export interface PngLimits {
  readonly maxPixels: number;
}

const defaultPngLimits: PngLimits = { maxPixels: 100_000_000 };

interface Header {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: PngImage["bitDepth"];
  readonly colourType: 0 | 2 | 3 | 4 | 6;
  readonly interlaced: boolean;
}

const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
const channelsOf = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;
const depthsOf: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

/**
 * Decodes a PNG (W3C PNG 3rd edition) of any colour type and depth, interlaced or not; nothing is scaled, blended or colour-managed.
 *
 * @throws InputError TS-FORMAT-0030 when the bytes are no PNG, are damaged (checksums are compared) or end too early, TS-FORMAT-0031 over the limit.
 */
export function decodePng(bytes: Uint8Array, limits: PngLimits = defaultPngLimits): PngImage {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!file.subarray(0, 8).equals(signature)) throw damaged(0, "the PNG signature", "other bytes");
  const chunks = readChunks(file);
  const header = readHeader(chunks, limits);
  const channels = channelsOf[header.colourType];
  const palette = chunks.find(({ type }) => type === "PLTE")?.data;
  if (header.colourType === 3 && palette === undefined) throw damaged(8, "a PLTE chunk", "none");
  const packed = chunks.filter(({ type }) => type === "IDAT").map(({ data }) => data);
  const rows = inflate(Buffer.concat(packed), packedBytes({ ...header, channels }));
  return {
    width: header.width,
    height: header.height,
    channels,
    bitDepth: header.bitDepth,
    palette: header.colourType === 3 ? palette : undefined,
    data: expand(rows, { ...header, channels }, (offset, found) => damaged(offset, "a row filter of 0 to 4", found)),
  };
}

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

/** The chunks up to IEND, with their checksums compared. */
function readChunks(file: Buffer): readonly Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 8; ; ) {
    if (at + 12 > file.length) throw damaged(at, "an IEND chunk", "the end of the file");
    const length = file.readUInt32BE(at);
    const end = at + 12 + length;
    const type = file.toString("latin1", at + 4, at + 8);
    if (end > file.length) throw damaged(at, `a chunk of ${length} bytes`, "the end of the file");
    const sum = crc32(file.subarray(at + 4, end - 4));
    if (sum !== file.readUInt32BE(end - 4)) throw damaged(at, `the checksum ${sum}`, `${file.readUInt32BE(end - 4)}`);
    if (type === "IEND") return chunks;
    chunks.push({ type, data: file.subarray(at + 8, end - 4) });
    at = end;
  }
}

function readHeader(chunks: readonly Chunk[], limits: PngLimits): Header {
  const first = chunks[0];
  if (first?.type !== "IHDR" || first.data.length !== 13) throw damaged(8, "an IHDR chunk of 13 bytes", "another");
  const data = first.data;
  const width = data.readUInt32BE(0);
  const height = data.readUInt32BE(4);
  const [bitDepth = 0, colourType = 0, compression, filter, interlace] = data.subarray(8);
  if (width === 0 || height === 0) throw damaged(16, "a size above 0", `${width} × ${height}`);
  if (width * height > limits.maxPixels) {
    throw new InputError("TS-FORMAT-0031", {
      offset: 16,
      expected: `at most ${limits.maxPixels} pixels`,
      found: `${width} × ${height}`,
    });
  }
  if (depthsOf[colourType]?.includes(bitDepth) !== true) {
    throw damaged(24, "a bit depth and colour type of PNG", `${bitDepth} and ${colourType}`);
  }
  if (compression !== 0 || filter !== 0 || interlace === undefined || interlace > 1) {
    throw damaged(26, "compression 0, filter 0, interlace 0 or 1", `${compression}, ${filter}, ${interlace}`);
  }
  return {
    width,
    height,
    bitDepth: bitDepth as Header["bitDepth"],
    colourType: colourType as Header["colourType"],
    interlaced: interlace === 1,
  };
}

function inflate(packed: Buffer, most: number): Buffer {
  try {
    // A bomb is stopped at the size that the header allows. Data cut short come out as far as they go; the missing row is named later.
    return inflateSync(packed, { maxOutputLength: most, finishFlush: constants.Z_SYNC_FLUSH });
  } catch (cause) {
    throw damaged(
      8,
      "zlib data of the size that the header says",
      cause instanceof Error ? cause.message : "other data",
    );
  }
}

function damaged(offset: number, expected: string, found: string): InputError {
  return new InputError("TS-FORMAT-0030", { offset, expected, found });
}
