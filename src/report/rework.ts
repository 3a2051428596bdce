import type { Report, ReportFinding, ReportRule } from "../records/report.gen.js";
import { againstText, howMany, notSo, placeText, shownText, valuesText, weightText } from "./captions.js";
import { commandOf } from "./html/method-view.js";
import { type Lang, type LangChoice, langsOf, type Words, words } from "./locale.js";
import { escapeMarkdown, short, table } from "./markdown.js";
import { count } from "./numbers.js";
import { findingsByRule, groupRules, ruleKey, spread } from "./rules.js";
import { isWhole, recordText } from "./subjects.js";
import { visible } from "./text.js";

export interface ReworkOptions {
  readonly lang: LangChoice;
  /** SHA-256 of report.json. */
  readonly digest?: string;
}

/** Places of a rule that decides, and of one that is to be looked at; report.json and `--findings` hold more. */
const placesToMend = 20;
const placesToCheck = 5;
const filesListed = 20;

/**
 * A request for rework, to send back to whoever made the data: what is to be mended, where and how; what is to be looked at; which evidence is wanted; how to
 * check before the data are sent again. It is Markdown, so that it can be mailed as it is, edited, or put into a tracker.
 */
export function renderRework(report: Report, options: ReworkOptions): string {
  return langsOf(options.lang)
    .map((lang) => renderIn(report, lang, options))
    .join("\n---\n\n");
}

function renderIn(report: Report, lang: Lang, { digest }: ReworkOptions): string {
  const w = words(lang);
  const { found } = groupRules(report);
  const mend = found.filter((rule) => rule.verdict === "nonconforming");
  const check = found.filter((rule) => rule.verdict !== "nonconforming");
  const byRule = findingsByRule(report);
  const block = (most: number) => (rule: ReportRule, i: number) =>
    ruleBlock(report, rule, { w, i, most, kept: byRule.get(ruleKey(rule.standard, rule.id)) ?? [] });
  const blocks = [
    `# ${w("rework.title", { name: short(report.object.name, 80) })}`,
    [
      `- ${escapeMarkdown(againstText(report, w))}`,
      `- ${w("rework.report", { digest: digest ?? "—", version: report.tool.version })}`,
      ...inputLines(report, w),
    ].join("\n"),
    mend.length + check.length === 0 ? w("rework.nothing") : w("rework.answer"),
    ...(mend.length === 0
      ? []
      : [`## ${w("rework.mend", { n: count(mend.length) })}`, ...mend.map(block(placesToMend))]),
    ...(check.length === 0
      ? []
      : [
          `## ${w("rework.check", { n: count(check.length) })}`,
          w("rework.check_why"),
          ...check.map(block(placesToCheck)),
        ]),
    ...evidenceBlocks(report, w),
    `## ${w("rework.again")}`,
    w("rework.again_how"),
    `\`\`\`\n${command(report)}\n\`\`\``,
  ];
  return `${blocks.join("\n\n")}\n`;
}

/** The files that were examined, by their digests: what is mended is told from what is not. */
function inputLines({ inputs }: Report, w: Words): string[] {
  const listed = inputs.slice(0, filesListed).map(({ path, sha256 }) => `- ${short(path, 80)} \`${sha256}\``);
  const left = inputs.length - listed.length;
  return left > 0 ? [...listed, `- ${w("standard.more", { n: count(left) })}`] : listed;
}

interface BlockOptions {
  readonly w: Words;
  readonly i: number;
  readonly most: number;
  readonly kept: readonly ReportFinding[];
}

function ruleBlock(report: Report, rule: ReportRule, { w, i, most, kept }: BlockOptions): string {
  const open = kept.filter((finding) => finding.waived !== true);
  const shown = spread(open, most);
  const colon = w.lang === "zh" ? "：" : ": ";
  const line = (key: string, text: string): string => `- ${w(key)}${colon}${escapeMarkdown(text)}`;
  const rows = shown.map((finding) => [
    isWhole(finding) ? w("place.whole") : short(placeText(finding, w), 100),
    short(whatItIs(finding), 120) || "—",
    short(valuesText(finding, w), 200) || "—",
    "",
  ]);
  return [
    `### ${i + 1}. ${escapeMarkdown(w.text(notSo(rule.certainty, rule.title)))}`,
    [
      `- \`${rule.id}\` · ${escapeMarkdown(w("rule.clause", { clause: rule.clause }))} · ${w(`claim.${rule.claim}`)} · ${weightText(rule, w)}`,
      line("rule.how_many", howMany(rule, w)),
      line("rule.means", w.text(rule.means)),
      line("rule.fix", w.text(rule.fix)),
    ].join("\n"),
    ...(rows.length === 0
      ? []
      : [table([w("rework.place"), w("rework.record"), w("rework.wrong"), w("rework.done")], rows)]),
    escapeMarkdown(shownText(shown.length, rule, report, w)),
  ].join("\n\n");
}

function evidenceBlocks(report: Report, w: Words): string[] {
  if (report.evidence_wanted.length === 0) return [];
  const lines = report.evidence_wanted.map(
    ({ indicators, text }) => `- [ ] ${escapeMarkdown(`${indicators.join(", ")} ${w.text(text)}`)}`,
  );
  return [`## ${w("section.evidence")}`, lines.join("\n")];
}

/** What the maker of the data can run to see the same: as it was run, against this report. */
function command(report: Report): string {
  const { baseline_digest: _, ...options } = report.options;
  // The maker of the data does not have the gold.
  const { gold: _gold, ...without } = report;
  return `${commandOf({ ...without, options })} --baseline report.json --findings findings.jsonl`;
}

/** The record, its category and its medium: a place in a file of one line says little to whoever opens the picture. */
function whatItIs(finding: ReportFinding): string {
  const parts = [recordText(finding), finding.category, finding.media];
  return parts.flatMap((part) => (part === undefined || part === "" ? [] : [visible(part)])).join(" · ");
}
