import type { InputFile } from "../formats/format.js";
import type { RleMask } from "../records/types.gen.js";

/** A mask as the data have it: rings of the parts, or run lengths. */
export type MaskShape = { readonly rings: readonly Float64Array[] } | { readonly rle: RleMask };

/** What was read of one dataset for a comparison: media, labels, and one row a unit in typed arrays. */
export interface Delivery {
  /** As the user named it. */
  readonly name: string;
  readonly formats: readonly string[];
  readonly files: readonly InputFile[];
  /** Whether its files declare media; a file of results alone does not, and its ids are those of the other side. */
  readonly declaresMedia: boolean;
  readonly declaresCategories: boolean;
  readonly media: readonly DeliveredMedia[];
  /** Names of categories and labels; where neither is declared, the ids as text. */
  readonly labels: readonly string[];
  /** Rows by the ids that files give them, the first where several files use one id: for results, which have ids alone. */
  readonly mediaIds: ReadonlyMap<number | string, number>;
  readonly labelIds: ReadonlyMap<number | string, number>;
  readonly units: Units;
  /** Whether its first annotation has a box as written, and not only one around its shape. */
  readonly boxesWritten: boolean;
  /** Masks of panoptic annotations whose PNG is there. */
  readonly panoptic: readonly PanopticMask[];
  /** Records that have no box and no label to compare, by what they have instead. */
  readonly others: Readonly<Record<string, number>>;
  /** Files that could not be read to their end. */
  readonly failures: readonly string[];
}

/** A PNG whose pixels hold ids of segments; labels are rows of `labels`. */
export interface PanopticMask {
  readonly media: number;
  readonly file: InputFile;
  readonly segments: readonly {
    readonly id: number;
    readonly label: number;
    readonly thing: boolean;
    readonly crowd: boolean;
  }[];
}

export interface DeliveredMedia {
  readonly id: number | string | undefined;
  /** As written; undefined in results, which know ids only. */
  readonly path: string | undefined;
  readonly width: number | undefined;
  readonly height: number | undefined;
  /** Where its path was written: media are looked for from there. */
  readonly from: InputFile | undefined;
}

/** One row an annotation, or a segment of a panoptic one. */
export interface Units {
  readonly length: number;
  /** Row of the medium. */
  readonly media: Int32Array;
  /** Row among the labels. */
  readonly label: Int32Array;
  /** x, y, width, height in turn, px; shares of the image where `normalised` is 1; NaN where the unit has no box: it labels the whole medium. */
  readonly box: Float64Array;
  readonly normalised: Uint8Array;
  /** NaN where it has none. */
  readonly score: Float64Array;
  readonly crowd: Uint8Array;
  /** px², as declared, or that of the box. */
  readonly area: Float64Array;
  /** Index in `files`, and the unit's position in it, for messages. */
  readonly file: Int32Array;
  readonly element: Int32Array;
  readonly masks: readonly (MaskShape | undefined)[];
}

/** Path, or else the id. */
export function mediaName({ media }: Delivery, row: number): string {
  const one = media[row];
  return one?.path ?? (one?.id === undefined ? "" : `id ${one.id}`);
}
