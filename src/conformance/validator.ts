import type { Writer } from "../formats/write.js";
import { generateDataset } from "../generate/dataset.js";
import { TouchstoneError } from "../records/errors.js";
import type { Kind, LocalText, Rule } from "../records/grammar.gen.js";
import { applyStandards } from "../standards/apply.js";
import { Failure } from "../standards/cel/failure.js";
import { type Called, callValidator } from "./call-tool.js";
import { findingsOf } from "./drawn-files.js";
import type { Isolation } from "./isolation.js";
import { type Defect, isAt, namesOf, optionsFor, type PlantedData, plantedData } from "./planted.js";
import type { LoadedTool } from "./tool-file.js";
import type { ToolFinding } from "./tool-output.js";
import { type CallRow, type NotAsked, type RuleRow, tally } from "./tool-report.js";

export interface ConformSettings {
  readonly seed: number;
  /** Planted defects a rule. */
  readonly perRule: number;
  /** For the smallest data of one disagreement; 0 shrinks none. */
  readonly shrinkSeconds: number;
  readonly isolation: Isolation;
  /** A folder of real data that a converter is given too. */
  readonly data?: string | undefined;
  /** What is being done, for a progress line. */
  readonly onStep?: (what: string) => void;
}

/** A rule and a format on which tool and answer key differ. */
export interface Disagreement {
  readonly rule: Rule;
  readonly writer: Writer;
  readonly what: "missed" | "false-alarm";
}

/** What one pass over a format gave. */
export interface Pass {
  readonly rows: readonly RuleRow[];
  readonly calls: readonly CallRow[];
  readonly notAsked: readonly NotAsked[];
  readonly disagreements: readonly Disagreement[];
}

const cleanImages = 100;

/** Two calls: on a dataset in which every rule that is claimed is broken so many times, and on one that conforms. */
export async function askPooled(tool: LoadedTool, writer: Writer, settings: ConformSettings): Promise<Pass> {
  const { standard, claimed } = tool;
  const base = { standard, seed: settings.seed };
  const notAsked: NotAsked[] = [];
  const asked: Rule[] = [];
  const { perRule } = settings;
  for (const rule of claimed) {
    const alone = optionsFor(base, writer, perRule, new Map([[rule.id, perRule]]));
    const reason = rule.break === undefined ? noBreak : await whyNot(() => generateDataset(alone));
    if (reason === undefined) asked.push(rule);
    else notAsked.push({ what: rule.id, format: writer.format, reason });
  }
  const plan = new Map(asked.map(({ id }) => [id, perRule]));
  const made = await plantedData(optionsFor(base, writer, Math.max(1, asked.length * perRule), plan));
  const found = await ownDefects(tool, made, writer);
  const planted = { ...made, defects: made.defects.filter((defect) => isConfirmed(defect, found)) };
  for (const { id } of asked) {
    const lost =
      made.defects.filter(({ rule }) => rule === id).length - planted.defects.filter(({ rule }) => rule === id).length;
    if (lost > 0) notAsked.push({ what: id, format: writer.format, reason: unconfirmed(lost) });
  }
  const clean = await plantedData(optionsFor(base, writer, cleanImages, new Map()));
  const ask = (data: PlantedData): Promise<Called<readonly ToolFinding[]>> =>
    callValidator(tool, data.files, writer.format, settings.isolation);
  settings.onStep?.(`${writer.format}: defects`);
  const onPlanted = asked.length === 0 ? undefined : await ask(planted);
  settings.onStep?.(`${writer.format}: clean`);
  const onClean = await ask(clean);
  const judged = judge(tool, planted, onPlanted?.answer, found);
  const alarms = alarmsOf(tool, clean, onClean.answer, await ownDefects(tool, clean, writer));
  const rows = standard.rules.map((rule): RuleRow => {
    const about = { rule: rule.id, title: rule.title, format: writer.format, claimed: claimed.includes(rule) };
    if (!about.claimed) return { ...about, planted: null, clean: null, elsewhere: 0 };
    const own = judged.defects.get(rule.id);
    const records = clean.records[rule.on as Kind] ?? 1;
    const wrong = Math.min(records, alarms?.get(rule.id) ?? 0);
    return {
      ...about,
      planted: own === undefined ? null : own,
      clean: alarms === undefined ? tally(0, 0, records) : tally(records - wrong, wrong, 0),
      elsewhere: judged.elsewhere.get(rule.id) ?? 0,
    };
  });
  return {
    rows,
    calls: [
      ...(onPlanted === undefined ? [] : [callRow(writer, "defects", planted, onPlanted)]),
      callRow(writer, "clean", clean, onClean),
    ],
    notAsked,
    disagreements: rows.flatMap((row) => disagreementsOf(row, tool, writer)),
  };
}

/** Whether our own engine finds the defect too: a tool is never blamed for what many defects in one dataset did to each other. */
function isConfirmed({ rule, answers }: Defect, found: readonly Defect[]): boolean {
  return found.some(
    (own) =>
      own.rule === rule &&
      own.answers.some((one) =>
        answers.some(({ file, line }) => one.file === file && one.line >= line && one.line - line < linesOfRecord),
      ),
  );
}

/** A record of VOC goes over several lines, and a fault is found at its field. */
const linesOfRecord = 40;

function unconfirmed(count: number): LocalText {
  return {
    zh: `植入的 ${count} 处缺陷在合并的数据集中本工具自身也未发现，故不据此评判`,
    en: `${count} planted defects are not found in the pooled dataset by our own engine either, so nothing is judged by them`,
  };
}

/** Where a row is not as it should be: which kinds of disagreement it has. */
export function disagreementsOf(
  { rule, planted, clean, elsewhere }: RuleRow,
  { standard }: LoadedTool,
  writer: Writer,
): Disagreement[] {
  const own = standard.rules.find(({ id }) => id === rule);
  if (own === undefined) return [];
  const found: Disagreement[] = [];
  if (planted !== null && planted.wrong > 0) found.push({ rule: own, writer, what: "missed" });
  if ((clean !== null && clean.wrong > 0) || elsewhere > 0) found.push({ rule: own, writer, what: "false-alarm" });
  return found;
}

const noBreak: LocalText = {
  zh: "规则未写明如何破坏数据（break）",
  en: "the rule does not say how data are broken (break)",
};

/** The reason why a rule cannot be planted, as the generator gives it. */
async function whyNot(attempt: () => Promise<unknown>): Promise<LocalText | undefined> {
  try {
    await attempt();
    return undefined;
  } catch (error) {
    if (error instanceof Failure)
      return {
        zh: "其 break 在抽取的记录上不能求值",
        en: "its break cannot be evaluated on the records that are drawn",
      };
    if (!(error instanceof TouchstoneError)) throw error;
    const { zh, en } = error.details.says ?? error.both;
    return { zh: `不能植入合并的数据集：${zh}`, en: `it cannot be planted in a pooled dataset: ${en}` };
  }
}

export function callRow(writer: Writer, data: string, { records }: PlantedData, called: Called<unknown>): CallRow {
  const { ended, status, reason } = called;
  return {
    format: writer.format,
    data,
    media: records.media ?? 0,
    annotations: records.annotation ?? 0,
    ended,
    status,
    ...(reason === undefined ? {} : { reason }),
  };
}

/** The rules of ours that a finding may be and that are claimed: it is held against nothing else. */
export function claimedRulesOf(tool: LoadedTool, { fault }: ToolFinding): readonly string[] {
  return tool.rulesOf(fault).filter((id) => tool.claimed.some((rule) => rule.id === id));
}

/** Defects found and missed by rule, and findings that no defect explains. */
function judge(
  tool: LoadedTool,
  { defects, lines }: PlantedData,
  findings: readonly ToolFinding[] | undefined,
  own: readonly Defect[],
) {
  const told = (findings ?? []).map((finding) => ({ finding, rules: claimedRulesOf(tool, finding) }));
  const counts = new Map<string, { right: number; wrong: number; refused: number }>();
  for (const defect of defects) {
    const count = counts.get(defect.rule) ?? { right: 0, wrong: 0, refused: 0 };
    counts.set(defect.rule, count);
    if (findings === undefined) count.refused++;
    else if (told.some(({ finding, rules }) => rules.includes(defect.rule) && isAt(finding, defect, lines)))
      count.right++;
    else count.wrong++;
  }
  const explained = explainer(tool);
  const elsewhere = new Map<string, number>();
  for (const { finding, rules } of told) {
    const [first] = rules;
    if (first === undefined) continue;
    if ([...defects, ...own].some((defect) => explained(defect, rules) && isAt(finding, defect, lines))) continue;
    elsewhere.set(first, (elsewhere.get(first) ?? 0) + 1);
  }
  return {
    defects: new Map([...counts].map(([rule, { right, wrong, refused }]) => [rule, tally(right, wrong, refused)])),
    elsewhere,
  };
}

/** Whether a defect accounts for a finding of one of these rules at its place: its own rule, what its break brings along, and any suspicion. */
function explainer({ standard }: LoadedTool): (defect: Defect, rules: readonly string[]) => boolean {
  const byId = new Map(standard.rules.map((rule) => [rule.id, rule]));
  return ({ rule }, rules) => {
    const source = byId.get(rule)?.break;
    const along = new Set([rule, ...(source?.entails ?? []), ...(source?.may ?? [])]);
    return rules.some((id) => along.has(id) || byId.get(id)?.certainty === "heuristic");
  };
}

/**
 * What our own engine finds in the data, as if it were planted: a defect brings others along (a copied medium has the path of the first), and clean data may
 * hold what a heuristic suspects. A tool that says so too says nothing false.
 */
async function ownDefects(
  { standard }: LoadedTool,
  { files }: PlantedData,
  writer: Writer,
): Promise<readonly Defect[]> {
  const { rules } = await applyStandards([standard], { scheme: undefined, profile: undefined, only: [] });
  const found = await findingsOf(
    new Map([...files].map(([path, bytes]) => [path, Buffer.from(bytes)])),
    rules,
    writer.format,
  );
  return found.map(({ rule, kind, record, file, line, pointer, media }) => ({
    rule,
    answers: [{ rule, kind, id: record ?? null, file, line, pointer: pointer ?? null, also: [] }],
    mediumNames: media === undefined ? new Set<string>() : namesOf({ path: media }),
  }));
}

/** Distinct findings by rule on data in which there is nothing to find, or nothing but what a heuristic suspects. */
function alarmsOf(
  tool: LoadedTool,
  { lines }: PlantedData,
  findings: readonly ToolFinding[] | undefined,
  own: readonly Defect[],
): ReadonlyMap<string, number> | undefined {
  if (findings === undefined) return undefined;
  const places = new Map<string, Set<string>>();
  for (const finding of findings) {
    const rules = claimedRulesOf(tool, finding);
    const [first] = rules;
    if (first === undefined || own.some(({ rule, ...defect }) => rules.includes(rule) && isAt(finding, defect, lines)))
      continue;
    const told = places.get(first) ?? new Set<string>();
    places.set(first, told);
    told.add(JSON.stringify(finding));
  }
  return new Map([...places].map(([rule, told]) => [rule, told.size]));
}
