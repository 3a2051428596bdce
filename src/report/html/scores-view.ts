import type { Report, ReportDimension, ReportIndicator, Text } from "../../records/report.gen.js";
import { scoreDomain, scoreScale } from "../charts.js";
import { both, entry, type Words } from "../locale.js";
import { bounds, count, decimal, fraction } from "../numbers.js";
import { cssPalette } from "../palette.js";
import { acceptNote, acceptText, derivedSentence, overruledBy, scoreText, withoutEvidence } from "../sentences.js";
import { visible } from "../text.js";

type View = Record<string, unknown>;

/** Rows on one scale: score, scale, threshold, verdict. */
export function dimensionsView(report: Report): View | null {
  if (report.dimensions.length === 0) return null;
  const domain = scoreDomain(report.dimensions);
  const rows = report.dimensions.map((one, i) => ({
    code: one.code,
    title: one.title,
    verdict: one.verdict,
    word: entry(`verdict.${one.verdict}`),
    score: scoreText(one),
    scale: scoreScale(one, domain, {
      palette: cssPalette,
      name: `aria-labelledby="d-${i} ds-${i} dt-${i}"`,
      label: thresholdLabel(one),
    }),
    threshold: thresholdText(one),
    note: dimensionNote(one),
    overruled: one.decides ? acceptNotes(report) : [],
    i,
  }));
  const axis = domain[0] === 0 ? null : entry("dimensions.axis80");
  return {
    rows,
    axis,
    accept: both((w) => w("dimensions.accept", { accept: acceptText(report, w) })),
    derived: both((w) => derivedSentence(report, w)),
    scheme: report.scheme !== null,
  };
}

/** Indicators with and without evidence, in one order and one type. */
export function indicatorsView(report: Report): View[] {
  return report.indicators.map((one) => ({
    code: one.code,
    title: one.title,
    claim: entry(`claim.${one.claim}`),
    evidence: both((w) => evidenceText(one, w)),
    a: one.a === undefined ? "—" : count(one.a),
    b: one.b === undefined ? "—" : count(one.b),
    x: indicatorScore(one),
    bar:
      one.lower === undefined || one.upper === undefined
        ? null
        : {
            from: one.lower.toFixed(2),
            width: Math.max(0.8, one.upper - one.lower).toFixed(2),
            to: one.upper.toFixed(2),
            open: one.upper > one.lower,
          },
    verdict: one.verdict,
    word: entry(`verdict.${one.verdict}`),
  }));
}

/** What would decide what is open: a checklist that can be sent to whoever has it. */
export function evidenceView(report: Report): View[] {
  return report.evidence_wanted.map((one) => ({
    text: { zh: visible(one.text.zh), en: visible(one.text.en) },
    kinds: both((w) => w.list(one.kinds.map((kind) => w(`evidence.by.${kind}`)))),
    codes: one.indicators.join(", "),
    decides: one.decides,
  }));
}

export function thresholdText(one: ReportDimension): Text {
  if (one.threshold === undefined) return entry("threshold.none");
  const threshold = decimal(one.threshold);
  return both((w) => w("threshold", { threshold, claim: w(`claim.${one.threshold_claim ?? "illustrative"}`) }));
}

export function dimensionNote(one: ReportDimension): Text | null {
  if (withoutEvidence(one)) return entry(one.decides ? "dimensions.no_evidence" : "dimensions.no_evidence_outside");
  if (!one.decides) return entry("term.not_deciding");
  if (one.upper !== one.lower) return entry("dimensions.bounds");
  return null;
}

/** Which findings exceed what the scheme allows; the worst severity first. */
function acceptNotes(report: Report): Text[] {
  return overruledBy(report).map((reason) => both((w) => acceptNote(reason, w)));
}

export function evidenceText(one: ReportIndicator, w: Words): string {
  switch (one.evidence) {
    case "rules": {
      const sets = one.kinds.find((kind) => kind.sets);
      const units = sets === undefined ? "" : w("evidence.units", { units: w(`kind.${sets.kind}`) });
      return w("evidence.rules", { n: count(one.rules.length), units });
    }
    case "supplied":
      return w("evidence.supplied", {
        kind: w(`evidence.kind.${one.supplied?.kind ?? "document"}`),
        role: visible(one.supplied?.role ?? ""),
      });
    case "missing":
      return w("evidence.missing", {
        wanted:
          one.wanted === undefined
            ? w.list(one.decided_by.map((kind) => w(`evidence.kind.${kind}`)))
            : w.text(one.wanted),
      });
    case "not-applicable":
      return w("evidence.not_applicable");
  }
}

export function indicatorScore(one: ReportIndicator): string {
  return one.lower === undefined || one.upper === undefined ? "—" : bounds(one.lower, one.upper);
}

export function indicatorFraction(one: ReportIndicator, w: Words): string {
  return one.a === undefined || one.b === undefined ? "—" : fraction(one.a, one.b, w.lang);
}

function thresholdLabel(one: ReportDimension): string {
  if (one.threshold === undefined) return "";
  const threshold = decimal(one.threshold);
  const label = entry(`claim.${one.threshold_claim ?? "illustrative"}`);
  const text = (lang: string, words: string): string =>
    `<text lang="${lang}" x="{x}" y="12" font-size="11" fill="${cssPalette.ink}" text-anchor="middle">${words}</text>`;
  return text("zh", `${threshold}，${label.zh}`) + text("en", `${threshold}, ${label.en}`);
}
