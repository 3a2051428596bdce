/**
 * npm run check:corpus -- DIR [--case NAME] [--json]
 *
 * Holds our readers and rules against real files: every case of DIR/MANIFEST.json whose format we read, counts equal, known defects found, and no finding
 * of severity major or worse that no known defect explains, unless docs/corpus-findings.md has an entry for it. Status 0 when all is so, 1 when not.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { loadDocumented } from "./corpus/documented.js";
import { type CaseOutcome, judgeCase } from "./corpus/judge.js";
import { loadCorpus } from "./corpus/manifest.js";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { case: { type: "string" }, json: { type: "boolean", default: false } },
});
const root = positionals[0];
if (root === undefined || !existsSync(join(root, "MANIFEST.json"))) {
  console.error("usage: npm run check:corpus -- DIR [--case NAME] [--json]; DIR holds MANIFEST.json");
  process.exit(2);
}
const started = Date.now();
const corpus = loadCorpus(root);
const page = fileURLToPath(new URL("../docs/corpus-findings.md", import.meta.url));
const documented = existsSync(page) ? loadDocumented(page) : [];
const wanted = corpus.cases.filter((entry) => options.case === undefined || entry.case === options.case);
if (wanted.length === 0) {
  console.error(`no case ${options.case} of a format that is read`);
  process.exit(2);
}
const outcomes: CaseOutcome[] = [];
for (const entry of wanted) {
  const outcome = await judgeCase(corpus, entry, documented);
  outcomes.push(outcome);
  if (!options.json) print(outcome);
}
const known = new Set(corpus.cases.map((entry) => entry.case));
const strangers = documented.filter((entry) => !known.has(entry.case));
const totals = totalsOf(outcomes);
if (options.json) console.log(JSON.stringify({ totals, cases: outcomes }, undefined, 1));
else {
  for (const { case: name, line } of strangers) console.log(`docs/corpus-findings.md:${line} there is no case ${name}`);
  console.log(
    `\n${totals.cases} cases, ${totals.fallenShort} fall short; ${totals.compared} counts compared, ${totals.differences} differ; ` +
      `known errors ${totals.errorsFound}/${totals.errors} found, warnings ${totals.warningsFound}/${totals.warnings} found ` +
      `(${totals.warningsDocumented} documented); findings of major or worse that nothing explains: ${totals.unexplained}; ` +
      `${documented.length} documented; ${((Date.now() - started) / 1000).toFixed(1)} s`,
  );
}
process.exitCode = totals.fallenShort > 0 || strangers.length > 0 ? 1 : 0;

function print(outcome: CaseOutcome): void {
  const { problems, compared, differences, defects } = outcome;
  const mark = problems.length === 0 ? "✓" : "✗";
  const counts = compared === 0 ? "no counts" : `${compared - differences.length}/${compared} counts`;
  console.log(
    `${mark} ${outcome.format.padEnd(15)} ${outcome.case.padEnd(30)} ${outcome.detected.padEnd(18)} ${counts}`,
  );
  for (const { code, severity, count, found, status } of defects) {
    if (status === "not-needed") continue;
    const rules = Object.entries(found).map(([rule, violations]) => `${rule} ${violations}`);
    console.log(`    ${status} ${severity} ${code} ${count}${rules.length > 0 ? ` → ${rules.join(", ")}` : ""}`);
  }
  for (const problem of problems) console.log(`    ✗ ${problem}`);
}

function totalsOf(all: readonly CaseOutcome[]) {
  const defects = all.flatMap((outcome) => outcome.defects).filter(({ status }) => status !== "not-needed");
  const of = (severity: string, status?: string): number =>
    defects.filter((defect) => defect.severity === severity && (status ?? defect.status) === defect.status).length;
  return {
    cases: all.length,
    fallenShort: all.filter(({ problems }) => problems.length > 0).length,
    compared: all.reduce((sum, { compared }) => sum + compared, 0),
    differences: all.reduce((sum, { differences }) => sum + differences.length, 0),
    errors: of("error"),
    errorsFound: of("error", "found"),
    warnings: of("warning"),
    warningsFound: of("warning", "found"),
    warningsDocumented: of("warning", "documented"),
    unexplained: all.reduce((sum, { unexplained }) => sum + unexplained.length, 0),
  };
}
