/**
 * Which checks of the catalogue are really asked: `npx tsx scripts/asked.ts CATALOGUE.json [DIR…]` prints the ids of sections A1–A7 that
 * ref-image-annotation has, and of these the ones with `evaluated` > 0 through a real reader in the examples, in the data sets below DIR
 * (a corpus folder with MANIFEST.json, or a data set), or in a file case of the rule itself. Exit status 1 where a check is left out, or
 * has another severity than the catalogue, and the standard's notes do not say why.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { assess } from "../src/assess.js";
import { runCase } from "../src/engine/cases.js";
import type { Case } from "../src/records/grammar.gen.js";
import { findStandard } from "../src/standards/find.js";

const [catalogue, ...folders] = process.argv.slice(2);
if (catalogue === undefined) {
  console.error("usage: npx tsx scripts/asked.ts CATALOGUE.json [DIR…]");
  process.exit(2);
}
const checks = JSON.parse(readFileSync(catalogue, "utf8")) as { section: string; id: string; severity: string }[];
const own = checks.filter(({ section }) => /^A[1-7]\./.test(section));
const listed = own.map(({ id }) => id);
const standard = findStandard("ref-image-annotation");
const rules = new Map(standard.rules.map((rule) => [rule.id, rule]));
const asked = new Set<string>();

function dataSetsIn(folder: string): string[] {
  const manifest = join(folder, "MANIFEST.json");
  if (!existsSync(manifest)) return [folder];
  const { cases } = JSON.parse(readFileSync(manifest, "utf8")) as { cases: { dir: string; format: string }[] };
  return cases.filter(({ format }) => /^(coco|lvis|voc|yolo|tc609)/.test(format)).map(({ dir }) => join(folder, dir));
}

const examples = readdirSync("examples").flatMap((name) =>
  ["coco", "voc", "yolo", "data"].map((part) => join("examples", name, part)).filter((path) => existsSync(path)),
);
for (const path of [...examples, ...folders.flatMap(dataSetsIn)]) {
  const report = await assess(path).catch(() => undefined);
  for (const { id, evaluated } of report?.rules ?? []) if (evaluated > 0) asked.add(id);
}

const isFileCase = (one: Case): boolean => one.files !== undefined || typeof one.file?.["name"] === "string";
let byCases = 0;
for (const rule of standard.rules) {
  if (asked.has(rule.id)) continue;
  for (const side of ["conforming", "violating"] as const) {
    const position = rule.cases[side].findIndex(isFileCase);
    if (position < 0 || asked.has(rule.id) || !(await runCase(standard, rule, side, position)).ok) continue;
    asked.add(rule.id);
    byCases++;
  }
}

const encoded = listed.filter((id) => rules.has(id));
const really = encoded.filter((id) => asked.has(id));
console.log(
  `catalogue A1–A7: ${listed.length} ids; encoded ${encoded.length}; asked ${really.length} (${byCases} rules by file cases only)`,
);
console.log(`encoded, not asked: ${encoded.filter((id) => !asked.has(id)).join(", ") || "none"}`);
console.log(`not encoded: ${listed.filter((id) => !rules.has(id)).join(", ")}`);

/** Severities of the catalogue in our words (ARCHITECTURE.md, Words). */
const severities = new Map([
  ["error", "major"],
  ["warning", "minor"],
  ["info", "observation"],
]);
const noted = (id: string, kinds: readonly string[]): boolean =>
  (standard.document.notes ?? []).some(({ about, kind }) => about === id && kinds.includes(kind));
const silent = [
  ...listed.filter((id) => !rules.has(id) && !noted(id, ["left-out"])).map((id) => `${id} is left out`),
  ...own
    .filter(({ id, severity }) => (rules.get(id)?.severity ?? severities.get(severity)) !== severities.get(severity))
    .filter(({ id }) => !noted(id, ["severity", "critical"]))
    .map(({ id, severity }) => `${id} is ${rules.get(id)?.severity}, ${severity} in the catalogue`),
];
console.log(`without a note in the standard: ${silent.join(", ") || "none"}`);
process.exitCode = silent.length > 0 ? 1 : 0;
