import type { Rule } from "../records/grammar.gen.js";
import type { SourceFile } from "./load.js";

/** What is wrong with a standard, and where. */
export interface LintProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** A warning does not fail the lint. */
  readonly warning?: boolean;
}

/** Path in the data of a file, for line and column. */
export type At = readonly (string | number)[];

export type Complain = (file: SourceFile, at: At, code: string, message: string, hint?: string) => void;

/** A rule with where it stands. */
export interface PlacedRule {
  readonly rule: Rule;
  readonly file: SourceFile;
  readonly at: At;
}

/** Puts a problem into the list with its line and column. */
export function complainInto(problems: LintProblem[]): Complain {
  return (file, at, code, message, hint) => {
    problems.push({ file: file.name, ...file.position(at), code, message, ...(hint === undefined ? {} : { hint }) });
  };
}
