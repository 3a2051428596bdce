import type { Report, ReportRule, Text } from "../../records/report.gen.js";
import { goldSentence } from "../gold-sentences.js";
import { aboutText, chartSvg, classesView, measured, numberText, titleOf } from "../html/data-view.js";
import { commandOf, filesShown, listDigest, provenText, recordsText } from "../html/method-view.js";
import { evidenceText, indicatorFraction, indicatorScore, thresholdText } from "../html/scores-view.js";
import { both, entry } from "../locale.js";
import { notAskedSentence } from "../not-asked.js";
import { count, fraction, shortDigest } from "../numbers.js";
import { paperPalette } from "../palette.js";
import { compareClauses, groupRules, isUnproven } from "../rules.js";
import { acceptNote, acceptText, derivedSentence, overruledBy, scoreText } from "../sentences.js";
import { cutMiddle, visible } from "../text.js";
import { cell, columns, resultCell, titled, verdictCell, verdictLines } from "./cells.js";
import { type Line, page, sizes } from "./measures.js";
import type { Sheet } from "./sheet.js";

const mm = 72 / 25.4;
/** Above it the summary holds what matters, and Annex A all rules. */
const summaryUpTo = 60;

/** 2: each rule in a row; above 60 rules only the failing, undecided and critical ones. */
export function summarySection(sheet: Sheet, report: Report): void {
  sheet.section(entry("pdf.summary"), { newPage: true });
  const notAsked = both((w) => `${notAskedSentence(report, w)}${w("stop")}`);
  const anyNotAsked = groupRules(report).notAsked.length > 0;
  if (report.rules.length <= summaryUpTo) {
    rulesTable(sheet, report, report.rules);
    if (anyNotAsked) sheet.paragraph(notAsked);
    return;
  }
  const groups = groupRules(report);
  const critical = [...groups.holding, ...groups.notAsked].filter((rule) => rule.severity === "critical");
  const numbers = {
    n: count(report.rules.length),
    found: count(groups.found.length),
    undecided: count(groups.undecided.length),
    critical: count(critical.length),
  };
  sheet.paragraph(entry("pdf.annex_line", numbers));
  if (anyNotAsked) sheet.paragraph(notAsked);
  rulesTable(sheet, report, [...groups.found, ...groups.undecided, ...critical]);
}

/** Annex A: all rules by clause. */
export function rulesAnnex(sheet: Sheet, report: Report): void {
  if (report.rules.length <= summaryUpTo) return;
  sheet.section(entry("pdf.annex_rules"), { newPage: true });
  rulesTable(sheet, report, report.rules);
}

function rulesTable(sheet: Sheet, report: Report, rules: readonly ReportRule[]): void {
  const widths = [24, 38, 172, 122, 74, 43.4];
  const result = sheet.langs.length === 1 ? "pdf.result" : "pdf.result_numbers";
  const heads = ["pdf.row", "table.clause", "pdf.requirement", result, "pdf.single", "table.claim"];
  const sorted = [...rules].sort(
    (left, right) =>
      (left.standard < right.standard ? -1 : left.standard > right.standard ? 1 : 0) ||
      compareClauses(left.clause, right.clause) ||
      (left.id < right.id ? -1 : 1),
  );
  const rows = sorted.map((rule, i) => [
    cell(String(i + 1)),
    cell(rule.clause),
    [...sheet.text(titled(report, rule), { size: sizes.table }), idLine(sheet, rule)],
    resultCell(sheet, rule),
    verdictCell(sheet, rule),
    sheet.text(entry(`claim.${rule.claim}`), { size: sizes.table }),
  ]);
  sheet.table(columns(sheet, heads, widths), rows);
  if (rules.some(isUnproven)) sheet.paragraph(entry("findings.unproven"), { size: sizes.small });
  sheet.write("P", sheet.text(entry("pdf.end_table"), { size: sizes.small, colour: paperPalette.muted }), "center");
}

/** The id of a rule, small, with a word behind it where the rule is unproven. */
function idLine(sheet: Sheet, rule: ReportRule): Line {
  const mark = entry("rule.unproven");
  const marks = isUnproven(rule) ? sheet.langs.map((lang) => ` · ${mark[lang]}`) : [];
  return { text: rule.id + marks.join(""), size: sizes.small, colour: paperPalette.muted };
}

/** 3: dimensions, then indicators. */
export function scoresSection(sheet: Sheet, report: Report): void {
  if (report.dimensions.length === 0 && report.indicators.length === 0) return;
  sheet.section(entry("pdf.scores"));
  const dimensions = report.dimensions.map((one) => [
    sheet.text({ zh: `${one.code} ${one.title.zh}`, en: `${one.code} ${one.title.en}` }, { size: sizes.table }),
    cell(scoreText(one)),
    sheet.text(thresholdText(one), { size: sizes.table }),
    one.decides ? allowedCell(sheet, report) : sheet.text(entry("term.not_deciding"), { size: sizes.table }),
    verdictLines(sheet, one.verdict),
  ]);
  sheet.table(
    columns(
      sheet,
      ["table.dimension", "table.score", "term.threshold_head", "section.findings", "table.verdict"],
      [130, 80, 100, 88, 75.4],
    ),
    dimensions,
  );
  const derived = both((w) => derivedSentence(report, w));
  if (derived.zh !== "") sheet.paragraph(derived, { size: sizes.table });
  const indicators = report.indicators.map((one) => [
    cell(one.code),
    sheet.text(one.title, { size: sizes.table }),
    sheet.text(
      both((w) => evidenceText(one, w)),
      { size: sizes.table },
    ),
    sheet.text(
      both((w) => indicatorFraction(one, w)),
      { size: sizes.table },
    ),
    cell(indicatorScore(one)),
    sheet.text(entry(`claim.${one.claim}`), { size: sizes.table }),
    verdictLines(sheet, one.verdict),
  ]);
  const heads = [
    "table.code",
    "table.indicator",
    "table.evidence",
    "pdf.result",
    "table.score",
    "table.claim",
    "table.verdict",
  ];
  sheet.table(columns(sheet, heads, [32, 104, 120, 62, 48, 42, 65.4]), indicators);
}

/** How many findings overrule the score and how many are allowed; what is allowed alone where none do. */
function allowedCell(sheet: Sheet, report: Report): Line[] {
  const notes = overruledBy(report).map((reason) => both((w) => acceptNote(reason, w)));
  const none = both((w) => acceptText(report, w));
  return (notes.length > 0 ? notes : [none]).flatMap((note) => sheet.text(note, { size: sizes.table }));
}

/** 5: rules that could not be evaluated with their cause, and the evidence that is wanted. */
export function undecidedSection(sheet: Sheet, report: Report): void {
  sheet.section(entry("pdf.undecided"));
  const { undecided } = groupRules(report);
  if (undecided.length === 0 && report.evidence_wanted.length === 0) sheet.paragraph(entry("pdf.none_undecided"));
  if (undecided.length > 0) {
    const rows = undecided.map((rule) => [
      [...sheet.text(rule.title, { size: sizes.table }), idLine(sheet, rule)],
      cell(rule.clause),
      cell(count(rule.not_evaluated)),
      cell(
        Object.entries(rule.not_evaluated_codes ?? {})
          .map(([code, n]) => `${visible(code)} (${count(n ?? 0)})`)
          .join(", ") || "—",
      ),
    ]);
    sheet.table(
      columns(sheet, ["table.requirement", "table.clause", "table.count", "table.cause"], [220, 60, 60, 133.4]),
      rows,
    );
  }
  if (report.evidence_wanted.length > 0) {
    const rows = report.evidence_wanted.map((one) => [
      cell(one.indicators.join(", ") || "—"),
      sheet.text({ zh: visible(one.text.zh), en: visible(one.text.en) }, { size: sizes.table }),
      sheet.text(
        both((w) => w.list(one.kinds.map((kind) => w(`evidence.by.${kind}`)))),
        { size: sizes.table },
      ),
      one.decides ? sheet.text(entry("evidence.decides"), { size: sizes.table }) : cell("—"),
    ]);
    sheet.table(
      columns(
        sheet,
        ["table.indicator", "section.evidence", "table.decided_by", "table.verdict"],
        [70, 220, 100, 83.4],
      ),
      rows,
    );
  }
}

/** 6: four charts at most, each with its result as a sentence. */
export function dataSection(sheet: Sheet, report: Report): void {
  const charts = report.distributions.filter((one) => one.total > 0).slice(0, 4);
  if (charts.length === 0 && report.measurements.length === 0) return;
  sheet.section(entry("pdf.data"), { follows: 150 });
  for (const one of charts) {
    const svg = chartSvg(one, { palette: paperPalette, name: "", axis: (key) => axisText(sheet, key) });
    const box = viewBox(svg);
    const width = one.kind === "grid" ? 200 : 330;
    const height = box === undefined ? 0 : (width * box.height) / box.width;
    // A table without a chart keeps its head and a row or two with its title.
    sheet.head(titleOf(one), Math.max(height + 20, 80));
    if (box !== undefined) {
      sheet.figure(svg, titleOf(one)[sheet.langs[0] ?? "zh"], { x: page.left, y: sheet.y, width, height });
      sheet.y += height + 4;
    }
    const { classes } = one.id === "annotations-by-category" ? classesView(one) : { classes: null };
    if (classes !== null) {
      const rows = [...classes.first, ...(classes.between === null ? [] : [classes.between]), ...classes.last].map(
        (row) =>
          "key" in row
            ? [cell(row.key), cell(row.count), cell(row.share)]
            : [sheet.text(row, { size: sizes.small, colour: paperPalette.muted }), [], []],
      );
      sheet.table(columns(sheet, ["table.category", "table.count", "table.share"], [220, 70, 70]), rows);
    }
    sheet.paragraph(entry(`data.method.${one.id}`), { size: sizes.small, colour: paperPalette.muted });
    sheet.y += 4;
  }
  const { gold } = report;
  if (gold !== undefined) sheet.paragraph(both((w) => goldSentence(gold, w)));
  const rows = report.measurements.map((one) => [
    sheet.text(one.title, { size: sizes.table }),
    cell(one.status === "undefined" && one.b === 0 ? "—" : numberText(one.a)),
    cell(numberText(one.b)),
    one.x === undefined
      ? sheet.text(
          both((w) => fraction(0, 0, w.lang)),
          { size: sizes.table },
        )
      : cell(measured(one.x)),
    sheet.text(
      both((w) => aboutText(one, w)),
      { size: sizes.table },
    ),
  ]);
  if (rows.length > 0)
    sheet.table(columns(sheet, ["table.measure", "A", "B", "X", "table.about"], [150, 60, 60, 70, 133.4]), rows);
}

/** 7: what the numbers are about, and what could be wrong with the verdict. */
export function samplingSection(sheet: Sheet, report: Report): void {
  sheet.section(entry("pdf.sampling"));
  const rule = report.scheme?.decision_rule;
  sheet.paragraph(entry("pdf.plan_census"));
  sheet.paragraph(entry("measure.census"));
  sheet.paragraph(entry(`decision.${rule ?? "strict"}`));
  sheet.paragraph(entry(report.scheme === null ? "formula.strict" : "formula.scheme"), { size: sizes.table });
  if (report.scheme !== null) sheet.paragraph(both((w) => w("dimensions.accept", { accept: acceptText(report, w) })));
  sheet.paragraph(entry(`risk.${rule ?? "point"}`));
}

/** 8: rule sets, software, command, what was read. */
export function methodSection(sheet: Sheet, report: Report): void {
  // The grid begins with a rule set of four or five lines, and a head does not stand alone.
  sheet.section(entry("pdf.method"), { follows: 120 });
  const label = { size: sizes.table, colour: paperPalette.muted };
  const value = (text: Text): Line[] => sheet.text(text, { size: sizes.table });
  const rows: [string, Line[]][] = report.standards.map((one) => [
    "method.standards",
    [
      { text: `${visible(one.id)} ${one.edition}`, size: sizes.table, bold: true },
      ...value({ zh: visible(one.title.zh), en: visible(one.title.en) }),
      ...value(
        both(
          (w) =>
            `${w(`status.${one.status}`)} · ${w("method.rules", { n: count(one.rules) })} · ${w("method.claims", { normative: one.claims.normative, reported: one.claims.reported, illustrative: one.claims.illustrative })} · ${w.text(provenText(one))}${one.partial ? ` · ${w("method.partial")}` : ""}`,
        ),
      ),
      { text: `SHA-256 ${one.deciding_digest}`, size: sizes.small, colour: paperPalette.muted },
    ],
  ]);
  if (report.scheme !== null) {
    const { id, edition, title, claim, digest } = report.scheme;
    rows.push([
      "method.scheme",
      [
        { text: `${id} ${edition}`, size: sizes.table, bold: true },
        ...value({
          zh: `${title.zh}（${entry(`claim.${claim}`).zh}）`,
          en: `${title.en} (${entry(`claim.${claim}`).en})`,
        }),
        { text: `SHA-256 ${digest}`, size: sizes.small, colour: paperPalette.muted },
      ],
    ]);
  }
  rows.push(
    [
      "method.tool",
      [
        { text: `touchstone ${report.tool.version}`, size: sizes.table },
        { text: `SHA-256 ${report.tool.digest}`, size: sizes.small, colour: paperPalette.muted },
      ],
    ],
    ["method.command", cell(commandOf(report))],
    ["method.verify", cell("touchstone verify report.json --data DATA")],
    ["inputs.read", value(both((w) => recordsText(report.records.read, w)))],
    [
      "inputs.media_label",
      value(
        both((w) =>
          w("inputs.media", {
            declared: count(report.records.media_files.declared),
            found: count(report.records.media_files.found),
          }),
        ),
      ),
    ],
  );
  sheet.grid(
    rows.map(([key, lines]) => [{ label: sheet.text(entry(key), label), value: lines }]),
    32 * mm,
  );
  sheet.y += 8;
  if (report.issue === null)
    for (const key of ["statement.items", "statement.copy", "statement.self", "statement.words"])
      sheet.paragraph(entry(key), { size: sizes.table });
}

/** Annex B: the first 200 files, and a digest that stands for all. */
/** Annex B: the files, from so many on a line each, or 200 of them would fill eight pages. */
const filesInLines = 40;

export function filesAnnex(sheet: Sheet, report: Report): void {
  sheet.section(entry("pdf.annex_files"));
  const inputs = report.inputs.slice(0, filesShown);
  if (inputs.length > filesInLines) filesInSmall(sheet, inputs);
  else filesInFull(sheet, inputs);
  if (report.inputs.length > filesShown)
    sheet.paragraph(
      entry("inputs.more", { n: count(report.inputs.length - filesShown), digest: shortDigest(listDigest(report)) }),
    );
}

function filesInFull(sheet: Sheet, inputs: Report["inputs"]): void {
  const rows = inputs.map((input) => [
    [
      { text: cutMiddle(visible(input.path), 120), size: sizes.table },
      { text: input.sha256, size: 6.5, colour: paperPalette.muted },
    ],
    cell(input.format),
    cell(count(input.bytes)),
    sheet.text(
      both((w) => recordsText(input.records, w)),
      { size: sizes.table },
    ),
  ]);
  const heads = ["table.file", "table.format", "table.bytes", "table.records"];
  sheet.table(columns(sheet, heads, [226, 80, 60, 107.4]), rows);
}

function filesInSmall(sheet: Sheet, inputs: Report["inputs"]): void {
  const lang = sheet.langs[0] ?? "zh";
  const small = (text: string): Line[] => [{ text, size: sizes.small }];
  const formats = new Set(inputs.map(({ format }) => format));
  const some = (records: Report["inputs"][number]["records"]) =>
    Object.fromEntries(Object.entries(records).filter(([, n]) => n !== 0));
  const rows = inputs.map((input) => [
    small(cutMiddle(visible(input.path), 60)),
    [{ text: input.sha256, size: 6.5, colour: paperPalette.muted }],
    small(count(input.bytes)),
    small(
      [...(formats.size > 1 ? [input.format] : []), both((w) => recordsText(some(input.records), w))[lang]].join(" "),
    ),
  ]);
  if (formats.size === 1)
    sheet.paragraph(both((w) => `${w("table.format")}${w.lang === "zh" ? "：" : ": "}${[...formats].join()}`));
  sheet.table(columns(sheet, ["table.file", "SHA-256", "table.bytes", "table.records"], [112, 238, 40, 83.4]), rows);
}

/** The title of an axis in the languages of the report, on one line. */
function axisText(sheet: Sheet, key: string): string {
  const title = entry(key);
  return `<text {at} font-size="11" fill="${paperPalette.muted}" text-anchor="middle">${sheet.langs.map((lang) => title[lang]).join(" ")}</text>`;
}

function viewBox(svg: string): { width: number; height: number } | undefined {
  const found = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg);
  return found === null ? undefined : { width: Number(found[1]), height: Number(found[2]) };
}
