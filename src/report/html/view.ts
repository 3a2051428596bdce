import type { Report, Text } from "../../records/report.gen.js";
import { againstText } from "../captions.js";
import { verdictEntry, verdictText } from "../extent.js";
import { both, entry, type LangChoice, words } from "../locale.js";
import { shortDigest } from "../numbers.js";
import {
  baselineSentence,
  basisSentences,
  departuresHead,
  departureText,
  waiverSentences,
  whySentences,
  wouldChange,
} from "../sentences.js";
import { cutMiddle, visible } from "../text.js";
import { dataView } from "./data-view.js";
import type { PageImages } from "./figures.js";
import { findingsView } from "./findings-view.js";
import { methodView } from "./method-view.js";
import { dimensionsView, evidenceView, indicatorsView } from "./scores-view.js";

export interface ViewOptions {
  readonly lang: LangChoice;
  readonly digest: string;
  readonly examples: number;
  readonly images: PageImages;
}

/** What the templates print: our sentences in both languages, text from the data made visible, drawings as SVG. */
export function pageView(report: Report, options: ViewOptions): Record<string, unknown> {
  const allMissing = report.reasons.some((reason) => reason.code === "no-indicator-left");
  return {
    lang: options.lang,
    langZh: options.lang === "zh",
    langEn: options.lang === "en",
    langBoth: options.lang === "zh+en",
    head: headView(report, options.digest),
    verdict: verdictView(report),
    evidenceFirst: allMissing,
    evidence: evidenceView(report),
    dimensions: dimensionsView(report),
    indicators: indicatorsView(report),
    findings: findingsView(report, options),
    data: dataView(report),
    method: methodView(report, options.digest),
  };
}

function headView(report: Report, digest: string): Record<string, unknown> {
  const name = cutMiddle(visible(report.object.name), 120);
  const kind = report.issue === null ? "kind.self" : report.issue.document === "test" ? "kind.test" : "kind.inspection";
  return {
    kind: entry(kind),
    note: report.issue === null ? entry("head.not_reviewed") : entry("head.supplied"),
    self: report.issue === null,
    number: visible(report.issue?.report_number ?? ""),
    name,
    title: both((w) => `${name} · ${verdictText(report, w)} · ${w(kind)}`),
    against: both((w) => againstText(report, w)),
    format: report.object.format,
    digest,
    shortDigest: shortDigest(digest),
  };
}

function verdictView(report: Report): Record<string, unknown> {
  return {
    id: report.verdict,
    word: verdictEntry(report),
    why: joined(report, whySentences),
    basis: joined(report, basisSentences),
    departuresHead: both((w) => departuresHead(report, w)),
    departures: report.departures.map((one) => both((w) => departureText(one, w))),
    waivers: report.waivers.length === 0 ? null : joined(report, waiverSentences),
    baseline: baselineView(report),
    change: paired(report, wouldChange),
  };
}

function baselineView({ baseline }: Report): Text | null {
  return baseline === undefined ? null : both((w) => baselineSentence(baseline, w));
}

type Sentences = typeof whySentences;

function joined(report: Report, make: Sentences): Text {
  return both((w) => w.join(make(report, w)));
}

/** A list of sentences in both languages, pair by pair. */
function paired(report: Report, make: Sentences): Text[] {
  const zh = make(report, words("zh"));
  const en = make(report, words("en"));
  return zh.map((line, i) => ({ zh: line, en: en[i] ?? line }));
}
