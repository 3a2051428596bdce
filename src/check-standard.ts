import { type CaseOutcome, runCases } from "./engine/cases.js";
import { compileBreak } from "./generate/break.js";
import { UsageError } from "./records/errors.js";
import type { Rule } from "./records/grammar.gen.js";
import { folderOf } from "./standards/find.js";
import { lintStandard } from "./standards/lint.js";
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

/** A rule that nothing breaks on purpose is proven by its cases alone; a break that does not compile proves nothing. */
async function breakProblems(files: StandardFiles, standard: LoadedStandard, rule: Rule): Promise<LintProblem[]> {
  const place = (path: readonly string[]) => {
    const file = files.rules.find(({ data }) => (data as readonly Rule[]).some(({ id }) => id === rule.id));
    const index = (file?.data as readonly Rule[] | undefined)?.findIndex(({ id }) => id === rule.id) ?? 0;
    return { file: file?.name ?? "rules", ...(file?.position([index, ...path]) ?? { line: 1, column: 1 }) };
  };
  if (rule.break === undefined) {
    const message = `${rule.id}: it does not say how a dataset is broken so that it finds it (break)`;
    return [{ ...place([]), code: "no-break", message, warning: true }];
  }
  const known = new Set(standard.rules.map(({ id }) => id));
  const problems = [...(rule.break.entails ?? []), ...(rule.break.may ?? [])]
    .filter((id) => !known.has(id))
    .map((id) => ({ ...place(["break"]), code: "unknown-rule", message: `${rule.id}: break: there is no rule ${id}` }));
  try {
    await compileBreak(rule, standard);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const { place: where = "break", found, expected } = error.details;
    problems.push({
      ...place(where.split(".").slice(0, 2)),
      code: "break",
      message: `${rule.id}: ${where}: ${found}; expected ${expected}`,
    });
  }
  return problems;
}

function problemOf(files: StandardFiles, { rule, name, side, position, problem = "" }: CaseOutcome): LintProblem {
  for (const file of files.rules) {
    const list = Array.isArray(file.data) ? (file.data as { id?: string }[]) : [];
    const index = list.findIndex(({ id }) => id === rule);
    if (index < 0) continue;
    return {
      file: file.name,
      ...file.position([index, "cases", side, position]),
      code: "case",
      message: `${rule}: ${name}: ${problem}`,
    };
  }
  return { file: "rules", line: 1, column: 1, code: "case", message: `${rule}: ${name}: ${problem}` };
}
