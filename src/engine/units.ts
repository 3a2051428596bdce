/** A small dataset has a few units of each kind: the room for them begins so and doubles. */
const unitsAtFirst = 32;

/** Units of one kind, with the indicators for which each was asked, is bad or is open: one bit an indicator, so a unit counts once. */
export class Units {
  length = 0;
  #asked = new Uint16Array(unitsAtFirst);
  #bad = new Uint16Array(unitsAtFirst);
  #open = new Uint16Array(unitsAtFirst);
  readonly #lost: { readonly asked: number; readonly bad: number }[] = [];

  /** Adds a unit; gives its row. */
  push(asked: number, bad: number, open: number): number {
    const row = this.length++;
    if (row === this.#asked.length) {
      this.#asked = longer(this.#asked);
      this.#bad = longer(this.#bad);
      this.#open = longer(this.#open);
    }
    this.#asked[row] = asked;
    this.#bad[row] = bad;
    this.#open[row] = open;
    return row;
  }

  /** Adds a unit that has no record: it could not be read, and a fault says why. */
  pushLost(asked: number, bad: number): void {
    this.#lost.push({ asked, bad });
  }

  /** Adds to a unit what a rule that ran later says of it. */
  add(row: number, asked: number, bad: number, open: number): void {
    this.#asked[row]! |= asked;
    this.#bad[row]! |= bad;
    this.#open[row]! |= open;
  }

  /** B, bad and open for one indicator. A bad unit is not open. */
  count(bit: number): { b: number; bad: number; open: number } {
    let b = 0;
    let bad = 0;
    let open = 0;
    for (let row = 0; row < this.length; row++) {
      if ((this.#asked[row]! & bit) === 0) continue;
      b++;
      if ((this.#bad[row]! & bit) !== 0) bad++;
      else if ((this.#open[row]! & bit) !== 0) open++;
    }
    for (const unit of this.#lost) {
      if ((unit.asked & bit) === 0) continue;
      b++;
      if ((unit.bad & bit) !== 0) bad++;
    }
    return { b, bad, open };
  }
}

/** At most this many indicators can be decided by rules: one bit each. */
export const maxIndicators = 16;

function longer(array: Uint16Array): Uint16Array<ArrayBuffer> {
  const next = new Uint16Array(array.length * 2);
  next.set(array);
  return next;
}
