import type { Said } from "../records/fill.js";
import type { Rule } from "../records/grammar.gen.js";
import type { SourceFile } from "./load.js";

/** What is wrong with a standard, and where. */
export interface LintProblem extends Said {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** A warning does not fail the lint. */
  readonly warning?: boolean;
}

/** Path in the data of a file, for line and column. */
export type At = readonly (string | number)[];

export type Complain = (file: SourceFile, at: At, said: Said) => void;

/** A rule with where it stands. */
export interface PlacedRule {
  readonly rule: Rule;
  readonly file: SourceFile;
  readonly at: At;
}

/** Puts a problem into the list with its line and column. */
export function complainInto(problems: LintProblem[]): Complain {
  return (file, at, said) => {
    problems.push({ file: file.name, ...file.position(at), ...said });
  };
}

/** A problem of a whole file or folder, which may not be there. */
export function problemOfFile(file: string, said: Said): LintProblem {
  return { file, line: 1, column: 1, ...said };
}
