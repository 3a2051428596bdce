import type { Rule } from "../../records/grammar.gen.js";
import { type NotAsked, type RuleRow, type SmallestCase, type Tally, tally } from "../tool-report.js";
import type { ExpectedFinding, PackAnswer, PackCase } from "./pack.js";
import type { CaseResult, ReportedFinding } from "./results.js";

/** A case with what the tool said of it. */
export interface Scored {
  readonly case: PackCase;
  readonly answer: PackAnswer;
  readonly result: CaseResult;
}

/** Cases of a validator: an answer of findings, or none. */
const isOfValidator = ({ result }: Scored): boolean => "findings" in result || "refused" in result;

/**
 * A row a rule: its defects found, and false alarms on all conforming cases. What a case may have beside its defect, and a suspicion, is held against
 * nobody.
 */
export function scoreRules(
  rules: readonly Rule[],
  format: string,
  all: readonly Scored[],
  isClaimed: (rule: string) => boolean,
): readonly RuleRow[] {
  const own = all.filter(isOfValidator);
  const clean = own.filter(({ case: { side } }) => side === "conforming");
  const defects = own.filter(({ case: { side } }) => side === "violating");
  return rules.map(({ id, title }): RuleRow => {
    const about = { rule: id, title, format, claimed: isClaimed(id) };
    if (!about.claimed) return { ...about, planted: null, clean: null, elsewhere: 0 };
    const planted = defects.filter(({ case: { rule } }) => rule === id);
    return {
      ...about,
      planted: counted(planted, (one) => isFound(one)),
      clean: counted(clean, ({ answer, result }) => answer.may.includes(id) || reported(result, id).length === 0),
      elsewhere: defects.reduce((sum, one) => sum + strange(one, id).length, 0),
    };
  });
}

function counted(cases: readonly Scored[], isRight: (one: Scored) => boolean): Tally | null {
  if (cases.length === 0) return null;
  const answered = cases.filter(({ result }) => "findings" in result);
  const right = answered.filter(isRight).length;
  return tally(right, answered.length - right, cases.length - answered.length);
}

function reported(result: CaseResult, rule: string): readonly ReportedFinding[] {
  return "findings" in result ? result.findings.filter((finding) => finding.rule === rule) : [];
}

/** Of a group the tool may name any member. */
function isFound({ case: { rule }, answer, result }: Scored): boolean {
  return reported(result, rule).some((finding) => answer.findings.some((expected) => isAt(finding, expected)));
}

/** Findings of a rule at records that the answers do not name. */
function strange({ answer, result }: Scored, rule: string): readonly ReportedFinding[] {
  if (answer.may.includes(rule)) return [];
  return reported(result, rule).filter(
    (finding) => !answer.findings.some((expected) => expected.rule === rule && isAt(finding, expected)),
  );
}

/** Whether the tool names the record, by one of the names that it has; one that says no place is taken at its word. */
function isAt({ record }: ReportedFinding, { record: id, file, line, pointer, media }: ExpectedFinding): boolean {
  if (record === undefined) return true;
  const name = media?.split("/").at(-1);
  const names = [id, `${file}:${line}`, pointer, media, name, name?.replace(/\.\w+$/, "")];
  return names.includes(record) || (pointer !== null && record.startsWith(`${pointer}/`));
}

/** One case for each rule and kind of disagreement; the datasets of a pack are small as they are. */
export function disagreements(
  all: readonly Scored[],
  isClaimed: (rule: string) => boolean,
  filesOf: (one: PackCase) => SmallestCase["files"],
): readonly SmallestCase[] {
  const found = new Map<string, SmallestCase>();
  const note = (one: Scored, rule: string, what: SmallestCase["what"], expected: string, got: string): void => {
    const key = `${rule} ${what}`;
    if (found.has(key) || !isClaimed(rule)) return;
    const { format, path } = one.case;
    const { media, annotations } = one.answer;
    const files = filesOf(one.case);
    found.set(key, { rule, format, what, expected, got, media, annotations, files, folder: path, shrunk: false });
  };
  for (const one of all) {
    const { case: given, answer, result } = one;
    const wanted = answer.findings.map(({ rule, record }) => `${rule} at ${record}`).join(", ") || "nothing";
    if ("refused" in result) note(one, given.rule, "refused", wanted, result.refused);
    if (!("findings" in result)) continue;
    const got = result.findings.map(({ rule, record }) => `${rule}${record === undefined ? "" : ` at ${record}`}`);
    const told = got.slice(0, 5).join(", ") || "nothing";
    if (given.side === "violating" && !isFound(one)) note(one, given.rule, "missed", wanted, told);
    for (const { rule } of result.findings)
      if (strange(one, rule).length > 0) note(one, rule, "false-alarm", wanted, told);
  }
  return [...found.values()];
}

/** Findings of rules that the standard does not have: they are held against nothing. */
export function unknownRules(all: readonly Scored[], rules: readonly Rule[], format: string): readonly NotAsked[] {
  const known = new Set(rules.map(({ id }) => id));
  const counts = new Map<string, number>();
  for (const { result } of all)
    for (const { rule } of "findings" in result ? result.findings : [])
      if (!known.has(rule)) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return [...counts].map(([what, count]) => ({
    what,
    format,
    reason: {
      zh: `标准没有这条规则：${count} 条发现未计入`,
      en: `the standard has no such rule: ${count} findings are held against nothing`,
    },
  }));
}
