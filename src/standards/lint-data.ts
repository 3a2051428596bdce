import type { Rule } from "../records/grammar.gen.js";
import { complainInto, type LintProblem, type PlacedRule } from "./lint-problem.js";
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
}

/** What must hold before any part of a standard is used: the grammar, the limits, schemas that are safe to compile, one rule an id. */
export function checkData(files: StandardFiles): CheckedData {
  const problems: LintProblem[] = [];
  const complain = complainInto(problems);
  const all = [files.standard, ...files.rules, files.scheme, ...files.schemas].filter((file) => file !== undefined);
  for (const file of all) {
    for (const { message, line, column } of file.problems.slice(0, limits.problems))
      problems.push({ file: file.name, line, column, code: "yaml", message });
    tellRest(file, file.problems.length, problems);
  }
  if (files.standard === undefined)
    problems.push({
      file: "standard.yaml",
      line: 1,
      column: 1,
      code: "missing-file",
      message: "there is no standard.yaml",
    });
  const fits = (file: SourceFile | undefined, schema: SchemaName): boolean => {
    if (file === undefined || (file.problems.length > 0 && file.data === undefined)) return false;
    const violations = checkAgainst(schema, file.data);
    for (const { path, extra, message } of violations.slice(0, limits.problems))
      complain(file, extra === undefined ? path : [...path, extra], "grammar", message);
    tellRest(file, violations.length, problems);
    return violations.length === 0;
  };
  const standardFits = fits(files.standard, "standard");
  const fitting = files.rules.filter((file) => fits(file, "rules"));
  const schemeFits = fits(files.scheme, "scheme");
  let rules = fitting.flatMap((file) => (file.data as Rule[]).map((rule, index) => ({ rule, file, at: [index] })));
  if (rules.length > limits.rules) {
    problems.push({
      file: "rules",
      line: 1,
      column: 1,
      code: "too-many-rules",
      message: `at most ${limits.rules} rules; there are ${rules.length}`,
    });
    rules = [];
  }
  const seen = new Set<string>();
  for (const { rule, file, at } of rules) {
    if (seen.has(rule.id)) complain(file, [...at, "id"], "duplicate-rule", `the rule id ${rule.id} stands twice`);
    seen.add(rule.id);
  }
  lintSchemas(files.schemas, rules, complain);
  return { problems, rules, standardFits, rulesFit: fitting.length === files.rules.length, schemeFits };
}

function tellRest(file: SourceFile, count: number, problems: LintProblem[]): void {
  if (count <= limits.problems) return;
  const message = `${count - limits.problems} more problems of this file are not listed`;
  problems.push({ file: file.name, line: 1, column: 1, code: "more", message });
}
