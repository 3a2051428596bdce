import type { Rule } from "../records/grammar.gen.js";
import { lintMessage } from "./lint-messages.js";
import { complainInto, type LintProblem, type PlacedRule, problemOfFile } from "./lint-problem.js";
import { lintSchemas } from "./lint-schemas.js";
import { limits, type SourceFile, type StandardFiles } from "./load.js";
import { checkAgainst, type SchemaName } from "./schema.js";

/** The data of a standard so far as they fit the grammar, and everything that would make loading them unsafe or ambiguous. */
export interface CheckedData {
  readonly problems: LintProblem[];
  readonly rules: readonly PlacedRule[];
  readonly standardFits: boolean;
  /** Whether every file of rules does; `rules` are those of the files that do. */
  readonly rulesFit: boolean;
  readonly schemeFits: boolean;
  readonly proofFits: boolean;
}

/** What must hold before any part of a standard is used: the grammar, the limits, schemas that are safe to compile, one rule an id. */
export function checkData(files: StandardFiles): CheckedData {
  const problems: LintProblem[] = [];
  const complain = complainInto(problems);
  const all = [files.standard, ...files.rules, files.scheme, ...files.schemas, files.proof].filter(
    (file) => file !== undefined,
  );
  for (const file of all) {
    for (const { message, line, column } of file.problems.slice(0, limits.problems))
      problems.push({ file: file.name, line, column, code: "yaml", message });
    tellRest(file, file.problems.length, problems);
  }
  if (files.standard === undefined) problems.push(problemOfFile("standard.yaml", lintMessage("missing-file", {})));
  const fits = (file: SourceFile | undefined, schema: SchemaName): boolean => {
    if (file === undefined || (file.problems.length > 0 && file.data === undefined)) return false;
    const violations = checkAgainst(schema, file.data);
    for (const { path, extra, message } of violations.slice(0, limits.problems)) {
      const place = file.position(extra === undefined ? path : [...path, extra]);
      problems.push({ file: file.name, ...place, code: "grammar", message });
    }
    tellRest(file, violations.length, problems);
    return violations.length === 0;
  };
  const standardFits = fits(files.standard, "standard");
  const fitting = files.rules.filter((file) => fits(file, "rules"));
  const schemeFits = fits(files.scheme, "scheme");
  const proofFits = fits(files.proof, "proof");
  let rules = fitting.flatMap((file) => (file.data as Rule[]).map((rule, index) => ({ rule, file, at: [index] })));
  if (rules.length > limits.rules) {
    problems.push(problemOfFile("rules", lintMessage("too-many-rules", { most: limits.rules, count: rules.length })));
    rules = [];
  }
  const seen = new Set<string>();
  for (const { rule, file, at } of rules) {
    if (seen.has(rule.id)) complain(file, [...at, "id"], lintMessage("duplicate-rule", { rule: rule.id }));
    seen.add(rule.id);
  }
  lintSchemas(files.schemas, rules, complain);
  return { problems, rules, standardFits, rulesFit: fitting.length === files.rules.length, schemeFits, proofFits };
}

function tellRest(file: SourceFile, count: number, problems: LintProblem[]): void {
  if (count <= limits.problems) return;
  problems.push(problemOfFile(file.name, lintMessage("more", { count: count - limits.problems })));
}
