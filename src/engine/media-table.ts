import { clearMedia, type MediaRecord } from "../records/types.gen.js";

const splits = [undefined, "train", "val", "test"] as const;

/** Grows a typed array to hold at least `length` numbers, keeping what is in it. */
function grown<T extends Float64Array | Uint32Array | Uint8Array>(array: T, length: number): T {
  if (array.length >= length) return array;
  const next = new (array.constructor as new (n: number) => T)(Math.max(length, Math.ceil(array.length * 1.5), 32));
  next.set(array);
  return next;
}

/** Fields that every medium may have are columns; the rare ones are kept beside them. */
type Rare = Pick<
  MediaRecord,
  | "not_exhaustive"
  | "found"
  | "listing"
  | "readable"
  | "type"
  | "decoded_width"
  | "decoded_height"
  | "orientation"
  | "sha256"
  | "path_key"
>;
const rareFields = [
  "not_exhaustive",
  "found",
  "listing",
  "readable",
  "type",
  "decoded_width",
  "decoded_height",
  "orientation",
  "sha256",
  "path_key",
] as const;

/** All media of the dataset, in the order read: about 60 bytes each, so that 10 million fit into memory. */
export class MediaTable {
  length = 0;
  readonly #ids: (number | string | undefined)[] = [];
  readonly #paths: (string | undefined)[] = [];
  readonly #captured: (string | undefined)[] = [];
  /** Width and height in turn: annotations come to their media in any order, and one place is one miss of the cache. */
  #size = new Float64Array(0);
  #split = new Uint8Array(0);
  #file = new Uint32Array(0);
  #offset = new Float64Array(0);
  #element = new Uint32Array(0);
  readonly #rare = new Map<number, Partial<Rare>>();

  push(record: MediaRecord, file: number, offset: number, element: number): number {
    const at = this.length++;
    if (at >= this.#split.length) {
      this.#split = grown(this.#split, at + 1);
      this.#size = grown(this.#size, 2 * this.#split.length);
      this.#file = grown(this.#file, at + 1);
      this.#offset = grown(this.#offset, at + 1);
      this.#element = grown(this.#element, at + 1);
    }
    this.#ids.push(record.id);
    this.#paths.push(record.path);
    this.#captured.push(record.captured_at);
    this.#size[2 * at] = record.width ?? Number.NaN;
    this.#size[2 * at + 1] = record.height ?? Number.NaN;
    this.#split[at] = Math.max(0, splits.indexOf(record.split));
    this.#file[at] = file;
    this.#offset[at] = offset;
    this.#element[at] = element;
    for (const field of rareFields) if (record[field] !== undefined) this.amend(at, { [field]: record[field] });
    return at;
  }

  /** Adds what is known of a medium only later (its bytes). */
  amend(at: number, facts: Partial<Rare>): void {
    this.#rare.set(at, { ...this.#rare.get(at), ...facts });
  }

  id(at: number): number | string | undefined {
    return this.#ids[at];
  }
  path(at: number): string | undefined {
    return this.#paths[at];
  }
  file(at: number): number {
    return this.#file[at]!;
  }
  offset(at: number): number {
    return this.#offset[at]!;
  }
  element(at: number): number {
    return this.#element[at]!;
  }

  /** Fills the fields that an annotation's join sees. */
  join(at: number, record: MediaRecord): void {
    const width = this.#size[2 * at]!;
    const height = this.#size[2 * at + 1]!;
    record.id = this.#ids[at];
    record.path = this.#paths[at];
    record.width = Number.isNaN(width) ? undefined : width;
    record.height = Number.isNaN(height) ? undefined : height;
    record.split = splits[this.#split[at]!];
  }

  /** Fills the whole record. */
  fill(at: number, record: MediaRecord): void {
    clearMedia(record);
    this.join(at, record);
    record.captured_at = this.#captured[at];
    const rare = this.#rare.get(at);
    if (rare !== undefined) Object.assign(record, rare);
  }
}
