import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { InputError } from "../../records/errors.js";
import type { ByteSource } from "../json/api.js";
import { memorySource } from "./memory-source.js";
import { hashFile, hashingSource, openFile, openMaybeGzip, type Stored } from "./source.js";

const folder = mkdtempSync(join(tmpdir(), "source-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, bytes: Uint8Array | string): Stored {
  const absolute = join(folder, name);
  writeFileSync(absolute, bytes);
  return { absolute };
}

function textOf(source: ByteSource): string {
  const all = Buffer.alloc(source.size + 1);
  return all.toString("utf8", 0, source.read(all, 0));
}

async function codeOf(open: () => unknown): Promise<string> {
  try {
    await open();
    return "no error";
  } catch (error) {
    if (error instanceof InputError) return error.code;
    throw error;
  }
}

const decompressed = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith("touchstone-"));

describe("a file", () => {
  test("is read at any position", () => {
    const source = openFile(fileOf("plain.json", "0123456789"));
    const target = new Uint8Array(4);
    expect([source.size, source.read(target, 8), target[0], source.read(target, 10)]).toEqual([10, 2, 0x38, 0]);
    source.close();
    source.close();
  });

  test("that is not there cannot be read", async () => {
    expect(await codeOf(() => openFile({ absolute: join(folder, "none") }))).toBe("TS-IO-0001");
    expect(await codeOf(() => openMaybeGzip({ absolute: join(folder, "none") }))).toBe("TS-IO-0001");
    expect(await codeOf(() => hashFile({ absolute: join(folder, "none") }))).toBe("TS-IO-0001");
  });
});

describe("openMaybeGzip", () => {
  test("decompresses by content, whatever the name, and leaves nothing behind", async () => {
    const before = decompressed();
    const text = `[${"1,".repeat(400_000)}1]`;
    const source = await openMaybeGzip(fileOf("packed.json", gzipSync(text)));
    expect(textOf(source) === text).toBe(true);
    source.close();
    expect(decompressed()).toEqual(before);
    const plain = await openMaybeGzip(fileOf("plain.json.gz", "[1]"));
    expect(textOf(plain)).toBe("[1]");
    plain.close();
  });

  test("reads the parts of a file that was packed in several", async () => {
    const source = await openMaybeGzip(fileOf("parts.gz", Buffer.concat([gzipSync("[1,"), gzipSync("2]")])));
    expect(textOf(source)).toBe("[1,2]");
    source.close();
  });

  test.each<[string, Uint8Array, string]>([
    ["cut short", gzipSync(randomBytes(1000)).subarray(0, 700), "TS-FORMAT-0017"],
    ["changed inside", gzipSync("a".repeat(1000)).map((byte, i) => (i === 14 ? byte ^ 0xff : byte)), "TS-FORMAT-0017"],
    ["UTF-16", Buffer.from("[1]", "utf16le"), "TS-FORMAT-0013"],
    ["UTF-16, packed", gzipSync(Buffer.from("\ufeff[1]", "utf16le")), "TS-FORMAT-0013"],
  ])("refuses what is %s", async (_, bytes, code) => {
    const before = decompressed();
    expect(await codeOf(() => openMaybeGzip(fileOf("bad.gz", bytes)))).toBe(code);
    expect(decompressed()).toEqual(before);
  });

  test("refuses a gzip bomb at the bound", async () => {
    const bomb = fileOf("bomb.gz", gzipSync(Buffer.alloc(300 * 1024 * 1024)));
    const begun = performance.now();
    expect(await codeOf(() => openMaybeGzip(bomb))).toBe("TS-FORMAT-0016");
    expect(performance.now() - begun).toBeLessThan(5000); // 64 MB take about 0.2 s
  });

  test("the bound is both: many times its size, and more than the free bytes", async () => {
    const path = fileOf("zeros.gz", gzipSync(Buffer.alloc(1_000_000)));
    expect(await codeOf(() => openMaybeGzip(path, { freeBytes: 999_999, maxExpansion: 2 }))).toBe("TS-FORMAT-0016");
    for (const options of [
      { freeBytes: 1_000_000, maxExpansion: 2 },
      { freeBytes: 0, maxExpansion: 2000 },
    ]) {
      (await openMaybeGzip(path, options)).close();
    }
  });
});

test("a digest is that of the whole file, read alone or while reading", async () => {
  const bytes = randomBytes(600_000);
  const expected = createHash("sha256").update(bytes).digest("hex");
  expect(await hashFile(fileOf("random", bytes))).toBe(expected);
  const source = hashingSource(memorySource(bytes));
  const target = new Uint8Array(1000);
  for (const position of [0, 1000, 500, 2500, 0, 1500]) source.read(target, position);
  expect(source.digest()).toBe(expected);
});
