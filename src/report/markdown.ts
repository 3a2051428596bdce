import type { Report, ReportRule } from "../records/report.gen.js";
import {
  againstText,
  fractionText,
  howMany,
  notAskedText,
  notSo,
  placeText,
  valuesText,
  verdictSigns,
  weightText,
} from "./captions.js";
import { verdictText } from "./extent.js";
import { goldSentence, goldValues } from "./gold-sentences.js";
import { type Lang, type LangChoice, langsOf, type Words, words } from "./locale.js";
import { notAskedGroups, notAskedSentence } from "./not-asked.js";
import { count, decimal, shortDigest } from "./numbers.js";
import { findingsByRule, groupRules, isUnproven, ruleKey } from "./rules.js";
import {
  acceptNote,
  basisSentences,
  departuresHead,
  departureText,
  dimensionName,
  overruledBy,
  scoreText,
  tallySentence,
  waiverSentences,
  whySentences,
  wouldChange,
} from "./sentences.js";
import { isWhole, recordText } from "./subjects.js";
import { cutMiddle, visible } from "./text.js";

export interface MarkdownOptions {
  readonly lang: LangChoice;
  /** SHA-256 of report.json. */
  readonly digest?: string;
}

/** Comments of code hosts end at 65,536 characters; below it there is room for a sentence of the reader's own. */
const longest = 60_000;
const rulesShown = 40;

/** A comment for a pull request: the verdict, dimensions, rules with findings, and what is wanted. */
export function renderMarkdown(report: Report, options: MarkdownOptions): string {
  const langs = langsOf(options.lang);
  const each = Math.floor(longest / langs.length);
  return langs.map((lang) => fitted(report, lang, options, each)).join("\n");
}

/** Fewer rules where the text would be too long; the table says how many more there are. */
function fitted(report: Report, lang: Lang, options: MarkdownOptions, most: number): string {
  for (let shown = rulesShown; ; shown = Math.floor(shown / 2)) {
    const text = renderIn(report, words(lang), options, shown);
    if (Buffer.byteLength(text) <= most || shown === 0) return text;
  }
}

function gold(report: Report, w: Words): string {
  return report.gold === undefined
    ? ""
    : escapeMarkdown([goldSentence(report.gold, w), ...goldValues(report, w)].join(w.lang === "zh" ? "；" : " "));
}

function renderIn(report: Report, w: Words, options: MarkdownOptions, shown: number): string {
  const blocks = [
    `### ${verdictSigns[report.verdict]} ${escapeMarkdown(verdictText(report, w))} · ${short(report.object.name, 80)} · ${escapeMarkdown(againstText(report, w))}`,
    escapeMarkdown(w.join(whySentences(report, w))),
    escapeMarkdown(w.join([`${tallySentence(report, w)}${w("stop")}`, ...basisSentences(report, w)])),
    departures(report, w),
    changes(report, w),
    dimensionTable(report, w),
    gold(report, w),
    ruleTable(report, w, shown),
    details(
      w("findings.undecided", { n: count(groupRules(report).undecided.length) }),
      firstOf(groupRules(report).undecided, shown, w, (rule) => undecidedLine(rule, w)),
    ),
    details(
      w("section.evidence"),
      firstOf(
        report.evidence_wanted,
        shown,
        w,
        (one) => `- [ ] ${escapeMarkdown(one.indicators.join(", "))} ${short(w.text(one.text), 200)}`,
      ),
    ),
    details(
      notAskedSentence(report, w),
      firstOf(
        notAskedGroups(report).flatMap(({ rules }) => rules),
        shown,
        w,
        (rule) => `- \`${rule.id}\` ${escapeMarkdown(notAskedText(rule, w))}`,
      ),
    ),
    `touchstone ${report.tool.version}${options.digest === undefined ? "" : ` · sha256 ${shortDigest(options.digest)}`} · ${escapeMarkdown(w("statement.self"))}`,
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

/** A line each of the first items, and how many are left. */
function firstOf<T>(items: readonly T[], shown: number, w: Words, line: (item: T) => string): string[] {
  const left = items.length - shown;
  const lines = items.slice(0, shown).map(line);
  return left > 0 ? [...lines, `- ${w("standard.more", { n: count(left) })}`] : lines;
}

/** Text from outside can neither end a cell nor call anybody: every sign that Markdown or HTML reads is escaped. */
export function escapeMarkdown(text: string): string {
  return visible(text)
    .replace(/[\\`*_{}[\]#|~]/g, "\\$&")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/@/g, "&#64;")
    .replace(/:\/\//g, ":&#47;&#47;");
}

function departures(report: Report, w: Words): string {
  const lines = report.departures.slice(0, 20).map((one) => `- ${short(departureText(one, w), 300)}`);
  const list = [departuresHead(report, w), ...lines].join("\n");
  const waived = escapeMarkdown(w.join(waiverSentences(report, w)));
  return waived === "" ? list : `${list}\n\n${waived}`;
}

function changes(report: Report, w: Words): string {
  const lines = wouldChange(report, w).map((line) => `- ${short(line, 400)}`);
  return lines.length === 0 ? "" : [w("section.change"), ...lines].join("\n");
}

function dimensionTable(report: Report, w: Words): string {
  if (report.dimensions.length === 0) return "";
  const rows = report.dimensions.map((one) => {
    const threshold =
      one.threshold === undefined
        ? "—"
        : w("threshold", {
            threshold: decimal(one.threshold),
            claim: w(`claim.${one.threshold_claim ?? "illustrative"}`),
          });
    const overruled = one.decides ? overruledBy(report).map((reason) => acceptNote(reason, w)) : [];
    return [
      escapeMarkdown(dimensionName(one, w)),
      scoreText(one),
      [threshold, ...overruled].join(w.lang === "zh" ? "；" : "; "),
      `${verdictSigns[one.verdict]} ${w(`verdict.${one.verdict}`)}`,
    ];
  });
  return table([w("table.dimension"), w("table.score"), w("term.threshold_head"), w("table.verdict")], rows);
}

function ruleTable(report: Report, w: Words, shown: number): string {
  const { found } = groupRules(report);
  if (found.length === 0) return "";
  const byRule = findingsByRule(report);
  const rows = found.slice(0, shown).map((rule) => {
    const finding = byRule.get(ruleKey(rule.standard, rule.id))?.[0];
    const example =
      finding === undefined
        ? "—"
        : [
            isWhole(finding) ? "" : short(placeText(finding, w), 80),
            short(recordText(finding), 40),
            short(valuesText(finding, w), 120),
          ]
            .filter((part) => part !== "")
            .join(" ");
    return [
      `\`${rule.id}\` ${short(w.text(notSo(rule.certainty, rule.title)), 100)}`,
      weightText(rule, w),
      w(`claim.${rule.claim}`),
      fractionText(rule, w) || w("how_many.whole"),
      example,
    ];
  });
  const more = found.length - rows.length;
  const head = [w("table.rule"), w("table.severity"), w("table.claim"), w("section.findings"), w("table.example")];
  return [
    table(head, rows),
    ...(found.slice(0, shown).some(isUnproven) ? [w("findings.unproven")] : []),
    ...(more > 0
      ? [w("term.more_rules", { n: count(more), command: "`touchstone render report.json --to html`" })]
      : []),
  ].join("\n\n");
}

function undecidedLine(rule: ReportRule, w: Words): string {
  return `- \`${rule.id}\` ${short(w.text(rule.title), 80)}${w.lang === "zh" ? "：" : ": "}${escapeMarkdown(howMany(rule, w))}`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function details(summary: string, lines: readonly string[]): string {
  return lines.length === 0
    ? ""
    : `<details><summary>${escapeMarkdown(summary)}</summary>\n\n${lines.join("\n")}\n\n</details>`;
}

/** Text from outside, cut in the middle and escaped. */
export function short(text: string, most: number): string {
  return escapeMarkdown(cutMiddle(text, most));
}
