import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const rowsPerChunk = 65_536;

type Numbers = Float64Array | Uint32Array | Uint8Array;

/**
 * A column of numbers, one row a record. Full chunks go to a temporary file, so that memory does not grow with the data; a dataset of
 * up to 65,536 rows never touches the disk. Filled once, then scanned in order as often as needed.
 */
export class Column<T extends Numbers> {
  #length = 0;
  readonly #width: number;
  readonly #chunk: T;
  readonly #name: string;
  readonly #spill: SpillFolder;
  #file: number | undefined;

  /** @param width numbers a row (4 for a box) */
  constructor(spill: SpillFolder, name: string, make: (numbers: number) => T, width = 1) {
    this.#spill = spill;
    this.#name = name;
    this.#width = width;
    this.#chunk = make(rowsPerChunk * width);
  }

  get length(): number {
    return this.#length;
  }

  /** Opens the next row; gives the chunk and the position at which to write its numbers. */
  push(a: number, b = 0, c = 0, d = 0): void {
    const width = this.#width;
    let at = (this.#length % rowsPerChunk) * width;
    if (at === 0 && this.#length > 0) this.#writeChunk();
    this.#chunk[at] = a;
    if (width === 4) {
      this.#chunk[++at] = b;
      this.#chunk[++at] = c;
      this.#chunk[++at] = d;
    }
    this.#length++;
  }

  #writeChunk(): void {
    this.#file ??= this.#spill.open(this.#name);
    const chunk = this.#chunk;
    const position = (this.#length / rowsPerChunk - 1) * chunk.byteLength;
    writeSync(
      this.#file,
      new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength),
      0,
      chunk.byteLength,
      position,
    );
  }

  /** Calls `visit(numbers, firstRow, rows)` for each chunk in order; `numbers` is only good during the call. */
  scan(visit: (numbers: T, firstRow: number, rows: number) => void): void {
    const scratch = this.#file === undefined ? this.#chunk : (this.#chunk.slice() as T);
    const last = Math.max(0, Math.ceil(this.#length / rowsPerChunk) - 1);
    for (let index = 0; index <= last; index++) {
      const first = index * rowsPerChunk;
      const rows = Math.min(rowsPerChunk, this.#length - first);
      if (rows === 0) return;
      visit(this.chunk(index, scratch), first, rows);
    }
  }

  /** Chunk `index`, in `scratch` where it comes from the disk. */
  chunk(index: number, scratch: T): T {
    const last = Math.max(0, Math.ceil(this.#length / rowsPerChunk) - 1);
    if (index === last || this.#file === undefined) return this.#chunk;
    readSync(
      this.#file,
      new Uint8Array(scratch.buffer, scratch.byteOffset, scratch.byteLength),
      0,
      scratch.byteLength,
      index * scratch.byteLength,
    );
    return scratch;
  }

  /** A new array that can hold one chunk. */
  scratch(): T {
    return this.#chunk.slice() as T;
  }

  /** The numbers of one row; for the few rows that end in a finding. */
  row(row: number): T {
    const index = Math.floor(row / rowsPerChunk);
    const last = Math.max(0, Math.ceil(this.#length / rowsPerChunk) - 1);
    const within = (row % rowsPerChunk) * this.#width;
    const numbers = this.#chunk.slice(within, within + this.#width) as T;
    if (index === last || this.#file === undefined) return numbers;
    readSync(
      this.#file,
      new Uint8Array(numbers.buffer),
      0,
      numbers.byteLength,
      index * this.#chunk.byteLength + within * numbers.BYTES_PER_ELEMENT,
    );
    return numbers;
  }
}

/** The temporary folder of one run; gone after `close`. */
export class SpillFolder {
  #folder: string | undefined;
  readonly #open: number[] = [];

  open(name: string): number {
    this.#folder ??= mkdtempSync(join(tmpdir(), "touchstone-"));
    const file = openSync(join(this.#folder, name), "w+");
    this.#open.push(file);
    return file;
  }

  close(): void {
    for (const file of this.#open.splice(0)) closeSync(file);
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = undefined;
  }
}

export const rowsInChunk = rowsPerChunk;
