import { type CaseOutcome, runCases } from "./engine/cases.js";
import { compileBreak } from "./generate/break.js";
import { UsageError } from "./records/errors.js";
import type { Rule } from "./records/grammar.gen.js";
import { folderOf } from "./standards/find.js";
import { lintStandard } from "./standards/lint.js";
import { lintMessage } from "./standards/lint-messages.js";
import type { LintProblem } from "./standards/lint-problem.js";
import { type LoadedStandard, readStandardFiles, type StandardFiles, standardFrom } from "./standards/load.js";

export interface StandardCheck {
  readonly problems: readonly LintProblem[];
  readonly cases: readonly CaseOutcome[];
}

/** Lints a standard: its data, and whether each case gives what it says. Cases are run only where the data fit the grammar. */
export async function lintStandardAt(reference: string): Promise<StandardCheck> {
  const files = readStandardFiles(folderOf(reference));
  const problems = [...lintStandard(files)];
  if (problems.some(({ warning }) => warning !== true)) return { problems, cases: [] };
  const standard = standardFrom(files);
  const cases = await runCases(standard);
  for (const outcome of cases) if (!outcome.ok) problems.push(problemOf(files, outcome));
  for (const rule of standard.rules) problems.push(...(await breakProblems(files, standard, rule)));
  return { problems, cases };
}

/** Runs every case of every rule, or of some rules. */
export async function testStandardAt(reference: string, only: readonly string[]): Promise<readonly CaseOutcome[]> {
  return runCases(standardFrom(readStandardFiles(folderOf(reference))), only);
}

/** A break that does not compile proves nothing. */
async function breakProblems(files: StandardFiles, standard: LoadedStandard, rule: Rule): Promise<LintProblem[]> {
  if (rule.break === undefined) return [];
  try {
    await compileBreak(rule, standard);
    return [];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const { place = "break", says } = error.details;
    const at = placeOf(files, rule.id, place.split(".").slice(0, 2));
    const what = says ?? error.both;
    return [{ ...at, code: "break", message: lintMessage("break", { rule: rule.id, place, what }).message }];
  }
}

function problemOf(files: StandardFiles, { rule, name, side, position, problem }: CaseOutcome): LintProblem {
  const message = lintMessage("case", { rule, name, what: problem ?? "" }).message;
  return { ...placeOf(files, rule, ["cases", side, position]), code: "case", message };
}

/** Where a part of a rule stands. */
function placeOf(files: StandardFiles, rule: string, path: readonly (string | number)[]) {
  for (const file of files.rules) {
    const list = Array.isArray(file.data) ? (file.data as { id?: string }[]) : [];
    const index = list.findIndex(({ id }) => id === rule);
    if (index >= 0) return { file: file.name, ...file.position([index, ...path]) };
  }
  return { file: "rules", line: 1, column: 1 };
}
