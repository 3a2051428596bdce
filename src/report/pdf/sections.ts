import type { Report, ReportFinding, ReportRule, Text, Verdict } from "../../records/report.gen.js";
import {
  drawingSentence,
  howMany,
  notAskedText,
  placeText,
  recordText,
  shownText,
  valuesText,
  whereText,
} from "../captions.js";
import { whereStrip } from "../charts.js";
import { aboutText, chartSvg, classesView, measured, titleOf } from "../html/data-view.js";
import { commandOf, filesShown, listDigest, recordsText } from "../html/method-view.js";
import { evidenceText, indicatorFraction, indicatorScore, thresholdText } from "../html/scores-view.js";
import { both, entry } from "../locale.js";
import { count, fraction, percent, shortDigest } from "../numbers.js";
import { paperPalette } from "../palette.js";
import { compareClauses, findingsByRule, groupRules, openFindings, ruleKey, spread } from "../rules.js";
import { acceptText, scoreText } from "../sentences.js";
import { verdictColours } from "../shapes.js";
import { closeUp } from "../svg.js";
import { cutMiddle, visible } from "../text.js";
import { bodyWidth, type Column, type Line, page, type Sheet, sizes } from "./sheet.js";

const mm = 72 / 25.4;
/** Above it the summary holds what matters, and Annex A all rules. */
export const summaryUpTo = 60;
const drawingsOfRule = 3;
const drawingSize = 48 * mm;
const blocksShown = 40;

/** 2: each rule in a row; above 60 rules only the failing, undecided and critical ones. */
export function summarySection(sheet: Sheet, report: Report): void {
  sheet.section(entry("pdf.summary"), { newPage: true });
  if (report.rules.length <= summaryUpTo) {
    rulesTable(sheet, report, report.rules);
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
  rulesTable(sheet, report, [...groups.found, ...groups.undecided, ...critical]);
}

/** Annex A: all rules by clause. */
export function rulesAnnex(sheet: Sheet, report: Report): void {
  if (report.rules.length <= summaryUpTo) return;
  sheet.section(entry("pdf.annex_rules"), { newPage: true });
  rulesTable(sheet, report, report.rules);
}

function rulesTable(sheet: Sheet, report: Report, rules: readonly ReportRule[]): void {
  const widths = [24, 38, 186, 108, 74, 43.4];
  const heads = ["pdf.row", "table.clause", "pdf.requirement", "pdf.result", "pdf.single", "table.claim"];
  const sorted = [...rules].sort(
    (left, right) =>
      (left.standard < right.standard ? -1 : left.standard > right.standard ? 1 : 0) ||
      compareClauses(left.clause, right.clause) ||
      (left.id < right.id ? -1 : 1),
  );
  const rows = sorted.map((rule, i) => [
    cell(String(i + 1)),
    cell(rule.clause),
    [
      ...sheet.text(titled(report, rule), { size: sizes.table }),
      { text: rule.id, size: sizes.small, colour: paperPalette.muted },
    ],
    sheet.text(
      both((w) => resultText(rule, w)),
      { size: sizes.table },
    ),
    verdictCell(sheet, rule),
    sheet.text(entry(`claim.${rule.claim}`), { size: sizes.table }),
  ]);
  sheet.table(columns(sheet, heads, widths), rows);
  sheet.write("P", sheet.text(entry("pdf.end_table"), { size: sizes.small, colour: paperPalette.muted }), "center");
}

/** 3: dimensions, then indicators. */
export function scoresSection(sheet: Sheet, report: Report): void {
  if (report.dimensions.length === 0 && report.indicators.length === 0) return;
  sheet.section(entry("pdf.scores"));
  const dimensions = report.dimensions.map((one) => [
    sheet.text({ zh: `${one.code} ${one.title.zh}`, en: `${one.code} ${one.title.en}` }, { size: sizes.table }),
    cell(scoreText(one)),
    sheet.text(thresholdText(one), { size: sizes.table }),
    sheet.text(one.decides ? both((w) => acceptText(report, w)) : entry("term.not_deciding"), { size: sizes.table }),
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

/** 4: each rule a block: requirement, result, consequence, remedy, up to three drawings, where in the data. */
export function findingsSection(sheet: Sheet, report: Report): void {
  const { found } = groupRules(report);
  sheet.section(entry("pdf.nonconformities"), { follows: found.length === 0 ? 60 : 320 });
  if (found.length === 0) sheet.paragraph(entry("pdf.none_found"));
  const byRule = findingsByRule(report);
  for (const [i, rule] of found.slice(0, blocksShown).entries())
    ruleBlock(sheet, report, rule, { kept: byRule.get(ruleKey(rule.standard, rule.id)) ?? [], i });
  if (found.length > blocksShown) sheet.paragraph(entry("pdf.more_rules", { n: count(found.length - blocksShown) }));
}

function ruleBlock(
  sheet: Sheet,
  report: Report,
  rule: ReportRule,
  options: { kept: readonly ReportFinding[]; i: number },
): void {
  const examples = spread(options.kept, drawingsOfRule);
  const drawn = examples.some((finding) => (finding.drawing?.shapes.length ?? 0) > 0);
  // The block stays whole: head, four lines, strip, and the drawings with their captions.
  const height =
    84 + sheet.langs.length * 42 + (drawn ? drawingSize + 24 + 10 * sheet.langs.length : 30 * examples.length);
  sheet.ensure(Math.min(height, page.height - page.top - page.bottom));
  sheet.head(titled(report, rule));
  const inLangs = (text: Text): string => sheet.langs.map((lang) => text[lang]).join(" ");
  const kind = [
    rule.id,
    inLangs(entry("rule.clause", { clause: rule.clause })),
    inLangs(entry(`claim.${rule.claim}`)),
    inLangs(entry(`severity.${rule.severity}`)),
    ...(rule.verdict === "advisory" ? [inLangs(entry("rule.advisory"))] : []),
  ].join(" · ");
  sheet.paragraph([{ text: kind, size: sizes.small, colour: paperPalette.muted }], { size: sizes.small });
  for (const [key, text] of [
    ["rule.how_many", both((w) => howMany(rule, w))],
    ["rule.means", rule.means],
    ["rule.fix", rule.fix],
    ["rule.where", both((w) => whereText(rule, w))],
  ] as const) {
    sheet.paragraph(both((w) => `${w(key)}${w.lang === "zh" ? "：" : ": "}${visible(w.text(text))}`));
  }
  const strip = whereStrip(rule.where, { palette: paperPalette, name: "" });
  sheet.figure(strip, both((w) => `${rule.id}: ${whereText(rule, w)}`)[sheet.langs[0] ?? "zh"], {
    x: page.left,
    y: sheet.y + 2,
    width: 300,
    height: 9.4,
  });
  sheet.y += 18;
  exampleRow(sheet, report, rule, examples, options.i);
  sheet.y += 10;
}

/** Drawings side by side with their captions; findings without geometry as lines. */
function exampleRow(
  sheet: Sheet,
  report: Report,
  rule: ReportRule,
  examples: readonly ReportFinding[],
  block: number,
): void {
  const size = drawingSize;
  const step = bodyWidth / drawingsOfRule;
  const drawn = examples.filter((finding) => (finding.drawing?.shapes.length ?? 0) > 0);
  if (drawn.length > 0) sheet.ensure(size + 20 + 12 * captionLines(sheet, drawn[0] as ReportFinding).length);
  const top = sheet.y;
  let tallest = 0;
  drawn.forEach((finding, i) => {
    if (finding.drawing === undefined) return;
    const x = page.left + i * step;
    const svg = closeUp(finding.drawing, { palette: paperPalette, id: `g${block}-${i}`, name: "", size: 200 });
    sheet.figure(svg, both((w) => drawingSentence(finding, w))[sheet.langs[0] ?? "zh"], {
      x,
      y: top,
      width: size,
      height: size,
    });
    sheet.artifact(() => {
      sheet.doc.rect(x, top, size, size).lineWidth(0.5).stroke(paperPalette.rule);
    });
    const height = sheet.at("Caption", captionLines(sheet, finding), { x, y: top + size + 3, width: size });
    tallest = Math.max(tallest, height);
  });
  if (drawn.length > 0) sheet.y = top + size + 6 + tallest;
  for (const finding of examples) {
    if (!drawn.includes(finding)) sheet.paragraph(captionLines(sheet, finding));
  }
  sheet.paragraph(
    both((w) => shownText(examples.length, rule, report, w)),
    { size: sizes.small, colour: paperPalette.muted },
  );
}

function captionLines(sheet: Sheet, finding: ReportFinding): Line[] {
  const head = [recordText(finding), finding.category === undefined ? "" : visible(finding.category)]
    .filter((part) => part !== "")
    .join(" ");
  const lines: Line[] = [{ text: cutMiddle(head, 60), size: sizes.small, bold: true }];
  lines.push(
    ...sheet.text(
      both((w) => cutMiddle(valuesText(finding, w), 100)),
      { size: sizes.small },
    ),
  );
  lines.push({ text: cutMiddle(placeText(finding), 70), size: sizes.small, colour: paperPalette.muted });
  if (finding.media !== undefined)
    lines.push({ text: cutMiddle(visible(finding.media), 70), size: sizes.small, colour: paperPalette.muted });
  return lines.filter((line) => line.text !== "");
}

/** 5: rules that could not be evaluated with their cause, and the evidence that is wanted. */
export function undecidedSection(sheet: Sheet, report: Report): void {
  sheet.section(entry("pdf.undecided"));
  const { undecided } = groupRules(report);
  if (undecided.length === 0 && report.evidence_wanted.length === 0) sheet.paragraph(entry("pdf.none_undecided"));
  if (undecided.length > 0) {
    const rows = undecided.map((rule) => [
      [
        ...sheet.text(rule.title, { size: sizes.table }),
        { text: rule.id, size: sizes.small, colour: paperPalette.muted },
      ],
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
        both((w) => w.list(one.kinds.map((kind) => w(`evidence.kind.${kind}`)))),
        { size: sizes.table },
      ),
      one.decides ? sheet.text(entry("evidence.decides"), { size: sizes.table }) : cell("—"),
    ]);
    sheet.table(
      columns(sheet, ["table.indicator", "section.evidence", "table.evidence", "table.verdict"], [70, 240, 80, 83.4]),
      rows,
    );
  }
}

/** 6: four charts at most, each with its result as a sentence. */
export function dataSection(sheet: Sheet, report: Report): void {
  const charts = report.distributions.filter((one) => one.total > 0).slice(0, 4);
  if (charts.length === 0 && report.measurements.length === 0) return;
  sheet.section(entry("pdf.data"));
  for (const one of charts) {
    const svg = chartSvg(one, { palette: paperPalette, name: "", axis: (key) => axisText(sheet, key) });
    const box = viewBox(svg);
    const width = one.kind === "grid" ? 200 : 330;
    const height = box === undefined ? 0 : (width * box.height) / box.width;
    sheet.head(titleOf(one), height + 20);
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
  const rows = report.measurements.map((one) => [
    sheet.text(one.title, { size: sizes.table }),
    cell(one.status === "undefined" && one.b === 0 ? "—" : count(one.a)),
    cell(count(one.b)),
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
  sheet.section(entry("pdf.method"));
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
            `${w(`status.${one.status}`)} · ${w("method.rules", { n: count(one.rules) })} · ${w("method.claims", { normative: one.claims.normative, reported: one.claims.reported, illustrative: one.claims.illustrative })}${one.partial ? ` · ${w("method.partial")}` : ""}`,
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
export function filesAnnex(sheet: Sheet, report: Report): void {
  sheet.section(entry("pdf.annex_files"));
  const rows = report.inputs.slice(0, filesShown).map((input) => [
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
  sheet.table(
    columns(sheet, ["table.file", "table.format", "table.bytes", "table.records"], [226, 80, 60, 107.4]),
    rows,
  );
  if (report.inputs.length > filesShown)
    sheet.paragraph(
      entry("inputs.more", { n: count(report.inputs.length - filesShown), digest: shortDigest(listDigest(report)) }),
    );
}

function resultText(rule: ReportRule, w: Parameters<Parameters<typeof both>[0]>[0]): string {
  if (rule.evaluated === 0 && rule.violations === 0)
    return `${w("pdf.result_none")}${w("paren", { text: notAskedText(rule, w) })}`;
  const base = w("pdf.result_violations", {
    a: count(openFindings(rule)),
    b: count(rule.evaluated),
    x: percent(openFindings(rule), rule.evaluated) ?? "—",
  });
  return rule.not_evaluated > 0 ? base + w("pdf.result_open", { n: count(rule.not_evaluated) }) : base;
}

/** A clause or rule outside the scope of a supplied accreditation mark carries a star. */
function titled(report: Report, rule: ReportRule): Text {
  const marks = report.issue?.marks ?? [];
  const inside =
    marks.length === 0 || marks.some((mark) => mark.scope.includes(rule.id) || mark.scope.includes(rule.clause));
  const star = inside ? "" : " *";
  return { zh: `${visible(rule.title.zh)}${star}`, en: `${visible(rule.title.en)}${star}` };
}

function verdictCell(sheet: Sheet, rule: ReportRule): Line[] {
  if (rule.verdict === "advisory")
    return sheet.text(entry("verdict.advisory"), { size: sizes.table, colour: paperPalette.muted });
  return verdictLines(sheet, rule.verdict);
}

function verdictLines(sheet: Sheet, verdict: Verdict): Line[] {
  return sheet.text(entry(`verdict.${verdict}`), {
    size: sizes.table,
    colour: verdictColours[verdict],
    shape: verdict,
  });
}

/** Heads by key of the locale; a head of one capital letter is itself in both languages. */
function columns(sheet: Sheet, keys: readonly string[], widths: readonly number[]): Column[] {
  return keys.map((key, i) => ({
    head: /^[A-Z]$/.test(key)
      ? [{ text: key, size: sizes.table, bold: true }]
      : sheet.text(entry(key), { size: sizes.table, bold: true }),
    width: widths[i] ?? 60,
  }));
}

function cell(text: string): Line[] {
  return [{ text, size: sizes.table }];
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
