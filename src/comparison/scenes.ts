import { type DeliveredMedia, type Delivery, mediaName, type Units } from "./delivery.js";
import type { Pairing } from "./pair.js";

/** Units of one medium on both sides; a row is that of `Units`. */
export interface Scene {
  /** Row of the medium in the first, −1 where only the second has it; and the other way round. */
  readonly first: number;
  readonly second: number;
  readonly firstRows: Int32Array;
  readonly secondRows: Int32Array;
}

/** Two datasets with what belongs together, and boxes of both in one measure: px, or shares where nobody knows the size of the medium. */
export interface Compared {
  readonly first: Delivery;
  readonly second: Delivery;
  readonly pairing: Pairing;
  readonly firstBoxes: Float64Array;
  readonly secondBoxes: Float64Array;
  /** 1 where the box is in shares of the image, for nobody knows its size. */
  readonly firstShares: Uint8Array;
  readonly secondShares: Uint8Array;
  /** Label of each unit among `pairing.labels`. */
  readonly firstLabels: Int32Array;
  readonly secondLabels: Int32Array;
  /** By name of the medium, not in the order of the data, on which intervals would depend: those of the first, then those that only the second has. */
  readonly scenes: readonly Scene[];
}

export function compareScenes(first: Delivery, second: Delivery, pairing: Pairing): Compared {
  const mineOf = rowsByMedia(first.units, first.media.length);
  const theirsOf = rowsByMedia(second.units, second.media.length);
  const scenes: Scene[] = byName(first).map((row) => {
    const partner = pairing.media[row] ?? -1;
    return {
      first: row,
      second: partner,
      firstRows: mineOf(row),
      secondRows: partner === -1 ? nothing : theirsOf(partner),
    };
  });
  for (const row of byName(second))
    if (pairing.mediaBack[row] === -1)
      scenes.push({ first: -1, second: row, firstRows: nothing, secondRows: theirsOf(row) });
  const partnerOfSecond = (row: number) => first.media[pairing.mediaBack[row] ?? -1];
  const partnerOfFirst = (row: number) => second.media[pairing.media[row] ?? -1];
  const mine = boxesInOneMeasure(first, partnerOfFirst);
  const theirs = boxesInOneMeasure(second, partnerOfSecond);
  return {
    first,
    second,
    pairing,
    firstBoxes: mine.boxes,
    secondBoxes: theirs.boxes,
    firstShares: mine.shares,
    secondShares: theirs.shares,
    firstLabels: first.units.label.map((label) => pairing.first[label] ?? -1),
    secondLabels: second.units.label.map((label) => pairing.second[label] ?? -1),
    scenes,
  };
}

const nothing = new Int32Array(0);

function byName(delivery: Delivery): readonly number[] {
  const names = delivery.media.map((_, row) => mediaName(delivery, row));
  return names.map((_, row) => row).sort((a, b) => compareText(names[a] ?? "", names[b] ?? ""));
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Rows of the units of each medium, in the order of the data. */
function rowsByMedia({ media, length }: Units, count: number): (row: number) => Int32Array {
  const starts = new Int32Array(count + 1);
  for (let i = 0; i < length; i++) starts[(media[i] ?? 0) + 1] = (starts[(media[i] ?? 0) + 1] ?? 0) + 1;
  for (let row = 0; row < count; row++) starts[row + 1] = (starts[row + 1] ?? 0) + (starts[row] ?? 0);
  const rows = new Int32Array(length);
  const next = starts.slice();
  for (let i = 0; i < length; i++) {
    const at = media[i] ?? 0;
    const place = next[at] ?? 0;
    rows[place] = i;
    next[at] = place + 1;
  }
  return (row) => rows.subarray(starts[row], starts[row + 1]);
}

/** Shares become px by the size that the medium has on its own side, or else on the other. */
function boxesInOneMeasure(
  side: Delivery,
  partner: (row: number) => DeliveredMedia | undefined,
): { readonly boxes: Float64Array; readonly shares: Uint8Array } {
  const { box, normalised, media, length } = side.units;
  if (!normalised.includes(1)) return { boxes: box, shares: normalised };
  const [boxes, shares] = [box.slice(), normalised.slice()];
  for (let i = 0; i < length; i++) {
    if (normalised[i] !== 1) continue;
    const row = media[i] ?? 0;
    const own = side.media[row];
    const there = partner(row);
    const width = own?.width ?? there?.width;
    const height = own?.height ?? there?.height;
    if (width === undefined || height === undefined) continue;
    for (let k = 0; k < 4; k++) boxes[4 * i + k] = (boxes[4 * i + k] ?? 0) * (k % 2 === 0 ? width : height);
    shares[i] = 0;
  }
  return { boxes, shares };
}
