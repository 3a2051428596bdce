import type { Mark } from "../records/finding.js";
import type { LocalText } from "../records/grammar.gen.js";

/** What the engine lets checks ask about the rest of the data. */
export interface Host {
  /** Whether a record of the kind has this id (in the same file). True where no file read together declares the kind. */
  known(kind: string, id: string | number | undefined): boolean;
  /** A measurement by id, and for a measure by media or category, by its key. Throws `MeasureUndefined` for an id that was not computed. */
  measure(id: string, key?: string | number): MeasurementValue;
}

/** What CEL sees of a measurement: `.a`, `.b`, `.x`. Reading an undefined x is an error of the rule on this record. */
export interface MeasurementValue {
  readonly a: number;
  readonly b: number;
  readonly x: number | undefined;
}

/** Columns of one group, gathered: entry i of every column belongs to member i. An absent number is NaN. */
export interface GroupColumns {
  readonly size: number;
  /** x, y, width, height in turn: 4 numbers a member. */
  readonly box: Float64Array;
  /** A number for each distinct category id or label; NaN where there is none. */
  readonly category: Float64Array;
  readonly area: Float64Array;
  readonly iscrowd: Float64Array;
  /** The value of the rule's `column` expression, where it has one. */
  readonly value: Float64Array;
}

export interface GroupAnswer {
  /** One answer a member; a boolean is 0 or 1. */
  readonly values: Float64Array;
  /** Position of the member that the answer is about (the box that overlaps most), -1 for none. */
  readonly partners?: Int32Array;
}

/**
 * What the answer of a function is, for people who never see the rule: of a number or a text a noun phrase, of a boolean a statement.
 * `{0}` is the first argument as the rule writes it.
 */
export interface Spoken {
  readonly says: LocalText;
  /** The statement where a boolean is false. Default: «不成立：…», "not so: …". */
  readonly says_not?: LocalText;
  /** Unit of a number; it stands behind the answer and behind its bound. */
  readonly unit?: LocalText;
  /**
   * What is told where it is not the answer itself. `place`: the answer is a position in the first argument, -1 for none, and `says` a statement
   * about the item there. `first`: the first thing that is wrong, -1 or "" for none, and no bound. `argument`: the first argument, of which the answer
   * is another form.
   */
  readonly tells?: "place" | "first" | "argument";
}

/** Units of the answers. */
export const units = {
  px: { zh: "px", en: "px" },
  px2: { zh: "px²", en: "px²" },
  items: { zh: "个", en: "" },
  annotations: { zh: "条", en: "" },
  iqr: { zh: "倍四分位距", en: "IQR" },
  sigma: { zh: "倍标准差", en: "standard deviations" },
} as const satisfies Readonly<Record<string, LocalText>>;

/** A function that rules call, with its CEL signature. Pure: value in, value out; the threshold stays in the rule. */
export interface CheckDeclaration extends Spoken {
  /** `ringArea(list<double>): double`. Types: bool, int, double, string, list<T>, and the records by name (Box, Keypoint, Segment, Rle, Id, …). */
  readonly cel: string;
  // biome-ignore lint/suspicious/noExplicitAny: the checks of one table have different parameters; the CEL signature types each call
  readonly call: (...args: any[]) => unknown;
  /** `host`: the first argument is the Host. Default: no host. */
  readonly needs?: "host";
  /** Where the fault is, for a drawing; called with the same arguments, only for examples that are kept. */
  // biome-ignore lint/suspicious/noExplicitAny: as for `call`
  readonly marks?: (...args: any[]) => readonly Mark[];
}

/** A check over a whole group at once: never all pairs above 64 members. Its CEL signature begins with `Siblings, int`. */
export interface GroupCheckDeclaration extends Spoken {
  /** `maxIouWithOthers(Siblings, int, bool): double`; the engine passes `siblings` and `at`. */
  readonly cel: string;
  readonly columns: readonly (keyof Omit<GroupColumns, "size">)[];
  // biome-ignore lint/suspicious/noExplicitAny: arguments after `Siblings, int`, typed by the CEL signature
  readonly answer: (columns: GroupColumns, ...args: any[]) => GroupAnswer;
}

/** The opaque `siblings` of a group rule: only `size(siblings)` and group checks take it. */
export interface Siblings {
  readonly size: number;
  /** The answer of a group check for this whole group, computed once per call site. */
  answer(site: number, check: GroupCheckDeclaration, args: readonly unknown[]): GroupAnswer;
}
