import type { Accept } from "../records/grammar.gen.js";
import type { EvidenceWanted, Reason, ReportIndicator, ReportRule, Verdict } from "../records/report.gen.js";
import type { Scores } from "./score.js";

export interface Judgement {
  readonly verdict: Verdict;
  /** Nonconforming reasons first. */
  readonly reasons: readonly Reason[];
}

type CountedRule = Pick<
  ReportRule,
  "id" | "severity" | "deciding" | "violations" | "waived" | "not_evaluated" | "evaluated"
>;

function judgement(reasons: readonly Reason[]): Judgement {
  const order = [
    ...reasons.filter(({ verdict }) => verdict === "nonconforming"),
    ...reasons.filter(({ verdict }) => verdict === "indeterminate"),
  ];
  return { verdict: order[0]?.verdict ?? "conforming", reasons: order };
}

/** Findings of deciding rules over what the scheme accepts, by severity; the worst severity first. */
function overAccept(rules: readonly CountedRule[], accept: Accept): Reason[] {
  const reasons: Reason[] = [];
  for (const severity of ["critical", "major", "minor"] as const) {
    const allowed = accept[severity];
    if (allowed === undefined) continue;
    const failing = rules.filter(
      (rule) => rule.deciding && rule.severity === severity && rule.violations > rule.waived,
    );
    const count = failing.reduce((sum, rule) => sum + rule.violations - rule.waived, 0);
    if (count > allowed)
      reasons.push({
        code: "findings-over-accept",
        verdict: "nonconforming",
        severity,
        count,
        accept: allowed,
        rules: failing.map(({ id }) => id),
      });
  }
  return reasons;
}

/** The verdict under a scheme (ARCHITECTURE.md §4; ours until a standard publishes its own). */
export function judgeByScheme(
  scores: Scores,
  rules: readonly CountedRule[],
  accept: Accept,
  filesNotReported: number,
): Judgement {
  const reasons: Reason[] = overAccept(rules, accept);
  const deciding = scores.dimensions.filter(({ decides }) => decides);
  for (const { code, lower, upper, threshold, threshold_claim, verdict } of deciding) {
    if (lower === undefined || upper === undefined) continue;
    if (threshold === undefined) {
      // A threshold that the scheme leaves open: no score can reach it until a profile gives it.
      if (threshold_claim !== undefined)
        reasons.push({ code: "score-not-proven", verdict: "indeterminate", dimension: code, lower, upper });
      continue;
    }
    if (verdict === "nonconforming")
      reasons.push({ code: "score-below-threshold", verdict, dimension: code, lower, upper, threshold });
    else if (verdict === "indeterminate") {
      const indicators = scores.indicators
        .filter((one) => one.dimension === code && (one.evidence === "missing" || one.lower !== one.upper))
        .map((one) => one.code);
      reasons.push({ code: "score-not-proven", verdict, dimension: code, lower, upper, threshold, indicators });
    }
  }
  const notEvaluated = rules.filter(
    (rule) =>
      rule.deciding && rule.not_evaluated > 0 && rule.severity !== "observation" && accept[rule.severity] !== undefined,
  );
  if (notEvaluated.length > 0) {
    reasons.push({
      code: "rules-not-evaluated",
      verdict: "indeterminate",
      rules: notEvaluated.map(({ id }) => id),
      count: notEvaluated.reduce((sum, rule) => sum + rule.not_evaluated, 0),
    });
  }
  if (deciding.every(({ verdict }) => verdict === "not-applicable"))
    reasons.push({ code: "no-indicator-left", verdict: "indeterminate" });
  if (filesNotReported > 0) reasons.push({ code: "files-not-read", verdict: "indeterminate", count: filesNotReported });
  return judgement(reasons);
}

/** The dimensions as they are judged: what findings overrule keeps its score, and no longer conforms. */
export function overruledDimensions(
  { dimensions }: Scores,
  { reasons }: Judgement,
  rules: readonly Pick<ReportRule, "id" | "indicator">[],
): Scores["dimensions"] {
  const failing = new Set(
    reasons.filter(({ code }) => code === "findings-over-accept").flatMap((reason) => reason.rules ?? []),
  );
  const codes = new Set(rules.filter(({ id }) => failing.has(id)).map(({ indicator }) => indicator));
  return dimensions.map((one) =>
    one.decides && one.indicators.some((code) => codes.has(code)) ? { ...one, verdict: "nonconforming" } : one,
  );
}

/** The verdict by a standard without a scheme: one finding of an exact requirement or instruction is enough. */
export function judgeStrictly(rules: readonly CountedRule[], filesNotReported: number): Judgement {
  const reasons: Reason[] = [];
  for (const severity of ["critical", "major", "minor", "observation"] as const) {
    const failing = rules.filter(
      (rule) => rule.deciding && rule.severity === severity && rule.violations > rule.waived,
    );
    const count = failing.reduce((sum, rule) => sum + rule.violations - rule.waived, 0);
    if (count > 0)
      reasons.push({
        code: "findings-over-accept",
        verdict: "nonconforming",
        severity,
        count,
        accept: 0,
        rules: failing.map(({ id }) => id),
      });
  }
  const open = rules.filter((rule) => rule.deciding && rule.not_evaluated > 0);
  if (open.length > 0) {
    reasons.push({
      code: "rules-not-evaluated",
      verdict: "indeterminate",
      rules: open.map(({ id }) => id),
      count: open.reduce((sum, rule) => sum + rule.not_evaluated, 0),
    });
  }
  if (!rules.some((rule) => rule.deciding && rule.evaluated + rule.not_evaluated + rule.violations > 0))
    reasons.push({ code: "no-indicator-left", verdict: "indeterminate" });
  if (filesNotReported > 0) reasons.push({ code: "files-not-read", verdict: "indeterminate", count: filesNotReported });
  return judgement(reasons);
}

const cost: Readonly<Record<EvidenceWanted["kinds"][number], number>> = {
  parameter: 0,
  media: 1,
  rules: 2,
  document: 3,
  review: 4,
  model: 5,
};

/** What is wanted for the indicators that nothing decided; what would decide an open verdict comes first, the cheapest of it first. */
export function evidenceWanted(scores: Scores, judged: Judgement, mediaMissing: boolean): EvidenceWanted[] {
  const open = new Set(
    judged.reasons.filter(({ code }) => code === "score-not-proven").map(({ dimension }) => dimension),
  );
  const wanted = scores.indicators
    .filter((one) => one.evidence === "missing" || wantsMore(one))
    .map(
      (one): EvidenceWanted => ({
        indicators: [one.code],
        kinds: kindsWanted(one),
        text: one.wanted ?? fallback(one),
        decides: open.has(one.dimension),
      }),
    );
  // Under a scheme that takes missing media for missing evidence, these are what the files would decide.
  const forMedia = scores.indicators.filter(({ evidence, kinds }) => evidence === "rules" && kinds.some(isOpenMedia));
  const media: EvidenceWanted[] = mediaMissing
    ? [
        {
          indicators: forMedia.map(({ code }) => code),
          kinds: ["media"],
          text: {
            zh: "数据项文件（用 --media 指定目录）：尺寸、可读性、重复未检",
            en: "The media files (--media DIR): size, readability and duplicates were not examined",
          },
          decides: forMedia.some(({ dimension }) => open.has(dimension)),
        },
      ]
    : [];
  return [...thresholdsWanted(scores), ...wanted, ...media].sort(
    (left, right) =>
      Number(right.decides) - Number(left.decides) ||
      costOf(left) - costOf(right) ||
      compareText(left.indicators[0] ?? "", right.indicators[0] ?? ""),
  );
}

function isOpenMedia({ kind, open }: ReportIndicator["kinds"][number]): boolean {
  return kind === "media" && open > 0;
}

/** Evidence was supplied and leaves it open: a description that says too little, a sample too small for its interval. */
function wantsMore({ evidence, verdict, lower, upper }: ReportIndicator): boolean {
  return evidence === "supplied" && verdict === "indeterminate" && lower !== upper;
}

/** A threshold that is left to the agreed quality baseline: whoever agrees on it gives it in a profile. */
function thresholdsWanted({ dimensions }: Scores): EvidenceWanted[] {
  return dimensions
    .filter(
      ({ decides, threshold, threshold_claim }) => decides && threshold === undefined && threshold_claim !== undefined,
    )
    .map(({ title, indicators }) => ({
      indicators: [...indicators],
      kinds: ["parameter"],
      text: {
        zh: `“${title.zh}”的阈值：由各方约定，用 --profile 给出`,
        en: `The threshold of "${title.en}": agreed by the parties, given by --profile`,
      },
      decides: true,
    }));
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function costOf(item: EvidenceWanted): number {
  return Math.min(...item.kinds.map((kind) => cost[kind]));
}

function kindsWanted(one: ReportIndicator): EvidenceWanted["kinds"] {
  return one.decided_by;
}

function fallback(one: ReportIndicator): EvidenceWanted["text"] {
  return { zh: `${one.title.zh}的证据`, en: `Evidence for ${one.title.en.toLowerCase()}` };
}
