import { createHash } from "node:crypto";
import type { ProofDocument, ProofOfRule } from "../../src/records/grammar.gen.js";
import type { ReportInput, ReportRule } from "../../src/records/report.gen.js";
import { ruleDigest } from "../../src/standards/digest.js";
import type { LoadedStandard } from "../../src/standards/load.js";
import { isProof } from "../../src/standards/proof.js";
import type { PlacedFinding } from "./findings.js";
import type { PlantedProof } from "./planted.js";

/** One real dataset: what the rules find in it as it is, and in broken copies of it. */
export interface CaseProof {
  readonly name: string;
  readonly path: string;
  readonly format: string;
  /** Rules whose findings here were held against an independent count, or looked at by hand; undefined: nothing is known of the dataset. */
  readonly judged: ReadonlySet<string> | undefined;
  /** Findings of severity major or worse that neither explains; undefined: nothing is known. */
  readonly unexplained: number | undefined;
  /** The annotation files. */
  readonly inputs: readonly ReportInput[];
  readonly asked: readonly ReportRule[];
  readonly findings: readonly PlacedFinding[];
  readonly planted: readonly PlantedProof[];
}

/** What real data say of one rule. */
export interface RuleProof {
  readonly rule: string;
  readonly certainty: string;
  readonly severity: string;
  /** Cases in which it fires on files as they are, and rightly, with the number of findings. */
  readonly firesIn: readonly { readonly name: string; readonly count: number }[];
  readonly figures: ProofOfRule;
  readonly isProven: boolean;
}

export function ruleProofs(standard: LoadedStandard, cases: readonly CaseProof[]): readonly RuleProof[] {
  return standard.rules.map((rule) => {
    const { id, certainty, severity } = rule;
    const here = (one: CaseProof): number => one.findings.filter((finding) => finding.rule === id).length;
    const firesIn = cases
      .filter((one) => one.judged?.has(id) === true && here(one) > 0)
      .map((one) => ({ name: one.name, count: here(one) }));
    const tried = cases.flatMap((one) => one.planted.filter((proof) => proof.rule === id && proof.planted > 0));
    const clean = cases.filter(({ judged }) => judged?.has(id) !== true);
    const figures: ProofOfRule = {
      digest: ruleDigest(rule),
      fires: { findings: sum(firesIn, ({ count }) => count), datasets: firesIn.length },
      planted: {
        answers: sum(tried, ({ answers }) => answers),
        found: sum(tried, ({ found }) => found),
        datasets: tried.length,
        differing: sum(tried, ({ problems }) => (problems.length > 0 ? 1 : 0)),
      },
      asked: sum(clean, ({ asked }) => asked.find((one) => one.id === id)?.evaluated ?? 0),
      findings: sum(clean, here),
    };
    return { rule: id, certainty, severity, firesIn, figures, isProven: isProof(figures) };
  });
}

/** The figures as they lie beside the edition: what reports say of its rules. */
export function proofDocument({ cases, proofs, count, seed }: PageData): ProofDocument {
  const files = cases.flatMap(({ name, inputs }) => inputs.map(({ path, sha256 }) => `${sha256}  ${name}/${path}\n`));
  const sha256 = createHash("sha256").update(files.join("")).digest("hex");
  return {
    corpus: { datasets: cases.length, files: files.length, sha256 },
    count,
    seed,
    rules: Object.fromEntries(proofs.map(({ rule, figures }) => [rule, figures])),
  };
}

function sum<T>(list: readonly T[], of: (one: T) => number): number {
  return list.reduce((total, one) => total + of(one), 0);
}

export interface PageData {
  readonly standard: LoadedStandard;
  readonly cases: readonly CaseProof[];
  readonly proofs: readonly RuleProof[];
  readonly count: number;
  readonly seed: number;
}

/** The page as Markdown. It names cases and no places of the machine. */
export function writePage({ standard, cases, proofs, count, seed }: PageData): string {
  const proven = proofs.filter(({ isProven }) => isProven);
  const unproven = proofs.filter(({ isProven }) => !isProven);
  const grave = proofs.filter(
    ({ severity, certainty }) => certainty === "exact" && (severity === "major" || severity === "critical"),
  );
  const known = cases.filter(({ unexplained }) => unexplained !== undefined);
  const unexplained = sum(known, (one) => one.unexplained ?? 0);
  const number = (value: number): string => value.toLocaleString("en");
  const row = ({ rule, severity, certainty, firesIn, figures, isProven }: RuleProof): string => {
    const { planted, asked, findings } = figures;
    const fires = firesIn.map(({ name, count: found }) => `${name} ${number(found)}`).join(", ");
    const inCopies =
      planted.answers === 0
        ? ""
        : `${number(planted.found)} of ${number(planted.answers)} in ${planted.datasets}${planted.differing > 0 ? ` (${planted.differing} with a difference)` : ""}`;
    const mark = isProven ? "proven" : "unproven";
    return `| ${rule} | ${severity}${certainty === "heuristic" ? ", a suspicion" : ""} | ${fires} | ${inCopies} | ${number(asked)} | ${number(findings)} | ${mark} |`;
  };
  return `<!-- Made by npm run proof. -->
# Rules proven on real data

Standard: \`${standard.document.id}\` ${standard.document.edition}. ${proven.length} of its ${proofs.length} rules are proven on real data, ${unproven.length} are not. Findings of exact
rules of severity major or worse that nothing explains: ${unexplained}, over ${known.length} datasets of which is known what is wrong with them.

## How it was made

\`npm run proof -- DIR --count ${count} --seed ${seed}\`, over ${cases.length} real datasets that others published (none of them is in this project). Each was assessed as it is, and then,
for each rule, a copy in which up to ${count} records were broken by the rule's own \`break\` (\`touchstone generate --from\`): what no defect concerns stayed byte for byte as it was.
The findings of the copy were held against those of the dataset.

- **fires**: findings in files as they are, in datasets where an independent count names that defect, or where each was looked at (\`corpus-findings.md\`).
- **planted**: answers of the keys that the rule found at their file and place, and in how many datasets. A difference is an answer that is not found, or a
  finding that the key does not explain: which is at no broken record, nor of a rule that the \`break\` names, nor a suspicion, nor a count over the data.
- **asked**, **findings**: records that the rule was asked of in all other datasets, where nothing is known to be wrong in its sense, and its findings there. Of
  severity major or worse they are looked at by \`npm run check:corpus\`; minor ones, observations and suspicions are not.
- A rule is **proven** where it fires, or where every answer was found without a difference. Reports mark the others as unproven; the figures that they
  rest on stand beside the edition, in \`proof.json\`, each with the digest of the rule: one that has changed since counts as unproven.

${grave.filter(({ isProven }) => isProven).length} of the ${grave.length} exact rules of severity major or worse are proven.

| rule | severity | fires | planted | asked | findings | |
|---|---|---|---|---|---|---|
${proofs.map(row).join("\n")}

## Unproven

${unproven.map((proof) => `- \`${proof.rule}\`: ${whyNot(proof, cases)}`).join("\n") || "None."}

## Datasets

| dataset | format | records that the most asked rule was asked of | rules planted |
|---|---|---|---|
${cases.map((one) => `| ${one.name} | ${one.format} | ${number(Math.max(0, ...one.asked.map(({ evaluated }) => evaluated)))} | ${one.planted.filter(({ planted }) => planted > 0).length} |`).join("\n")}
`;
}

function whyNot({ rule, figures: { planted } }: RuleProof, cases: readonly CaseProof[]): string {
  if (planted.answers > 0)
    return `${planted.found} of ${planted.answers} answers found, ${planted.differing} keys with a difference`;
  const reasons = new Map<string, number>();
  for (const one of cases)
    for (const proof of one.planted)
      if (proof.rule === rule && proof.refused !== undefined)
        reasons.set(proof.refused, (reasons.get(proof.refused) ?? 0) + 1);
  // The reason that is nearest to being no reason: the one that the fewest datasets have.
  const [reason] = [...reasons].sort((left, right) => left[1] - right[1])[0] ?? ["no dataset could be broken"];
  return reason;
}
