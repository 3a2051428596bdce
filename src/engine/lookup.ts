import { IdMap } from "./id-map.js";

/** Row of an id that occurs more than once: a reference to it joins nothing. */
const repeated = -2;

/**
 * Ids of one kind. A file that declares the kind is looked up in itself (ids are unique per file); a file that does not (a file of
 * results) in all that other files declare. Where no file declares the kind, nothing is dangling.
 */
export class IdLookup {
  #own = new IdMap();
  readonly #all = new IdMap();
  #declaredHere = false;
  #declaredSomewhere = false;

  beginFile(): void {
    this.#own = new IdMap();
    this.#declaredHere = false;
  }

  declare(): void {
    this.#declaredHere = true;
    this.#declaredSomewhere = true;
  }

  add(id: number | string, row: number): void {
    this.declare();
    this.#own.set(id, this.#own.has(id) ? repeated : row);
  }

  /** Makes the ids of this file known to files that declare none. */
  endFile(): void {
    for (const [id, row] of this.#own.entries()) this.#all.set(id, this.#all.has(id) ? repeated : row);
    this.#own = new IdMap();
  }

  /** Row, or -1 when the id is unknown or occurs more than once. */
  row(id: number | string): number {
    const found = this.#declaredHere ? this.#own.get(id) : this.#all.get(id);
    return found === undefined || found === repeated ? -1 : found;
  }

  known(id: number | string): boolean {
    if (this.#declaredHere) return this.#own.has(id);
    return !this.#declaredSomewhere || this.#all.has(id);
  }
}
