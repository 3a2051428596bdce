import type { Baseline, Departure, Kind, Reason, Report, ReportDimension, ReportRule } from "../records/report.gen.js";
import { mediaMissing, notExamined } from "./extent.js";
import type { Words } from "./locale.js";
import { bounds, count, decimal, percent } from "./numbers.js";
import { groupRules, openFindings, overruling, severities } from "./rules.js";
import { visible } from "./text.js";

/** The sentences that carry the verdict, built from the report and never written by hand for one. */

/** Rules, indicators or reasons that a sentence names before it says how many more there are. */
const namedAtMost = 3;

/** Why the verdict is what it is. Nonconforming beats indeterminate, and then both are named. */
export function whySentences(report: Report, w: Words): string[] {
  const sentences = [
    ...report.reasons.filter((reason) => reason.verdict === "nonconforming" && !isFindings(reason)),
    ...report.reasons.filter((reason) => reason.verdict === "indeterminate"),
  ].map((reason) => reasonSentence(report, reason, w));
  if (report.verdict === "nonconforming") sentences.unshift(...failSentences(report, w));
  if (report.verdict === "conforming") sentences.unshift(holdSentence(report, w));
  sentences.push(...otherFindings(report, w));
  if (report.verdict !== "indeterminate") sentences.push(...notCovered(report, w));
  return sentences.filter((sentence) => sentence !== "");
}

/** What the verdict rests on, and what it is no evidence of. */
export function basisSentences(report: Report, w: Words): string[] {
  // A verdict rests on nothing that was not asked.
  const { found, undecided, holding } = groupRules(report);
  const asked = [...found, ...undecided, ...holding];
  const of = (claim: ReportRule["claim"]): number => asked.filter((rule) => rule.claim === claim).length;
  const sentences = [
    w("basis.claims", {
      n: count(asked.length),
      normative: count(of("normative")),
      reported: count(of("reported")),
      illustrative: count(of("illustrative")),
      scheme: schemeClaims(report, w),
    }),
  ];
  const ours = report.standards.filter((standard) => standard.status === "ours").map((standard) => standard.id);
  if (ours.length > 0) sentences.push(w("basis.ours", { ids: w.list(ours), n: ours.length }));
  const partial = report.standards.filter((standard) => standard.partial).map((standard) => visible(standard.number));
  if (partial.length > 0) sentences.push(w("basis.partial", { ids: w.list(partial), n: partial.length }));
  if (of("normative") === 0) sentences.push(w("basis.no_evidence"));
  if (mediaMissing(report)) sentences.push(w("basis.no_media"));
  return sentences;
}

/** On what the scheme's own numbers and names rest: the rules may all be ours, and the threshold not. */
function schemeClaims(report: Report, w: Words): string {
  const claims = (all: readonly (ReportRule["claim"] | undefined)[]): string =>
    w.list([...new Set(all.filter((one) => one !== undefined))].sort().map((one) => w(`claim.${one}`)));
  const thresholds = claims(report.dimensions.map((one) => one.threshold_claim));
  const names = claims(report.indicators.map((one) => one.claim));
  if (thresholds !== "" && thresholds === names) return w("basis.scheme_same", { claims: names });
  return (
    (thresholds === "" ? "" : w("basis.scheme_thresholds", { claims: thresholds })) +
    (names === "" ? "" : w("basis.scheme_indicators", { claims: names }))
  );
}

/** «无偏离。», or how many there are; `departureText` says each. */
export function departuresHead(report: Report, w: Words): string {
  const n = report.departures.length;
  return n === 0 ? w("departures.none") : w("departures.some", { n: count(n) });
}

export function departureText(departure: Departure, w: Words): string {
  const said = w(`departure.${departure.kind}`, {
    subject: visible(departure.subject),
    from: named(departure, departure.from, w),
    to: named(departure, departure.to, w),
  });
  return w("departure.reason", { said, reason: visible(departure.reason) });
}

/** What was waived, and its share of all findings; empty where nothing was asked to be. */
export function waiverSentences(report: Report, w: Words): string[] {
  if (report.waivers.length === 0) return [];
  const waived = sum(report.rules.map((rule) => rule.waived));
  const all = sum(report.rules.map((rule) => rule.violations));
  const idle = report.waivers.filter((waiver) => !waiver.applies || waiver.matched === 0).length;
  const sentences = [
    waived === 0
      ? w("waivers.none")
      : w("waivers.some", { n: count(waived), all: count(all), share: percent(waived, all) ?? "" }),
  ];
  if (idle > 0) sentences.push(w("waivers.idle", { n: count(idle) }));
  return sentences;
}

/** At most three things that would change a verdict that is not conforming; beside a conforming one, what was not examined. */
export function wouldChange(report: Report, w: Words): string[] {
  if (report.verdict === "conforming") return notExamined(report, w);
  if (report.verdict === "not-applicable") return [];
  const deciding = overruling(report);
  const lines = groupRules(report)
    .found.filter((rule) => deciding.has(rule.id))
    .map((rule) => w("change.fix", { id: rule.id, n: count(openFindings(rule)), fix: bareEnd(w.text(rule.fix)) }));
  const most = 3;
  const wanted = report.evidence_wanted.filter((one) => one.decides);
  const comma = w.lang === "zh" ? "、" : ", ";
  if (lines.length + wanted.length <= most) {
    for (const { indicators, text } of wanted)
      lines.push(w("change.evidence", { codes: indicators.join(comma), text: w.text(text) }));
    return lines;
  }
  const room = wanted.length > 0 ? most - 1 : most;
  const shown =
    lines.length <= room
      ? lines
      : [...lines.slice(0, room - 1), w("change.more", { n: count(lines.length - room + 1) })];
  if (wanted.length > 0)
    shown.push(w("change.evidence_many", { codes: [...new Set(wanted.flatMap((one) => one.indicators))].join(comma) }));
  return shown;
}

/** `3 条规则有发现（67 条），41 条成立，5 条未能判定，无偏离`: kinds before totals. */
export function tallySentence(report: Report, w: Words, options: { notAsked?: boolean } = {}): string {
  const groups = groupRules(report);
  const findings = count(sum(groups.found.map(openFindings)));
  const parts = [
    groups.found.length === 0 ? w("tally.none") : w("tally.found", { n: count(groups.found.length), findings }),
  ];
  for (const [key, group] of [
    ["tally.holding", groups.holding],
    ["tally.undecided", groups.undecided],
    ["tally.not_asked", groups.notAsked],
  ] as const) {
    if (group.length > 0 && (options.notAsked !== false || group !== groups.notAsked))
      parts.push(w(key, { n: count(group.length) }));
  }
  return parts.join(w.lang === "zh" ? "，" : ", ");
}

/** `4,784 条标注`, `1 annotation`. */
export function countOf(kind: string, n: number, w: Words): string {
  const known: readonly Kind[] = ["file", "media", "category", "annotation", "dataset"];
  const key = known.find((one) => one === kind);
  return key === undefined ? w("count.other", { n: count(n), kind }) : w(`count.${key}`, { n: count(n) });
}

/** The kind of record that the report is about: annotations where there are any. */
function mainKind(report: Report): string {
  const read = report.records.read;
  if ((read["annotation"] ?? 0) > 0) return "annotation";
  const kinds = Object.keys(read).sort(
    (left, right) => (read[right] ?? 0) - (read[left] ?? 0) || (left < right ? -1 : 1),
  );
  return kinds[0] ?? "annotation";
}

/** `02 数据质量`. */
export function dimensionName(dimension: ReportDimension, w: Words): string {
  return `${dimension.code} ${w.text(dimension.title)}`;
}

/** Nothing at all is known of it: then its bounds 0 … 100 say no more than a dash does. */
export function withoutEvidence(dimension: ReportDimension): boolean {
  const { lower, upper } = dimension;
  return lower === undefined || upper === undefined || (lower === 0 && upper === 100);
}

export function scoreText(dimension: ReportDimension): string {
  const { lower, upper, threshold } = dimension;
  return withoutEvidence(dimension) ? "—" : bounds(lower ?? 0, upper ?? 100, threshold);
}

/** The severities of the accepted numbers in words: «严重 0，重要 0». */
export function acceptText(report: Report, w: Words): string {
  const accept = report.scheme?.accept ?? {};
  const parts = severities
    .filter((severity) => accept[severity] !== undefined)
    .map((severity) => `${w(`severity.${severity}`)} ${count(accept[severity] ?? 0)}`);
  return parts.length === 0 ? w("accept.none") : parts.join(w.lang === "zh" ? "，" : ", ");
}

/** How the indicators of the dimensions that decide are weighted. */
export function weightsText(report: Report, w: Words): string {
  const deciding = report.dimensions.filter((one) => one.decides);
  const kinds = [...new Set(deciding.map((one) => one.weights ?? "equal"))];
  return kinds.length === 0 ? "—" : w.list(kinds.map((kind) => w(`weights.${kind}`)));
}

/** How the scores come about, so that a reader can reckon them. */
export function derivedSentence(report: Report, w: Words): string {
  return report.dimensions.some((one) => one.decides)
    ? w("dimensions.derived", { weights: weightsText(report, w) })
    : "";
}

/** Reasons that are findings beyond what the scheme allows; the worst severity first. */
export function overruledBy(report: Report): Reason[] {
  const order = ({ severity }: Reason): number => severities.indexOf(severity ?? "critical");
  return report.reasons
    .filter(({ code }) => code === "findings-over-accept")
    .sort((left, right) => order(left) - order(right));
}

export function acceptNote(reason: Reason, w: Words): string {
  return w("term.accept", {
    severity: w(`severity.${reason.severity ?? "critical"}`),
    n: count(reason.count ?? 0),
    accept: count(reason.accept ?? 0),
  });
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function failSentences(report: Report, w: Words): string[] {
  const deciding = overruling(report);
  const rules = groupRules(report).found.filter((rule) => deciding.has(rule.id));
  if (rules.length === 0) return [];
  return [
    w("why.fail", { groups: groupsText(rules, w), verb: verb(rules, w), rules: rulesText(rules, w) }),
    ...veto(report, rules, w),
  ];
}

/** A veto never hides the score beneath it. */
function veto(report: Report, rules: readonly ReportRule[], w: Words): string[] {
  return report.dimensions
    .filter((one) => one.decides && one.threshold !== undefined && (one.lower ?? -1) >= one.threshold)
    .map((one) =>
      w("why.veto", {
        dimension: dimensionName(one, w),
        score: scoreText(one),
        threshold: decimal(one.threshold ?? 0),
        claim: w(`claim.${one.threshold_claim ?? "illustrative"}`),
        severities: w.list(
          severities
            .filter((severity) => rules.some((rule) => rule.severity === severity))
            .map((severity) => w(`severity.${severity}`)),
        ),
      }),
    );
}

function holdSentence(report: Report, w: Words): string {
  const kind = mainKind(report);
  const decided = report.rules.filter((rule) => rule.verdict === "conforming").length;
  return w("why.hold", { records: countOf(kind, report.records.read[kind] ?? 0, w), n: count(decided) });
}

/** Findings that did not set the verdict: of tolerated severities, and of rules that decide nothing. */
function otherFindings(report: Report, w: Words): string[] {
  const deciding = report.verdict === "nonconforming" ? overruling(report) : new Set<string>();
  const rest = groupRules(report).found.filter((rule) => !deciding.has(rule.id) && openFindings(rule) > 0);
  const sentences: string[] = [];
  const tolerated = rest.filter((rule) => rule.verdict !== "advisory");
  const advisory = rest.filter((rule) => rule.verdict === "advisory");
  if (tolerated.length > 0) {
    sentences.push(
      w("why.other", { groups: groupsText(tolerated, w), verb: hasVerb(tolerated, w), rules: rulesText(tolerated, w) }),
    );
  }
  if (advisory.length > 0) {
    const n = count(advisory.length);
    sentences.push(w("why.advisory", { n, findings: count(sum(advisory.map(openFindings))) }));
  }
  return sentences;
}

/** What the verdict does not speak of, for want of evidence. */
function notCovered(report: Report, w: Words): string[] {
  const missing = report.indicators.filter((one) => one.evidence === "missing");
  if (missing.length === 0) return [];
  // All of them: they are few, and what a verdict leaves out is not to be cut short.
  const names = missing.map((one) => `${w.text(one.title)}${w("paren", { text: one.code })}`);
  const key = report.verdict === "conforming" ? "why.not_covered" : "why.also_open";
  return [w(key, { n: count(missing.length), names: w.list(names) })];
}

function reasonSentence(report: Report, reason: Reason, w: Words): string {
  switch (reason.code) {
    case "findings-over-accept":
      return "";
    case "score-below-threshold":
      return w("why.below", dimensionParams(report, reason, w));
    case "score-not-proven": {
      const key = (reason.indicators ?? []).length > 0 ? "why.not_proven_missing" : "why.not_proven";
      return w(key, {
        ...dimensionParams(report, reason, w),
        indicators: andMore((reason.indicators ?? []).slice(0, namedAtMost), (reason.indicators ?? []).length, w),
      });
    }
    case "rules-not-evaluated": {
      const ids = reason.rules ?? [];
      return w("why.not_evaluated", {
        n: count(ids.length),
        rules: andMore(ids.slice(0, namedAtMost), ids.length, w),
        records: count(reason.count ?? 0),
      });
    }
    case "no-indicator-left": {
      const missing = report.indicators.filter((one) => one.evidence === "missing").length;
      return missing === 0 ? w("why.no_indicator") : w("why.all_missing", { n: count(missing) });
    }
    case "nothing-read":
      return w("why.nothing_read");
    case "files-not-read":
      return w("why.files_not_read", { n: count(reason.count ?? 0) });
  }
}

function dimensionParams(report: Report, reason: Reason, w: Words): Record<string, string> {
  const dimension = report.dimensions.find((one) => one.code === reason.dimension);
  const lower = reason.lower ?? dimension?.lower;
  const upper = reason.upper ?? dimension?.upper;
  const threshold = reason.threshold ?? dimension?.threshold;
  return {
    dimension: dimension === undefined ? (reason.dimension ?? "") : dimensionName(dimension, w),
    score: lower === undefined || upper === undefined ? "—" : bounds(lower, upper, threshold),
    threshold: threshold === undefined ? "—" : decimal(threshold),
    claim: w(`claim.${dimension?.threshold_claim ?? "illustrative"}`),
  };
}

function groupsText(rules: readonly ReportRule[], w: Words): string {
  const groups = severities
    .map((severity) => ({ severity, n: rules.filter((rule) => rule.severity === severity).length }))
    .filter((group) => group.n > 0);
  const parts = groups.map(({ severity, n }) =>
    w("group", { n: w.lang === "en" ? small(n) : count(n), severity: w(`severity.${severity}`) }),
  );
  return w.lang === "zh" ? parts.join("、") : `${capital(w.list(parts))} ${groups.at(-1)?.n === 1 ? "rule" : "rules"}`;
}

function rulesText(rules: readonly ReportRule[], w: Words): string {
  const named = rules
    .slice(0, namedAtMost)
    .map((rule) => w("rule.count", { title: w.text(rule.title), n: count(openFindings(rule)) }));
  return andMore(named, rules.length, w);
}

function andMore(named: readonly string[], all: number, w: Words): string {
  const left = all - named.length;
  if (left <= 0) return w.list(named);
  return w.lang === "zh" ? `${named.join("、")} 等 ${count(all)} 项` : `${named.join(", ")} and ${count(left)} more`;
}

function verb(rules: readonly ReportRule[], w: Words): string {
  return w.lang === "zh" ? "" : rules.length === 1 ? "does" : "do";
}

function hasVerb(rules: readonly ReportRule[], w: Words): string {
  return w.lang === "zh" ? "" : rules.length === 1 ? "has" : "have";
}

function named(departure: Departure, value: string, w: Words): string {
  const severity = severities.find((one) => departure.kind === "severity" && one === value);
  return severity === undefined ? visible(value) : w(`severity.${severity}`);
}

function isFindings(reason: Reason): boolean {
  return reason.code === "findings-over-accept";
}

const smallNumbers = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

function small(n: number): string {
  return smallNumbers[n] ?? count(n);
}

/** Without its full stop, so that it may stand inside a sentence. */
function bareEnd(text: string): string {
  return text.replace(/[。.]\s*$/, "");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What is new, persisting and fixed against an earlier report, and how much was compared. */
export function baselineSentence(base: Baseline, w: Words): string {
  const key = !base.comparable ? "baseline.not_comparable" : base.compared < base.of ? "baseline.part" : "baseline";
  return w(key, {
    new: count(base.new),
    persisting: count(base.persisting),
    fixed: count(base.fixed),
    compared: count(base.compared),
    of: count(base.of),
  });
}
