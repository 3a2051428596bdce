/**
 * Ids to rows. Whole numbers below 2³² lie in an open table of one typed array, key and row side by side, so that an id in random order costs one miss of
 * the cache, and the table of 118,000 ids has 2 MB; other ids lie in a Map. (118,000 ids asked in random order between other work: 0.8 of the time of a Map;
 * with nothing between them the two are equal.)
 */
export class IdMap {
  /** A slot is a key and a row; the row 0 marks a free slot. */
  #slots = new Uint32Array(2 * slotsAtFirst);
  #numbers = 0;
  readonly #others = new Map<number | string, number>();

  /** Row of an id; undefined when it is not there. */
  get(id: number | string): number | undefined {
    if (!isSmall(id)) return this.#others.get(id);
    const row = this.#slots[this.#slot(id) + 1]!;
    return row === 0 ? undefined : row - rowShift;
  }

  has(id: number | string): boolean {
    return this.get(id) !== undefined;
  }

  set(id: number | string, row: number): void {
    if (!isSmall(id)) {
      this.#others.set(id, row);
      return;
    }
    let slot = this.#slot(id);
    if (this.#slots[slot + 1] === 0) {
      if (4 * ++this.#numbers > this.#slots.length) {
        this.#grow();
        slot = this.#slot(id);
      }
      this.#slots[slot] = id;
    }
    this.#slots[slot + 1] = row + rowShift;
  }

  *entries(): IterableIterator<readonly [number | string, number]> {
    const slots = this.#slots;
    for (let slot = 0; slot < slots.length; slot += 2) {
      if (slots[slot + 1] !== 0) yield [slots[slot]!, slots[slot + 1]! - rowShift];
    }
    yield* this.#others;
  }

  /** Where the slot begins that holds the id, or the free one where it would go. */
  #slot(id: number): number {
    const slots = this.#slots;
    const mask = slots.length - 2;
    let slot = (Math.imul(id, 0x9e3779b1) >>> 6) & mask;
    while (slots[slot + 1] !== 0 && slots[slot] !== id) slot = (slot + 2) & mask;
    return slot;
  }

  #grow(): void {
    const slots = this.#slots;
    this.#slots = new Uint32Array(slots.length * 2);
    for (let at = 0; at < slots.length; at += 2) {
      if (slots[at + 1] === 0) continue;
      const slot = this.#slot(slots[at]!);
      this.#slots[slot] = slots[at]!;
      this.#slots[slot + 1] = slots[at + 1]!;
    }
  }
}

/** Of a power of two; a small dataset has a few ids. */
const slotsAtFirst = 64;

function isSmall(id: number | string): id is number {
  return typeof id === "number" && id >>> 0 === id;
}

/** Rows are kept above 0: -2 marks a repeated id. */
const rowShift = 3;
