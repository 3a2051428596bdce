import type { RuleError } from "./api.js";

/** Thrown where an expression cannot be evaluated on a record. Made once per place when a rule is bound, and without a stack: errors on every record cost 20 times more with one. */
export class Failure implements RuleError {
  readonly code: string;
  readonly where: "when" | "assert";
  readonly start: number;
  readonly end: number;
  constructor(code: string, where: "when" | "assert", start: number, end: number) {
    this.code = code;
    this.where = where;
    this.start = start;
    this.end = end;
  }
}

/** What a host throws for a measure that was not computed; it becomes the rule's error `measure_undefined`. Known by its name, so that a host need not import it. */
export class MeasureUndefined extends Error {
  override readonly name = "MeasureUndefined";
}
