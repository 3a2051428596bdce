import type { SpillFile } from "./held-chunks.js";
import type { SpillFolder } from "./spill-folder.js";

const rowsInChunk = 65_536;
/** A small dataset is not given a whole chunk: columns begin so and double. */
const rowsAtFirst = 64;

type Numbers = Float64Array | Uint32Array | Uint8Array;

/** Where full chunks go. */
type Spill = Pick<SpillFolder, "open">;

/**
 * Columns of numbers, one row a record. Full chunks go to a temporary file, so that memory does not grow with the data; a dataset of
 * up to 65,536 rows never touches the disk. Filled once, then read in order as often as needed.
 */
export class Table {
  /** Rows so far. */
  length = 0;
  #room = rowsAtFirst;
  readonly #columns: Column<Numbers>[] = [];
  readonly #spill: Spill;

  constructor(spill: Spill) {
    this.#spill = spill;
  }

  /** @param width numbers a row (4 for a box) */
  column<T extends Numbers>(name: string, make: (numbers: number) => T, width = 1): Column<T> {
    const column = new Column(this, this.#spill, name, make, width);
    this.#columns.push(column as Column<Numbers>);
    return column;
  }

  /** Opens the next row; gives its place in the `open` chunk of every column, where its numbers have to be written now. */
  next(): number {
    const row = this.length++;
    const at = row % rowsInChunk;
    if (at === 0 && row > 0) for (const column of this.#columns) column.spill(row / rowsInChunk - 1);
    if (at === this.#room) {
      this.#room = Math.min(rowsInChunk, 2 * this.#room);
      for (const column of this.#columns) column.widen(this.#room);
    }
    return at;
  }

  /** Calls `visit(chunk, firstRow, rows)` for each chunk in order. */
  scan(visit: (chunk: number, firstRow: number, rows: number) => void): void {
    for (let first = 0; first < this.length; first += rowsInChunk)
      visit(first / rowsInChunk, first, Math.min(rowsInChunk, this.length - first));
  }
}

class Column<T extends Numbers> {
  /** The chunk that is being filled. */
  open: T;
  readonly #make: (numbers: number) => T;
  readonly #table: Table;
  readonly #spill: Spill;
  readonly #name: string;
  readonly #width: number;
  #file: SpillFile | undefined;

  constructor(table: Table, spill: Spill, name: string, make: (numbers: number) => T, width: number) {
    this.#table = table;
    this.#spill = spill;
    this.#name = name;
    this.#make = make;
    this.open = make(rowsAtFirst * width);
    this.#width = width;
  }

  /** Room for so many rows in the open chunk. */
  widen(rows: number): void {
    const wider = this.#make(rows * this.#width);
    wider.set(this.open);
    this.open = wider;
  }

  /** Writes the open chunk away: it is chunk `index`. */
  spill(index: number): void {
    this.#file ??= this.#spill.open(this.#name);
    this.#file.write(bytesOf(this.open), index * this.open.byteLength);
  }

  /** Chunk `index`, in `scratch` where it comes from the disk; only good until either is filled again. */
  chunk(index: number, scratch: T): T {
    if (this.#isOpen(index) || this.#file === undefined) return this.open;
    this.#file.read(bytesOf(scratch), index * scratch.byteLength);
    return scratch;
  }

  /** A new array that can hold one chunk; the open one itself where there is no other. */
  scratch(): T {
    return this.#file === undefined ? this.open : (this.open.slice() as T);
  }

  /** The numbers of one row; for the few rows that end in a finding. */
  row(row: number): T {
    const index = Math.floor(row / rowsInChunk);
    const within = (row % rowsInChunk) * this.#width;
    const numbers = this.open.slice(within, within + this.#width) as T;
    if (this.#isOpen(index) || this.#file === undefined) return numbers;
    const position = index * this.open.byteLength + within * numbers.BYTES_PER_ELEMENT;
    this.#file.read(bytesOf(numbers), position);
    return numbers;
  }

  #isOpen(index: number): boolean {
    return index === Math.floor((this.#table.length - 1) / rowsInChunk);
  }
}

export type { Column };

function bytesOf(numbers: Numbers): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}
