import type { ReportRule } from "../../src/records/report.gen.js";
import type { LoadedStandard } from "../../src/standards/load.js";
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
  readonly fires: readonly { readonly name: string; readonly count: number }[];
  /** Cases in which it was planted, defects, answers of their keys, answers found, and keys that do not hold. */
  readonly plantedIn: number;
  readonly planted: number;
  readonly answers: number;
  readonly found: number;
  readonly problems: number;
  /** Records of all other cases that it was asked of, and findings there. */
  readonly cleanRecords: number;
  readonly cleanFindings: number;
  /** It fires rightly, or finds every defect that is planted and nothing else. */
  readonly isProven: boolean;
}

export function ruleProofs(standard: LoadedStandard, cases: readonly CaseProof[]): readonly RuleProof[] {
  return standard.rules.map(({ id, certainty, severity }) => {
    const here = (one: CaseProof): number => one.findings.filter(({ rule }) => rule === id).length;
    const fires = cases
      .filter((one) => one.judged?.has(id) === true && here(one) > 0)
      .map((one) => ({ name: one.name, count: here(one) }));
    const tried = cases.flatMap((one) => one.planted.filter(({ rule, planted }) => rule === id && planted > 0));
    const clean = cases.filter(({ judged }) => judged?.has(id) !== true);
    const sum = (of: (proof: PlantedProof) => number): number => tried.reduce((total, one) => total + of(one), 0);
    const [answers, found] = [sum((one) => one.answers), sum((one) => one.found)];
    const problems = sum((one) => (one.problems.length > 0 ? 1 : 0));
    return {
      rule: id,
      certainty,
      severity,
      fires,
      plantedIn: tried.length,
      planted: sum((one) => one.planted),
      answers,
      found,
      problems,
      cleanRecords: clean.reduce(
        (total, { asked }) => total + (asked.find((rule) => rule.id === id)?.evaluated ?? 0),
        0,
      ),
      cleanFindings: clean.reduce((total, one) => total + here(one), 0),
      isProven: fires.length > 0 || (answers > 0 && found === answers && problems === 0),
    };
  });
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
  const unexplained = known.reduce((sum, one) => sum + (one.unexplained ?? 0), 0);
  const number = (value: number): string => value.toLocaleString("en");
  const row = (proof: RuleProof): string => {
    const fires = proof.fires.map(({ name, count: found }) => `${name} ${number(found)}`).join(", ");
    const planted =
      proof.answers === 0
        ? ""
        : `${number(proof.found)} of ${number(proof.answers)} in ${proof.plantedIn}${proof.problems > 0 ? ` (${proof.problems} with a difference)` : ""}`;
    const mark = proof.isProven ? "proven" : "unproven";
    return `| ${proof.rule} | ${proof.severity}${proof.certainty === "heuristic" ? ", a suspicion" : ""} | ${fires} | ${planted} | ${number(proof.cleanRecords)} | ${number(proof.cleanFindings)} | ${mark} |`;
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
- A rule is **proven** where it fires, or where every answer was found without a difference.

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

function whyNot({ rule, answers, found, problems }: RuleProof, cases: readonly CaseProof[]): string {
  if (answers > 0) return `${found} of ${answers} answers found, ${problems} keys with a difference`;
  const reasons = new Map<string, number>();
  for (const { planted } of cases)
    for (const proof of planted)
      if (proof.rule === rule && proof.refused !== undefined)
        reasons.set(proof.refused, (reasons.get(proof.refused) ?? 0) + 1);
  // The reason that is nearest to being no reason: the one that the fewest datasets have.
  const [reason] = [...reasons].sort((left, right) => left[1] - right[1])[0] ?? ["no dataset could be broken"];
  return reason;
}
