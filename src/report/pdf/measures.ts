import type { Verdict } from "../../records/report.gen.js";
import type { Lang } from "../locale.js";

const mm = 72 / 25.4;
/** A4; left for the binding, right for the seal that is set across page edges. */
export const page = { width: 595.28, height: 841.89, left: 25 * mm, right: 18 * mm, top: 22 * mm, bottom: 20 * mm };
export const bodyWidth = page.width - page.left - page.right;
export const sizes = { title: 14, head: 11, body: 9.5, table: 8.5, small: 7 };

/** A run of text in a cell or paragraph. */
export interface Line {
  readonly text: string;
  readonly size: number;
  readonly bold?: boolean;
  readonly colour?: string;
  /** Drawn before the text. */
  readonly shape?: Verdict;
  readonly lang?: Lang;
}

export interface Pair {
  readonly label: readonly Line[];
  readonly value: readonly Line[];
}

export interface Column {
  readonly head: readonly Line[];
  readonly width: number;
  readonly align?: "left" | "right";
}
