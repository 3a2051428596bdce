import { createHash } from "node:crypto";
import { closeSync, createReadStream, fstatSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { InputError } from "../../records/errors.js";
import type { ByteSource } from "../json/api.js";
import { wideEncodingOf } from "./encoding.js";
import { memorySource } from "./memory-source.js";

/** What a .gz may grow to: it is refused when it passes both bounds. Annotations in JSON shrink 3 to 12 times, masks of zeros up to 100. */
export const defaultExpansion = { bytes: 64 * 1024 * 1024, ratio: 200 } as const;

export interface GzipOptions {
  /** Refused when it is larger than this many times the compressed size, and larger than `freeBytes`. */
  readonly maxExpansion?: number;
  readonly freeBytes?: number;
}

const chunk = 256 * 1024;

/** A file on the disk, or bytes that stand for one. */
export interface Stored {
  readonly absolute: string;
  readonly held?: Uint8Array;
}

/** A file, read at any position. Throws InputError TS-IO-0001 when it cannot be opened or read. */
export function openFile({ absolute, held }: Stored): ByteSource {
  if (held !== undefined) return memorySource(held);
  return fileSource(
    reading(() => openSync(absolute, "r")),
    () => {},
  );
}

/**
 * A file, decompressed when its first bytes say gzip, whatever its name is. The text lies in a temporary file that is gone after `close`.
 * Throws InputError: TS-FORMAT-0013 UTF-16, -0016 over the bound, -0017 damaged, TS-IO-0001 not readable, TS-IO-0002 no room to decompress.
 */
export async function openMaybeGzip(file: Stored, options: GzipOptions = {}): Promise<ByteSource> {
  let source = openFile(file);
  try {
    if (isGzip(headOf(source))) {
      const packed = source.size;
      source.close();
      source = await gunzip(file, packed, options);
    }
    const wide = wideEncodingOf(headOf(source));
    if (wide !== undefined) throw new InputError("TS-FORMAT-0013", { offset: 0, found: wide, expected: "UTF-8" });
    return source;
  } catch (error) {
    source.close();
    throw error;
  }
}

export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** SHA-256 of a file as it lies on the disk (a .gz is not decompressed), in lower-case hex. */
export async function hashFile(file: Stored): Promise<string> {
  const hash = createHash("sha256");
  try {
    for await (const part of streamOf(file, 4 * chunk)) hash.update(part as Buffer);
  } catch (cause) {
    throw notReadable(cause);
  }
  return hash.digest("hex");
}

/** A source that hashes what is read from it once and in order, as a reader does anyway; `digest` reads what is left. */
export function hashingSource(source: ByteSource): ByteSource & { digest(): string } {
  const hash = createHash("sha256");
  let hashed = 0;
  const take = (bytes: Uint8Array, position: number): void => {
    // A chunk read again, or one past a gap, adds nothing; the gap is read by `digest`.
    if (position > hashed || position + bytes.length <= hashed) return;
    hash.update(bytes.subarray(hashed - position));
    hashed = position + bytes.length;
  };
  return {
    size: source.size,
    read(target, position) {
      const count = source.read(target, position);
      take(target.subarray(0, count), position);
      return count;
    },
    close: () => source.close(),
    digest() {
      const rest = Buffer.allocUnsafe(chunk);
      for (let count = source.read(rest, hashed); count > 0; count = source.read(rest, hashed)) {
        take(rest.subarray(0, count), hashed);
      }
      return hash.digest("hex");
    },
  };
}

function streamOf({ absolute, held }: Stored, highWaterMark: number): Readable {
  return held === undefined ? createReadStream(absolute, { highWaterMark }) : Readable.from([held]);
}

function headOf(source: ByteSource): Uint8Array {
  const head = new Uint8Array(4);
  return head.subarray(0, source.read(head, 0));
}

function fileSource(fd: number, afterClose: () => void): ByteSource {
  let open = true;
  return {
    size: reading(() => fstatSync(fd).size),
    read: (target, position) => reading(() => readSync(fd, target, 0, target.length, position)),
    close() {
      if (!open) return;
      open = false;
      closeSync(fd);
      afterClose();
    },
  };
}

async function gunzip(file: Stored, packed: number, options: GzipOptions): Promise<ByteSource> {
  const ratio = options.maxExpansion ?? defaultExpansion.ratio;
  const bound = Math.max(options.freeBytes ?? defaultExpansion.bytes, packed * ratio);
  const folder = writing(() => mkdtempSync(join(tmpdir(), "touchstone-")));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  let fd: number;
  try {
    fd = writing(() => openSync(join(folder, "text"), "wx+", 0o600));
  } catch (error) {
    remove();
    throw error;
  }
  // Where an open file may be unlinked it is nameless from here on, so that a killed run leaves nothing behind.
  if (process.platform !== "win32") remove();
  const packedBytes = streamOf(file, chunk);
  const unpacked = createGunzip({ chunkSize: chunk });
  packedBytes.on("error", (error) => unpacked.destroy(error));
  let size = 0;
  try {
    for await (const part of packedBytes.pipe(unpacked) as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > bound) throw tooLarge(size, packed, ratio);
      writeAll(fd, part);
    }
    return { ...fileSource(fd, remove), decompressed: true };
  } catch (cause) {
    closeSync(fd);
    remove();
    if (cause instanceof InputError) throw cause;
    if (codeOf(cause)?.startsWith("Z_") !== true) throw notReadable(cause);
    const found = cause instanceof Error ? cause.message : String(cause);
    throw new InputError("TS-FORMAT-0017", { found, expected: "gzip data to the end", cause });
  } finally {
    packedBytes.destroy();
  }
}

function tooLarge(size: number, packed: number, ratio: number): InputError {
  return new InputError("TS-FORMAT-0016", {
    found: `more than ${size - 1} bytes from ${packed} compressed ones`,
    expected: `at most ${ratio} times the compressed size`,
    hint: "Decompress it yourself if you trust it",
  });
}

function writeAll(fd: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) done += writing(() => writeSync(fd, bytes, done));
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}

/** A failing system call is a fact about the input; anything else is a fault of ours and passes. */
function notReadable(cause: unknown): unknown {
  const code = codeOf(cause);
  return code === undefined ? cause : new InputError("TS-IO-0001", { found: code, cause });
}

function reading<T>(call: () => T): T {
  try {
    return call();
  } catch (cause) {
    throw notReadable(cause);
  }
}

function writing<T>(call: () => T): T {
  try {
    return call();
  } catch (cause) {
    const found = codeOf(cause);
    if (found === undefined) throw cause;
    throw new InputError("TS-IO-0002", { found, expected: "room for the decompressed text", cause });
  }
}
