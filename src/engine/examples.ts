import type { FindingValue } from "../records/finding.js";
import type { Kind } from "../records/grammar.gen.js";
import type { Drawing } from "../records/report.gen.js";

/** A finding as it is kept. Line, column and messages are worked out for the report. */
export interface Example {
  /** 64-bit fingerprint as two halves. */
  readonly high: number;
  readonly low: number;
  readonly kind: Kind;
  readonly file: number;
  readonly offset: number;
  readonly element: number;
  readonly waived: boolean;
  readonly values: readonly FindingValue[];
  readonly record?: string;
  readonly media?: string;
  readonly category?: string;
  readonly pointer?: string;
  /** Ids of the other members of a pair or group. */
  readonly others?: readonly string[];
  readonly drawing?: Drawing;
}

/** Total order: fingerprint, then place. Nothing depends on the order of arrival. */
export function compareExamples(left: Example, right: Example): number {
  return (
    left.high - right.high ||
    left.low - right.low ||
    left.file - right.file ||
    left.offset - right.offset ||
    left.element - right.element
  );
}

/** Keeps the `cap` smallest examples: the same set whatever order they come in, spread over the data, mergeable. */
export class Examples {
  readonly #cap: number;
  #items: Example[] = [];
  #limit: Example | undefined;

  constructor(cap: number) {
    this.#cap = cap;
  }

  /** Whether an example with this fingerprint can still get in; asked before the example is made. */
  admits(high: number, low: number): boolean {
    const limit = this.#limit;
    return limit === undefined || high < limit.high || (high === limit.high && low <= limit.low);
  }

  add(example: Example): void {
    if (this.#cap === 0) return;
    this.#items.push(example);
    if (this.#items.length >= 2 * this.#cap + 16) this.#trim();
  }

  #trim(): void {
    this.#items.sort(compareExamples);
    if (this.#items.length > this.#cap) this.#items.length = this.#cap;
    this.#limit = this.#items.length === this.#cap ? this.#items[this.#cap - 1] : undefined;
  }

  /** The kept ones, smallest first. */
  kept(): readonly Example[] {
    this.#trim();
    return this.#items;
  }
}
