import { type Delivery, mediaName } from "./delivery.js";
import { type Matches, unmatched } from "./match.js";
import type { Compared } from "./scenes.js";

/** One annotation as a side has it, for whoever looks it up. */
export interface ErrorSide {
  readonly category: string;
  /** x, y, width, height, px; null for a label of the whole medium. */
  readonly box: readonly number[] | null;
  readonly file: string;
  /** Position among the annotations of the file, from 0. */
  readonly element: number;
}

/** What is wrong with data, held against gold: one line of `--errors`. */
export type GoldError =
  | { readonly error: "missed"; readonly media: string; readonly gold: ErrorSide }
  | { readonly error: "extra"; readonly media: string; readonly data: ErrorSide }
  | {
      readonly error: "label";
      readonly media: string;
      readonly gold: ErrorSide;
      readonly data: ErrorSide;
      readonly iou: number;
    };

/** Tells each error, medium by medium in the order of the gold: what has another label, what is missed, what is extra. */
export function tellErrors(
  compared: Compared,
  { partner, taken, iou, crowdsMatch }: Matches,
  tell: (error: GoldError) => void,
): void {
  const { first, second, firstBoxes, secondBoxes, firstLabels, secondLabels, pairing } = compared;
  const sideOf = (side: Delivery, boxes: Float64Array, labels: Int32Array, row: number): ErrorSide => {
    const box = boxes.subarray(4 * row, 4 * row + 4);
    return {
      category: pairing.labels[labels[row] ?? -1] ?? "",
      box: Number.isNaN(box[0]) ? null : [...box],
      file: side.files[side.units.file[row] ?? 0]?.path ?? "",
      element: side.units.element[row] ?? 0,
    };
  };
  const ofGold = (row: number) => sideOf(first, firstBoxes, firstLabels, row);
  const ofData = (row: number) => sideOf(second, secondBoxes, secondLabels, row);
  for (const { first: medium, firstRows, secondRows } of compared.scenes) {
    if (medium === -1) continue;
    const media = mediaName(first, medium);
    for (const row of firstRows) {
      const other = partner[row] ?? -1;
      if (!crowdsMatch && first.units.crowd[row] === 1) continue;
      if (other === -1) tell({ error: "missed", media, gold: ofGold(row) });
      else if (firstLabels[row] !== secondLabels[other])
        tell({ error: "label", media, gold: ofGold(row), data: ofData(other), iou: iou[row] ?? 0 });
    }
    for (const row of secondRows) if (taken[row] === unmatched) tell({ error: "extra", media, data: ofData(row) });
  }
}
