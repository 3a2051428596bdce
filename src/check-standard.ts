import { type CaseOutcome, runCases } from "./engine/cases.js";
import { folderOf } from "./standards/find.js";
import { lintStandard } from "./standards/lint.js";
import type { LintProblem } from "./standards/lint-problem.js";
import { readStandardFiles, type StandardFiles, standardFrom } from "./standards/load.js";

export interface StandardCheck {
  readonly problems: readonly LintProblem[];
  readonly cases: readonly CaseOutcome[];
}

/** Lints a standard: its data, and whether each case gives what it says. Cases are run only where the data fit the grammar. */
export async function lintStandardAt(reference: string): Promise<StandardCheck> {
  const files = readStandardFiles(folderOf(reference));
  const problems = [...lintStandard(files)];
  if (problems.some(({ warning }) => warning !== true)) return { problems, cases: [] };
  const cases = await runCases(standardFrom(files));
  for (const outcome of cases) if (!outcome.ok) problems.push(problemOf(files, outcome));
  return { problems, cases };
}

/** Runs every case of every rule, or of some rules. */
export async function testStandardAt(reference: string, only: readonly string[]): Promise<readonly CaseOutcome[]> {
  return runCases(standardFrom(readStandardFiles(folderOf(reference))), only);
}

function problemOf(files: StandardFiles, { rule, name, side, problem = "" }: CaseOutcome): LintProblem {
  for (const file of files.rules) {
    const list = Array.isArray(file.data) ? (file.data as { id?: string }[]) : [];
    const index = list.findIndex(({ id }) => id === rule);
    if (index < 0) continue;
    const position = Number(name.split("/")[1]);
    return {
      file: file.name,
      ...file.position([index, "cases", side, ...(Number.isInteger(position) ? [position] : [])]),
      code: "case",
      message: `${rule}: ${name}: ${problem}`,
    };
  }
  return { file: "rules", line: 1, column: 1, code: "case", message: `${rule}: ${name}: ${problem}` };
}
