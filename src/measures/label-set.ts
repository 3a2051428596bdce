import { Hash64 } from "../statistics/hash.js";
import { type Measure, type Observation, ratio } from "./measure.js";

/** 32-bit words of the set of a medium's labels. */
const words = 4;
/** Bits that a label sets. */
const bitsOfLabel = 3;

/**
 * The set of labels of each medium, as a Bloom filter of 128 bits (Bloom 1970): adding a label twice changes nothing, and sets merge by `or`. Two
 * media with the same labels have the same bits; different bits mean different labels.
 */
interface LabelSets {
  bits: Uint32Array;
  /** Bits of a category or label by its row, worked out when it is first met. */
  readonly ofRow: (Uint32Array | undefined)[];
}

const hash = new Hash64();

function bitsOf(name: string): Uint32Array {
  const bits = new Uint32Array(words);
  for (let k = 0; k < bitsOfLabel; k++) {
    hash.reset();
    hash.number(k);
    hash.text(name);
    const bit = Number.parseInt(hash.hex().slice(0, 8), 16) % (32 * words);
    bits[bit >>> 5] = (bits[bit >>> 5] ?? 0) | (1 << (bit & 31));
  }
  return bits;
}

function longer(bits: Uint32Array, length: number): Uint32Array {
  const next = new Uint32Array(length);
  next.set(bits.subarray(0, Math.min(bits.length, length)));
  return next;
}

function add(tally: LabelSets, { media_row, category_row, category, annotation }: Observation): void {
  if (media_row < 0 || category_row < 0) return;
  let own = tally.ofRow[category_row];
  if (own === undefined) {
    own = bitsOf(category.name ?? annotation.label ?? String(category.id ?? ""));
    tally.ofRow[category_row] = own;
  }
  const first = media_row * words;
  if (first + words > tally.bits.length) tally.bits = longer(tally.bits, 2 * (first + words));
  const { bits } = tally;
  for (let at = 0; at < words; at++) bits[first + at] = (bits[first + at] ?? 0) | (own[at] ?? 0);
}

/**
 * A number for the set of a medium's labels, A = X, B = 1: the same for the same labels, 0 for none. Different labels have different numbers but for the filter's
 * collisions: a label more or less goes unseen with odds of about (3n/128)³ in a set of n, one in 600 for five.
 */
export const labelSetOfMedia: Measure<LabelSets> = {
  id: "label-set-of-media",
  title: { zh: "数据项的标签集合（以数表示）", en: "Set of a medium's labels, as a number" },
  orientation: "none",
  unit: "sets of labels",
  source: "Bloom 1970",
  by: "media",
  empty: () => ({ bits: new Uint32Array(0), ofRow: [] }),
  annotation: add,
  merge(left, right) {
    const bits = longer(left.bits, Math.max(left.bits.length, right.bits.length));
    right.bits.forEach((word, at) => {
      bits[at] = (bits[at] ?? 0) | word;
    });
    return { bits, ofRow: [] };
  },
  measure({ bits }, _totals, row = -1) {
    if (row < 0) return ratio(0, 0);
    const first = row * words;
    let any = 0;
    hash.reset();
    for (let at = first; at < first + words; at++) {
      const word = bits[at] ?? 0;
      any |= word;
      hash.number(word);
    }
    if (any === 0) return ratio(0, 1);
    return ratio(hash.number52(), 1);
  },
};
