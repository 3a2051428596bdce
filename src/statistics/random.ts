/**
 * A seeded stream of 32-bit words, the same on every machine: xoshiro128** 1.1 (Blackman & Vigna 2018, public domain), its state filled from
 * the seed and a stream number through the finisher of MurmurHash3. Not against an adversary.
 */
export class Random {
  #a = 0;
  #b = 0;
  #c = 0;
  #d = 0;

  /** @param stream one seed has many streams that have nothing to do with each other: one for each medium, say */
  constructor(seed: number, stream = 0) {
    this.reset(seed, stream);
  }

  reset(seed: number, stream: number): void {
    let state = (mix(seed | 0) ^ mix(Math.floor(seed / 2 ** 32) | 0) ^ mix(Math.imul(stream | 0, 0x9e3779b9))) | 0;
    const next = (): number => {
      state = (state + 0x9e3779b9) | 0;
      return mix(state);
    };
    this.#a = next();
    this.#b = next();
    this.#c = next();
    this.#d = next();
    // All four are 0 for no seed in practice; the generator would then stand still.
    if ((this.#a | this.#b | this.#c | this.#d) === 0) this.#a = 1;
  }

  /** A whole number from 0 to 2³² − 1. */
  word(): number {
    const five = Math.imul(this.#b, 5);
    const result = Math.imul((five << 7) | (five >>> 25), 9);
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result >>> 0;
  }
}

/** The finisher of MurmurHash3 (Appleby 2011, public domain): a bijection of 32-bit words. */
function mix(word: number): number {
  let x = word;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}
