/**
 * npm run proof -- DIR [--standard ID] [--count N] [--seed N] [--out FOLDER]
 *
 * Writes rule-proof.md, of the default standard into docs/, and the same figures as proof.json beside the edition, or both into --out: for each rule of a standard, whether it fires on a real file, whether it finds what is planted in copies of real files, and of
 * how many records of the other real data it was asked, with its findings there. DIR has a MANIFEST.json that says what is known of its cases, or is any
 * tree whose folders are datasets: of these nothing was judged, so that only planted defects prove a rule. Status 1 when an unexplained finding of severity
 * major or worse, or a planted defect of an exact rule that is not found, is among them.
 */
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { TouchstoneError } from "../src/records/errors.js";
import { folderOf, standardWithCases } from "../src/standards/find.js";
import { loadDocumented } from "./corpus/documented.js";
import { judgeCase } from "./corpus/judge.js";
import { loadCorpus, notWhatTheySay } from "./corpus/manifest.js";
import { assessWhole } from "./proof/findings.js";
import { type CaseProof, proofDocument, ruleProofs, writePage } from "./proof/page.js";
import { plantEach } from "./proof/planted.js";

const documented = "ref-image-annotation";
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    standard: { type: "string", default: documented },
    count: { type: "string", default: "5" },
    seed: { type: "string", default: "1" },
    out: { type: "string" },
  },
});
const root = positionals[0];
const [count, seed] = [Number(options.count), Number(options.seed)];
if (
  root === undefined ||
  !existsSync(root) ||
  !Number.isSafeInteger(count) ||
  count < 1 ||
  !Number.isSafeInteger(seed)
) {
  console.error("usage: npm run proof -- DIR [--standard ID] [--count N] [--seed N] [--out FOLDER]");
  process.exit(2);
}
const standard = standardWithCases(options.standard);
const rules = standard.rules.map(({ id }) => id);
const cases: CaseProof[] = [];
for (const one of await casesIn(root)) {
  try {
    const { format, inputs, rules: asked, findings } = await assessWhole(one.path, options.standard);
    let planted: CaseProof["planted"] = [];
    try {
      planted = await plantEach(one.path, standard, rules, { count, seed });
    } catch (error) {
      // A format that cannot be written; all else is told of a rule alone.
      if (!(error instanceof TouchstoneError) || error.code !== "TS-USAGE-0001") throw error;
    }
    cases.push({ ...one, format, inputs, asked, findings, planted });
    const tried = planted.filter((proof) => proof.planted > 0);
    const found = tried.filter((proof) => proof.found === proof.answers && proof.problems.length === 0);
    console.log(
      `${one.name.padEnd(32)} ${format.padEnd(18)} ${found.length}/${tried.length} planted rules as the key says`,
    );
    for (const { rule, planted: k, found: f, answers, problems } of tried)
      if (problems.length > 0)
        console.log(`    ${rule}: ${k} planted, ${f} of ${answers} answers found; ${problems.slice(0, 3).join("; ")}`);
  } catch (error) {
    if (!(error instanceof TouchstoneError)) throw error;
    console.log(`${one.name.padEnd(32)} not read: ${error.code}`);
  }
}
const proofs = ruleProofs(standard, cases);
const data = { standard, cases, proofs, count, seed };
const docs = fileURLToPath(new URL("../docs/", import.meta.url));
if (options.out !== undefined || options.standard === documented)
  writeFileSync(join(options.out ?? docs, "rule-proof.md"), writePage(data));
writeFileSync(
  join(options.out ?? folderOf(options.standard), "proof.json"),
  `${JSON.stringify(proofDocument(data), undefined, 2)}\n`,
);
const proven = proofs.filter(({ isProven }) => isProven).length;
const unexplained = cases.reduce((sum, { unexplained: own }) => sum + (own ?? 0), 0);
const missed = proofs.filter(
  ({ certainty, figures: { planted } }) =>
    certainty === "exact" && (planted.found < planted.answers || planted.differing > 0),
);
console.log(
  `\n${cases.length} cases; ${proven} of ${proofs.length} rules proven on real data; findings of major or worse that nothing explains: ${unexplained}; ` +
    `exact rules whose planted defects are not all found, or come with something else: ${missed.map(({ rule }) => rule).join(", ") || "none"}`,
);
process.exitCode = unexplained > 0 || missed.length > 0 ? 1 : 0;

/** The datasets of a folder, with what is known of them. */
async function casesIn(
  folder: string,
): Promise<readonly Pick<CaseProof, "name" | "path" | "judged" | "unexplained">[]> {
  if (!existsSync(join(folder, "MANIFEST.json"))) {
    const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return folders.map(({ name }) => ({ name, path: join(folder, name), judged: undefined, unexplained: undefined }));
  }
  const corpus = loadCorpus(folder);
  const page = fileURLToPath(new URL("../docs/corpus-findings.md", import.meta.url));
  const documented = existsSync(page) ? loadDocumented(page) : [];
  const known: Pick<CaseProof, "name" | "path" | "judged" | "unexplained">[] = [];
  for (const entry of corpus.cases) {
    if (notWhatTheySay.has(entry.case)) continue;
    const outcome = await judgeCase(corpus, entry, documented);
    const judged = new Set([
      ...outcome.defects.flatMap(({ found }) => Object.keys(found)),
      ...documented.filter((one) => one.case === entry.case).map(({ subject }) => subject),
    ]);
    const unexplained = outcome.unexplained.reduce((sum, one) => sum + one.count, 0);
    known.push({ name: entry.case, path: join(folder, entry.dir), judged, unexplained });
  }
  return known;
}
