const maxKeys = 65_536;
const maxKeyBytes = 256;
/** Keys made to collide end here, and are found by their text, as V8 seeds the hash of its strings. */
const maxProbes = 64;
const noKey = 0;

/**
 * Every distinct key as one string and one small number, found by its bytes without making a string. After `maxKeys` different ones (a dictionary
 * with an entry per picture) further keys are no longer kept.
 */
export class KeyTable {
  /** By index; index 0 means "no key". */
  readonly texts: string[] = [""];
  private readonly byText = new Map<string, number>();
  private starts = new Int32Array(64);
  private lengths = new Int32Array(64);
  private next = new Int32Array(64);
  private slots = new Int32Array(256);
  private arena = new Uint8Array(1024);
  private used = 0;
  private spellings = 0;

  /** The index of the key that followed `before` the last time, when it is what stands at `start`; else 0. Spares the hash. */
  guess(before: number, bytes: Uint8Array, start: number): number {
    const index = this.next[before]!;
    const length = this.lengths[index]!;
    if (length === 0) return noKey;
    const from = this.starts[index]!;
    const arena = this.arena;
    for (let i = 0; i < length; i++) if (arena[from + i] !== bytes[start + i]) return noKey;
    return bytes[start + length] === 0x22 ? index : noKey;
  }

  /** How many bytes the stored spelling of a key has. */
  bytesOf(index: number): number {
    return this.lengths[index]!;
  }

  /** The index of a key by its bytes, 0 when these bytes were not stored. */
  find(before: number, bytes: Uint8Array, start: number, end: number): number {
    const mask = this.slots.length - 1;
    const first = hash(bytes, start, end);
    for (let probe = 0; probe < maxProbes; probe++) {
      const slot = (first + probe) & mask;
      const index = this.slots[slot]!;
      if (index === 0) return noKey;
      if (this.equals(index, bytes, start, end)) {
        this.next[before] = index;
        return index;
      }
    }
    return noKey;
  }

  /** The index of a key by its text, made if need be; 0 when the table is full. */
  indexOf(text: string): number {
    const known = this.byText.get(text);
    if (known !== undefined) return known;
    if (this.texts.length >= maxKeys || text.length > maxKeyBytes) return noKey;
    const index = this.texts.push(text) - 1;
    this.byText.set(text, index);
    if (index >= this.starts.length) {
      this.starts = grown(this.starts);
      this.lengths = grown(this.lengths);
      this.next = grown(this.next);
    }
    return index;
  }

  /** Stores the one spelling of a key that has no escape, for `find`. */
  store(index: number, bytes: Uint8Array, start: number, end: number): void {
    const length = end - start;
    // The empty key has no bytes to compare; it is rare enough to go by its text.
    if (length === 0 || this.lengths[index] !== 0) return;
    while (this.used + length > this.arena.length) {
      const larger = new Uint8Array(this.arena.length * 2);
      larger.set(this.arena);
      this.arena = larger;
    }
    this.arena.set(bytes.subarray(start, end), this.used);
    this.starts[index] = this.used;
    this.lengths[index] = length;
    this.used += length;
    this.spellings++;
    if (this.spellings * 2 > this.slots.length) this.rehash();
    else this.place(index);
  }

  private place(index: number): void {
    const start = this.starts[index]!;
    const mask = this.slots.length - 1;
    const first = hash(this.arena, start, start + this.lengths[index]!);
    for (let probe = 0; probe < maxProbes; probe++) {
      const slot = (first + probe) & mask;
      if (this.slots[slot] !== 0) continue;
      this.slots[slot] = index;
      return;
    }
  }

  private rehash(): void {
    this.slots = new Int32Array(this.slots.length * 4);
    for (let index = 1; index < this.texts.length; index++) if (this.lengths[index]! > 0) this.place(index);
  }

  private equals(index: number, bytes: Uint8Array, start: number, end: number): boolean {
    const length = this.lengths[index]!;
    if (length !== end - start) return false;
    const from = this.starts[index]!;
    for (let i = 0; i < length; i++) if (this.arena[from + i] !== bytes[start + i]) return false;
    return true;
  }
}

const listed = 16;

/**
 * Which keys the open objects have had. Keys 0 … 31 are bits; up to 16 others stand in a list, and an object with more gets a set of its own, which goes
 * when the object is closed. An index is one for all spellings of a key, and a key never changes between having one and having none.
 */
export class SeenKeys {
  private readonly bits: Int32Array;
  private readonly list: Int32Array;
  private readonly counts: Uint8Array;
  private readonly sets = new Map<number, Set<string>>();

  constructor(maxDepth: number) {
    this.bits = new Int32Array(maxDepth + 1);
    this.list = new Int32Array((maxDepth + 1) * listed);
    this.counts = new Uint8Array(maxDepth + 1);
  }

  open(depth: number): void {
    this.bits[depth] = 0;
    this.counts[depth] = 0;
    if (this.sets.size > 0) this.sets.delete(depth);
  }

  /** Notes a key; true when the object at this depth had it already. */
  again(depth: number, index: number, text: string): boolean {
    if (index !== noKey && index < 32) {
      const bit = 1 << index;
      const bits = this.bits[depth]!;
      this.bits[depth] = bits | bit;
      return (bits & bit) !== 0;
    }
    if (index !== noKey) {
      const from = depth * listed;
      const count = this.counts[depth]!;
      for (let i = from; i < from + count; i++) if (this.list[i] === index) return true;
      if (count < listed) {
        this.list[from + count] = index;
        this.counts[depth] = count + 1;
        return false;
      }
    }
    const set = this.sets.get(depth);
    if (set === undefined) {
      this.sets.set(depth, new Set([text]));
      return false;
    }
    const before = set.size;
    return set.add(text).size === before;
  }
}

function hash(bytes: Uint8Array, start: number, end: number): number {
  let value = end - start;
  for (let i = start; i < end; i++) value = Math.imul(value ^ bytes[i]!, 0x01000193);
  return value ^ (value >>> 15);
}

function grown(old: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(old.length * 2);
  larger.set(old);
  return larger;
}
