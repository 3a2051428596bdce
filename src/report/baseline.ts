import type { Baseline, Report, ReportFinding } from "../records/report.gen.js";

export interface Compared {
  readonly baseline: Baseline;
  readonly findings: ReportFinding[];
}

const keyOf = ({ rule, fingerprint }: Pick<ReportFinding, "rule" | "fingerprint">): string => `${rule} ${fingerprint}`;

/** The largest fingerprint that a report is sure to have kept for a rule: all, where it kept every finding. */
function cutOff(report: Report, rule: string, findings: readonly ReportFinding[]): string {
  const counted = report.rules.find(({ id }) => id === rule);
  if (counted === undefined || (counted.kept ?? 0) >= counted.violations) return "g";
  return findings.reduce((largest, { fingerprint }) => (fingerprint > largest ? fingerprint : largest), "");
}

function byRule(report: Report): Map<string, ReportFinding[]> {
  const groups = new Map<string, ReportFinding[]>();
  for (const finding of report.findings) {
    const group = groups.get(finding.rule);
    if (group === undefined) groups.set(finding.rule, [finding]);
    else group.push(finding);
  }
  return groups;
}

/**
 * What is new, persisting and fixed against an earlier report, by fingerprint. Exact where both reports kept every finding of a rule; else only
 * fingerprints below the smaller of both cut-offs are compared, and `compared` of `of` says how many that was.
 */
export function compareBaseline(report: Report, old: Report, sha256: string): Compared {
  const editions = new Map(old.standards.map(({ id, deciding_digest }) => [id, deciding_digest]));
  const comparable = report.standards.every(({ id, deciding_digest }) => editions.get(id) === deciding_digest);
  const now = byRule(report);
  const before = byRule(old);
  const rules = new Set([...now.keys(), ...before.keys()]);
  let added = 0;
  let persisting = 0;
  let fixed = 0;
  let compared = 0;
  let of = 0;
  const fixedFindings: NonNullable<Baseline["fixed_findings"]> = [];
  const states = new Map<string, "new" | "persisting">();
  for (const rule of [...rules].sort()) {
    const mine = now.get(rule) ?? [];
    const theirs = before.get(rule) ?? [];
    const limit = [cutOff(report, rule, mine), cutOff(old, rule, theirs)].sort()[0] ?? "g";
    const known = new Set(theirs.map(keyOf));
    const current = new Set(mine.map(keyOf));
    of += report.rules.find(({ id }) => id === rule)?.violations ?? 0;
    for (const finding of mine) {
      if (finding.fingerprint > limit) continue;
      compared++;
      const state = known.has(keyOf(finding)) ? "persisting" : "new";
      states.set(keyOf(finding), state);
      if (state === "new") added++;
      else persisting++;
    }
    for (const finding of theirs) {
      if (finding.fingerprint > limit || current.has(keyOf(finding))) continue;
      fixed++;
      fixedFindings.push({
        rule,
        fingerprint: finding.fingerprint,
        ...(finding.media === undefined ? {} : { media: finding.media }),
      });
    }
  }
  return {
    baseline: { sha256, comparable, new: added, persisting, fixed, compared, of, fixed_findings: fixedFindings },
    findings: report.findings.map((finding) => {
      const state = states.get(keyOf(finding));
      return state === undefined ? finding : { ...finding, baseline: state };
    }),
  };
}
