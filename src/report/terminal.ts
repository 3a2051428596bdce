import type { Report, ReportDimension, ReportRule, Verdict } from "../records/report.gen.js";
import { againstText, fractionText, notSo, placeText, valuesText, verdictSigns, weightText } from "./captions.js";
import { mediaMissing, notCoveredLine, verdictText } from "./extent.js";
import { goldSentence, goldValues } from "./gold-sentences.js";
import { type Lang, type LangChoice, langsOf, type Words, words } from "./locale.js";
import { notAskedSentence } from "./not-asked.js";
import { count, decimal, shortDigest } from "./numbers.js";
import { findingsByRule, groupRules, isUnproven, ruleKey } from "./rules.js";
import {
  acceptNote,
  baselineSentence,
  departureText,
  dimensionName,
  overruledBy,
  scoreText,
  tallySentence,
  waiverSentences,
  withoutEvidence,
} from "./sentences.js";
import { recordText } from "./subjects.js";
import { columns, cutColumns, cutMiddle, padEnd, padStart, visible } from "./text.js";

export interface TerminalOptions {
  readonly lang: LangChoice;
  /** Colour stands on the verdict words only, and never without the word. */
  readonly colour: boolean;
  /** Columns of the terminal; undefined where the output is no terminal, and nothing is cut. */
  readonly width?: number;
  /** Paths of what was written, as the user gave the folder. */
  readonly outputs: readonly string[];
  /** SHA-256 of report.json. */
  readonly digest?: string;
  readonly exit: number;
}

const rulesShown = 5;

// The eight colours of every terminal, which its owner has set to suit its ground.
const colours: Readonly<Record<Verdict, string>> = {
  conforming: "32",
  nonconforming: "31",
  indeterminate: "33",
  "not-applicable": "39",
};

/** A report of about ten lines: verdict, dimensions, the worst rules with one example each, where the rest is. */
export function renderTerminal(report: Report, options: TerminalOptions): string {
  return langsOf(options.lang)
    .map((lang) => renderIn(report, lang, options))
    .join("\n");
}

function renderIn(report: Report, lang: Lang, options: TerminalOptions): string {
  const w = words(lang);
  const lines = [
    `${paint(report.verdict, verdictText(report, w), options)}  ${cutMiddle(visible(report.object.name), 60)}  ${againstText(report, w)}`,
    ...dimensionLines(report, w, options),
    tallyLine(report, w),
    ...[notAskedSentence(report, w), notCoveredLine(report, w)].filter((line) => line !== ""),
    ...baselineLines(report, w),
    ...goldLines(report, w),
    ...ruleLines(report, w, options),
    ...noteLines(report, w),
    lastLine(w, options),
  ];
  return `${lines.join("\n")}\n`;
}

function dimensionLines(report: Report, w: Words, options: TerminalOptions): string[] {
  const rows = report.dimensions.map((one) => ({
    one,
    name: dimensionName(one, w),
    score: scoreText(one),
    verdict: w(`verdict.${one.verdict}`),
  }));
  const name = widest(rows.map((row) => row.name));
  const score = widest(rows.map((row) => row.score));
  const verdict = widest(rows.map((row) => row.verdict));
  return rows.map((row) => {
    const word = paint(row.one.verdict, row.verdict, options) + " ".repeat(verdict - columns(row.verdict));
    return `  ${padEnd(row.name, name)}  ${padStart(row.score, score)}  ${verdictSigns[row.one.verdict]} ${word}  ${dimensionNote(report, row.one, w)}`.trimEnd();
  });
}

function dimensionNote(report: Report, dimension: ReportDimension, w: Words): string {
  const parts: string[] = [];
  if (withoutEvidence(dimension)) parts.push(w("term.no_evidence"));
  else if (dimension.threshold !== undefined) {
    const claim = w(`claim.${dimension.threshold_claim ?? "illustrative"}`);
    parts.push(w("term.census"), w("term.threshold", { threshold: decimal(dimension.threshold), claim }));
  }
  if (!dimension.decides) parts.push(w("term.not_deciding"));
  const comma = w.lang === "zh" ? "，" : ", ";
  const overruled = dimension.decides ? overruledBy(report).map((reason) => acceptNote(reason, w)) : [];
  return [parts.join(comma), ...overruled].filter((part) => part !== "").join(w.lang === "zh" ? "；" : "; ");
}

/** What is new, persisting and fixed against an earlier report. */
function baselineLines({ baseline }: Report, w: Words): string[] {
  return baseline === undefined ? [] : [baselineSentence(baseline, w)];
}

/** What the data were held against, and the values that most ask for. */
function goldLines(report: Report, w: Words): string[] {
  const { gold } = report;
  if (gold === undefined) return [];
  const values = goldValues(report, w);
  return [goldSentence(gold, w), ...(values.length === 0 ? [] : [`  ${values.join("  ")}`])];
}

function tallyLine(report: Report, w: Words): string {
  const n = report.departures.length;
  const departures = n === 0 ? w("term.departures_none") : w("term.departures", { n: count(n) });
  return `${tallySentence(report, w, { notAsked: false })}${w.lang === "zh" ? "，" : ", "}${departures}`;
}

function ruleLines(report: Report, w: Words, options: TerminalOptions): string[] {
  const found = groupRules(report).found;
  const shown = found.slice(0, rulesShown);
  const byRule = findingsByRule(report);
  const severity = widest(shown.map((rule) => weightText(rule, w)));
  const id = widest(shown.map((rule) => rule.id));
  const share = widest(shown.map((rule) => fractionText(rule, w)));
  const lines = shown.flatMap((rule) => {
    const head = `  ${padEnd(weightText(rule, w), severity)}  ${padEnd(rule.id, id)}  ${padStart(fractionText(rule, w), share)}`;
    const example = exampleText(rule, byRule.get(ruleKey(rule.standard, rule.id))?.[0], w);
    return joined(head, example, options.width);
  });
  if (found.length > shown.length) {
    const json = options.outputs.find((path) => path.endsWith("report.json")) ?? "report.json";
    const command = `touchstone render ${shellWord(json)} --to md`;
    lines.push(`  ${w("term.more_rules", { n: count(found.length - shown.length), command })}`);
  }
  return lines;
}

function exampleText(rule: ReportRule, finding: Report["findings"][number] | undefined, w: Words): string {
  if (finding === undefined) return w.text(notSo(rule.certainty, rule.title));
  const parts = [
    cutMiddle(placeText(finding, w), 60),
    cutMiddle(recordText(finding), 24),
    cutColumns(valuesText(finding, w), 70),
  ];
  return parts.filter((part) => part !== "").join("  ");
}

/** On one line where there is room, else the example on a line of its own; a place is never cut, or it would be no link. */
function joined(head: string, example: string, width: number | undefined): string[] {
  if (width === undefined || columns(head) + 3 + columns(example) <= width) return [`${head}   ${example}`];
  return [head, `        ${cutColumns(example, Math.max(40, width - 8))}`];
}

function noteLines(report: Report, w: Words): string[] {
  const notes = report.departures.map((one) => `${w("term.departure")}  ${departureText(one, w)}`);
  // Media that the data name and that were not found stand in the first line already.
  if (report.object.scope === "annotations" && !mediaMissing(report))
    notes.push(`${w("term.note")}  ${w("basis.no_media")}`);
  for (const sentence of waiverSentences(report, w)) notes.push(`${w("term.note")}  ${sentence}`);
  if (groupRules(report).found.slice(0, rulesShown).some(isUnproven))
    notes.push(`${w("term.note")}  ${w("findings.unproven")}`);
  const failed = report.inputs.filter((input) => input.error !== undefined);
  for (const input of failed.slice(0, 3)) {
    const error = input.error;
    if (error !== undefined)
      notes.push(
        `${w("term.not_read")}  ${cutMiddle(visible(input.path), 60)}  ${error.code}  ${visible(w.text(error.message))}`,
      );
  }
  return notes.map((note) => cutColumns(note, 300));
}

function lastLine(w: Words, options: TerminalOptions): string {
  const digest = options.digest === undefined ? "" : `   sha256 ${shortDigest(options.digest)}`;
  const outputs = options.outputs.length === 0 ? "" : `${w("term.report")}  ${options.outputs.join("  ")}${digest}   `;
  return `${outputs}${w("term.exit", { exit: options.exit })}`;
}

/** A path as a shell takes it for one word. */
function shellWord(path: string): string {
  return /^[\w./:\\@%+,=-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

function paint(verdict: Verdict, text: string, options: TerminalOptions): string {
  return options.colour ? `\u001b[${colours[verdict]}m${text}\u001b[39m` : text;
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(columns));
}
