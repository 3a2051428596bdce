import type { Baseline, Report, ReportFinding } from "../records/report.gen.js";

export interface Compared {
  readonly baseline: Baseline;
  readonly findings: ReportFinding[];
}

/** Two standards may have a rule of one id. */
const ruleOf = ({ standard, rule }: Pick<ReportFinding, "standard" | "rule">): string => `${standard} ${rule}`;

/** After every fingerprint. */
const everything = "g";

/** Fingerprints in the order in which a report keeps them: the hash, then which of its equals (`#2` comes before `#10`). */
export function compareFingerprints(left: string, right: string): number {
  const [leftHash = "", leftNumber = "1"] = left.split("#");
  const [rightHash = "", rightNumber = "1"] = right.split("#");
  if (leftHash !== rightHash) return leftHash < rightHash ? -1 : 1;
  return Number(leftNumber) - Number(rightNumber);
}

/** What a report says of one rule: its findings, in all how many there are, and the largest fingerprint that it is sure to have kept. */
interface Kept {
  readonly findings: readonly ReportFinding[];
  readonly violations: number;
  readonly cutOff: string;
}

const nothingKept: Kept = { findings: [], violations: 0, cutOff: everything };

function keptByRule({ rules, findings }: Report): Map<string, Kept> {
  const groups = new Map<string, ReportFinding[]>();
  for (const finding of findings) {
    const key = ruleOf(finding);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return new Map(
    rules.map(({ id, standard, violations, kept = 0 }) => {
      const key = ruleOf({ rule: id, standard });
      const own = groups.get(key) ?? [];
      const largest =
        own
          .map(({ fingerprint }) => fingerprint)
          .sort(compareFingerprints)
          .at(-1) ?? "";
      return [key, { findings: own, violations, cutOff: kept >= violations ? everything : largest }];
    }),
  );
}

/**
 * What is new, persisting and fixed against an earlier report, by fingerprint. Exact where both reports kept every finding of a rule; else only
 * fingerprints up to the smaller of both cut-offs are compared, and `compared` of `of` says how many that was.
 */
export function compareBaseline(report: Report, old: Report, sha256: string): Compared {
  const editions = new Map(old.standards.map(({ id, deciding_digest }) => [id, deciding_digest]));
  const comparable = report.standards.every(({ id, deciding_digest }) => editions.get(id) === deciding_digest);
  const now = keptByRule(report);
  const before = keptByRule(old);
  const counts = { new: 0, persisting: 0, fixed: 0, compared: 0, of: 0 };
  const fixedFindings: NonNullable<Baseline["fixed_findings"]> = [];
  const states = new Map<ReportFinding, "new" | "persisting">();
  for (const key of [...new Set([...now.keys(), ...before.keys()])].sort()) {
    const mine = now.get(key) ?? nothingKept;
    const theirs = before.get(key) ?? nothingKept;
    const limit = compareFingerprints(mine.cutOff, theirs.cutOff) < 0 ? mine.cutOff : theirs.cutOff;
    const within = ({ fingerprint }: ReportFinding) => compareFingerprints(fingerprint, limit) <= 0;
    const known = new Set(theirs.findings.map(({ fingerprint }) => fingerprint));
    const current = new Set(mine.findings.map(({ fingerprint }) => fingerprint));
    counts.of += mine.violations;
    for (const finding of mine.findings.filter(within)) {
      const state = known.has(finding.fingerprint) ? "persisting" : "new";
      states.set(finding, state);
      counts.compared++;
      counts[state]++;
    }
    for (const finding of theirs.findings.filter(within)) {
      if (current.has(finding.fingerprint)) continue;
      const { rule, fingerprint, media } = finding;
      counts.fixed++;
      fixedFindings.push({ rule, fingerprint, ...(media === undefined ? {} : { media }) });
    }
  }
  return {
    baseline: { sha256, comparable, records_before: old.records.read, ...counts, fixed_findings: fixedFindings },
    findings: report.findings.map((finding) => {
      const state = states.get(finding);
      return state === undefined ? finding : { ...finding, baseline: state };
    }),
  };
}
