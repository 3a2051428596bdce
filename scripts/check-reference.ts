/**
 * npm run check:reference -- DIR [--measure ID] [--json] [--record]
 *
 * Runs every case of the reference values in DIR (arrays of {measure, case, inputs, expected, tolerance, source} in *.json) and prints a row a measure:
 * cases, how many agree, worst error. Status 1 where one does not agree and docs/reference-values.md does not show that its source is wrong.
 * `--record` writes what was found to src/measures/validation.json, which `touchstone measure --list` shows.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type CaseOutcome, documentedCases, judgeReference, type ReferenceCase } from "./reference/judge.js";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    measure: { type: "string" },
    json: { type: "boolean", default: false },
    record: { type: "boolean", default: false },
  },
});
const root = positionals[0];
if (root === undefined || !existsSync(root)) {
  console.error("usage: npm run check:reference -- DIR [--measure ID] [--json] [--record]");
  process.exit(2);
}
const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const documented = documentedCases(
  existsSync(at("docs/reference-values.md")) ? readFileSync(at("docs/reference-values.md"), "utf8") : "",
);
const wanted = options.measure?.replaceAll("-", "_");
const cases = readdirSync(root)
  .filter((name) => name.endsWith(".json"))
  .sort()
  .map((name) => JSON.parse(readFileSync(join(root, name), "utf8")) as unknown)
  .filter((content): content is ReferenceCase[] => Array.isArray(content))
  .flat()
  .filter(({ measure }) => wanted === undefined || measure === wanted);
const outcomes = cases.map((one) => judgeReference(one, root));
const rows = grouped(outcomes);
const unexplained = outcomes.filter(
  ({ status, measure, case: name }) => status === "differs" && !documented.has(`${measure}/${name}`),
);
const strangers = [...documented].filter(
  (key) =>
    wanted === undefined && !outcomes.some((one) => `${one.measure}/${one.case}` === key && one.status === "differs"),
);

if (options.json) console.log(JSON.stringify({ rows, outcomes }, undefined, 1));
else {
  console.log(`${"measure".padEnd(30)} cases agree answered-as-documented differ worst error`);
  for (const { measure, cases: count, agree, answered, differ, worst } of rows)
    console.log(
      `${measure.padEnd(30)} ${String(count).padStart(5)} ${String(agree).padStart(5)} ${String(answered).padStart(22)} ${String(differ).padStart(6)} ${worst.toExponential(1)}`,
    );
  for (const one of outcomes) if (one.status === "differs") console.log(`✗ ${one.measure}/${one.case}: ${one.says}`);
  for (const key of strangers) console.log(`docs/reference-values.md: ${key} agrees, or there is no such case`);
}
const count = (status: CaseOutcome["status"]) => outcomes.filter((one) => one.status === status).length;
console.log(
  `${outcomes.length} cases: ${count("agrees")} agree, ${count("table-not-loaded")} table-not-loaded, ${count("not-supported")} not-supported, ` +
    `${count("differs")} differ, of which ${count("differs") - unexplained.length} are shown wrong in docs/reference-values.md`,
);
if (options.record) record();
process.exitCode = unexplained.length > 0 || strangers.length > 0 || outcomes.length === 0 ? 1 : 0;

interface Row {
  readonly measure: string;
  cases: number;
  agree: number;
  answered: number;
  differ: number;
  worst: number;
  tolerance: number;
}

function grouped(all: readonly CaseOutcome[]): readonly Row[] {
  const found = new Map<string, Row>();
  for (const { measure, status, error, tolerance } of all) {
    const row = found.get(measure) ?? { measure, cases: 0, agree: 0, answered: 0, differ: 0, worst: 0, tolerance: 0 };
    found.set(measure, row);
    row.cases += 1;
    if (status === "agrees") row.agree += 1;
    else if (status === "differs") row.differ += 1;
    else row.answered += 1;
    if (status === "agrees" && error >= row.worst) Object.assign(row, { worst: error, tolerance });
  }
  return [...found.values()].sort((a, b) => (a.measure < b.measure ? -1 : 1));
}

/** Keeps what check:peers wrote. */
function record(): void {
  const path = at("src/measures/validation.json");
  const kept = JSON.parse(readFileSync(path, "utf8")) as Record<string, object>;
  for (const { measure, agree, worst, tolerance } of rows) {
    const id = measure.replaceAll("_", "-").toLowerCase();
    kept[id] = { ...kept[id], cases: agree, worst_error: worst, tolerance };
  }
  const sorted = Object.fromEntries(Object.entries(kept).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(path, `${JSON.stringify(sorted, undefined, 2)}\n`);
}
