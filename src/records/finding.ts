import type { Kind, LocalText } from "./grammar.gen.js";

/** One value that broke a rule: «x + width = 641 > 640» is {name: "x + width", value: 641, relation: ">", bound: 640}. */
export interface FindingValue {
  /** What was looked at: an expression of the rule, or a field of the data. */
  readonly name: string;
  readonly value: string | number | boolean | null;
  /** How the value stands to the bound, which is what should not be (`>` where the rule says `<=`); "expected" where a fault names a type or a form. */
  readonly relation?: string;
  readonly bound?: string | number | boolean;
  /** What the value is, in words that stand for the name: «超出图像的距离». */
  readonly says?: LocalText;
  /** What is wrong, a whole statement: «边相交». */
  readonly states?: LocalText;
  /** Unit of the value and of the bound. */
  readonly unit?: LocalText;
  /** What the bound is, where it is none of the rule's constants: `media.width`. */
  readonly bound_says?: LocalText;
  /** The item of a list that the value is of, counted from 1; absent where the list has one item. */
  readonly part?: { readonly of: string; readonly at: number };
}

/** A fault of reading. It counts on the unit it names: asked, and bad, though no rule saw the record. */
export interface Fault {
  /** The id of the rule that reports it. */
  readonly rule: string;
  readonly kind: Kind;
  /** Byte offset of the fault itself. */
  readonly offset: number;
  /** Position of the unit among its kind in the file; -1 for the file or dataset as a whole. */
  readonly element: number;
  /** JSON Pointer where the format has them. */
  readonly pointer?: string;
  readonly values: readonly FindingValue[];
}

/** The fault itself in a drawing, px of the medium. */
export interface Mark {
  readonly kind: "crossing" | "overflow" | "vertex" | "pair" | "gap";
  /** x and y in turn: one point, or the ends of a line. */
  readonly points: readonly number[];
}
