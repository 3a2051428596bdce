import { Random } from "../statistics/random.js";

/**
 * Where a generator gets its choices from. Written once against this, a dataset comes from fast-check, which shrinks it, or from a seeded stream, which is
 * fast. The simplest choice is the least: `least`, the first of a list, the shortest list.
 */
export interface Draw {
  /** A whole number, both ends included. */
  int(least: number, most: number): number;
  /** A finite double, both ends included. */
  double(least: number, most: number): number;
  pick<T>(list: readonly T[]): T;
  list<T>(least: number, most: number, item: (at: number) => T): T[];
}

/** The draws of one stream of a seed; `stream` may be changed to go on with another. */
export interface SeededDraw extends Draw {
  stream(seed: number, stream: number): void;
}

/** Draws from a seeded stream: same seed, same choices. */
export function seededDraw(seed: number, stream = 0): SeededDraw {
  const random = new Random(seed, stream);
  const int = (least: number, most: number): number => {
    const range = most - least + 1;
    // 53 bits where 32 are not enough; what the remainder favours is less than 2⁻²⁰ of a range of 4,096 choices, the widest that matters.
    return range <= 2 ** 32
      ? least + Math.floor((random.word() / 2 ** 32) * range)
      : least + Math.floor(((random.word() >>> 5) * 2 ** 26 + (random.word() >>> 6)) * 2 ** -53 * range);
  };
  return {
    int,
    double: (least, most) => {
      const share = ((random.word() >>> 5) * 2 ** 26 + (random.word() >>> 6)) / (2 ** 53 - 1);
      return least + share * (most - least);
    },
    pick: (list) => list[int(0, list.length - 1)] as (typeof list)[number],
    list(least, most, item) {
      const count = int(least, most);
      return Array.from({ length: count }, (_, at) => item(at));
    },
    stream: (next, of) => random.reset(next, of),
  };
}
