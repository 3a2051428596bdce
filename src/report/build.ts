import type { Example } from "../engine/examples.js";
import { compareExamples } from "../engine/examples.js";
import { hex } from "../engine/fingerprint.js";
import { bins, type RuleState } from "../engine/rule-state.js";
import type { Run } from "../engine/run.js";
import type { FindingValue } from "../records/finding.js";
import type { Clause } from "../records/grammar.gen.js";
import type {
  ClauseCoverage,
  CountBy,
  Drawing,
  ReportFinding,
  ReportRule,
  ReportStandard,
} from "../records/report.gen.js";
import { digestOf } from "../standards/digest.js";
import type { LoadedStandard } from "../standards/load.js";
import { isProven } from "../standards/proof.js";
import { notSo } from "./captions.js";
import { visible } from "./text.js";
import { valuesIn } from "./values.js";

/** Keys of a count that a report lists; the rest is one remainder. */
const maxKeys = 1000;

function countBy(counts: ReadonlyMap<string, number>): CountBy {
  const sorted = [...counts].sort(
    ([leftKey, left], [rightKey, right]) => right - left || (leftKey < rightKey ? -1 : 1),
  );
  const rest = sorted.slice(maxKeys);
  return {
    counts: sorted.slice(0, maxKeys).map(([key, count]) => ({ key, count })),
    remainder_keys: rest.length,
    remainder: rest.reduce((sum, [, count]) => sum + count, 0),
  };
}

/** Counts by the name of the category: rows of several files that have one name are one key. */
function byCategory(state: RuleState, run: Run): CountBy {
  const names = new Map<string, number>();
  for (const [row, count] of state.byCategory) {
    const name = run.categories[row]?.name ?? "";
    names.set(name, (names.get(name) ?? 0) + count);
  }
  return countBy(names);
}

/** Why a rule was asked of no record. */
function notAsked(state: RuleState, run: Run, mediaFound: number): ReportRule["not_asked"] {
  const { active } = state;
  if (active.off) return "switched-off";
  if (active.openParams.length > 0) return "open-parameter";
  if (active.rule.needs_media === true && mediaFound === 0) return "no-media";
  if (active.rule.fault !== undefined || active.rule.schema !== undefined) return "not-this-format";
  if (run.read[active.kind] === 0) return "no-records";
  return undefined;
}

export function reportRule(state: RuleState, run: Run, evaluated: number, mediaFound: number): ReportRule {
  const { rule, standard, severity, obligation, off, openParams, deciding, indicator, params, kind, proven } =
    state.active;
  const reason = evaluated === 0 && state.notEvaluated === 0 ? notAsked(state, run, mediaFound) : undefined;
  const violations = state.violations;
  const verdict = !deciding
    ? "advisory"
    : violations > state.waived
      ? "nonconforming"
      : state.notEvaluated > 0
        ? "indeterminate"
        : evaluated === 0
          ? "not-applicable"
          : "conforming";
  return {
    id: rule.id,
    standard,
    clause: rule.clause,
    claim: rule.claim,
    obligation,
    certainty: rule.certainty,
    severity,
    ...(indicator === undefined ? {} : { indicator }),
    title: rule.title,
    means: rule.means,
    fix: rule.fix,
    on: kind,
    ...(rule.fault === undefined ? {} : { fault: rule.fault }),
    deciding,
    ...(proven === undefined ? {} : { proven }),
    verdict,
    ...(off ? { off } : {}),
    ...(openParams.length > 0 ? { open_params: [...openParams] } : {}),
    ...(reason === undefined ? {} : { not_asked: reason }),
    ...(Object.keys(params).length > 0 ? { params: { ...params } } : {}),
    evaluated,
    violations,
    not_evaluated: state.notEvaluated,
    ...(state.codes.size > 0 ? { not_evaluated_codes: Object.fromEntries([...state.codes].sort()) } : {}),
    waived: state.waived,
    ...(state.media.size > 0 ? { media_with_findings: state.media.size } : {}),
    by_category: byCategory(state, run),
    ...(state.byAnnotator.size > 0 ? { by_annotator: countBy(state.byAnnotator) } : {}),
    where: [...(state.where ?? new Float64Array(bins))] as ReportRule["where"],
    kept: state.examples.kept().length,
  };
}

/** Findings of one rule in order of place; the k-th equal fingerprint gets `#k`. */
export function reportFindings(
  state: RuleState,
  placed: ReadonlyMap<Example, { line: number; column: number }>,
  paths: ReadonlyMap<number, string>,
  bytesOf: (media: string) => Pick<Drawing, "media_sha256" | "orientation"> = () => ({}),
): ReportFinding[] {
  const { rule, standard, severity } = state.active;
  const failing = notSo(rule.certainty, rule.title);
  const seen = new Map<string, number>();
  const named = [...state.examples.kept()].sort(compareExamples).map((example) => {
    const plain = hex(example.high, example.low);
    const k = (seen.get(plain) ?? 0) + 1;
    seen.set(plain, k);
    return { example, fingerprint: k === 1 ? plain : `${plain}#${k}` };
  });
  named.sort(
    ({ example: left }, { example: right }) =>
      left.file - right.file ||
      left.offset - right.offset ||
      left.element - right.element ||
      compareExamples(left, right),
  );
  return named.map(({ example, fingerprint }) => {
    const place = placed.get(example);
    const text = (lang: "zh" | "en"): string => {
      const values = valuesIn(example.values, lang, visible);
      const so = failing[lang];
      return values === "" ? so : `${so}${lang === "zh" ? "：" : ": "}${values}`;
    };
    return {
      rule: rule.id,
      standard,
      severity,
      certainty: rule.certainty,
      fingerprint,
      ...(example.waived ? { waived: true } : {}),
      kind: example.kind,
      file: example.kind === "dataset" ? "" : (paths.get(example.file) ?? ""),
      ...(example.kind === "dataset" ? {} : { offset: example.offset }),
      ...(place === undefined ? {} : place),
      ...(example.pointer === undefined ? {} : { pointer: example.pointer }),
      ...(example.record === undefined ? {} : { record: example.record }),
      ...(example.media === undefined ? {} : { media: example.media }),
      ...(example.category === undefined ? {} : { category: example.category }),
      values: example.values.map((value) => ({ ...value, value: finiteOrText(value.value) })),
      ...(example.others === undefined ? {} : { others: [...example.others] }),
      ...(example.drawing === undefined
        ? {}
        : {
            drawing: {
              ...example.drawing,
              ...(example.drawing.media === undefined ? {} : bytesOf(example.drawing.media)),
            },
          }),
      message: { zh: text("zh"), en: text("en") },
      fix: rule.fix,
    };
  });
}

/** JSON has no NaN and no Infinity. */
function finiteOrText(value: FindingValue["value"]): FindingValue["value"] {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

export function reportStandard(standard: LoadedStandard): ReportStandard {
  const { document, rules, digests, proof } = standard;
  const claims = { normative: 0, reported: 0, illustrative: 0 };
  for (const rule of rules) claims[rule.claim]++;
  return {
    id: document.id,
    edition: document.edition,
    number: document.number,
    title: document.title,
    status: document.status,
    partial: document.partial ?? false,
    claim: document.claim,
    rules: rules.length,
    claims,
    deciding_digest: digests.deciding,
    full_digest: digests.full,
    ...(proof === undefined
      ? {}
      : { proof: { proven: rules.filter((rule) => isProven(rule, standard)).length, digest: digestOf(proof) } }),
  };
}

/** Clause by clause: what decides it, and by which rules. */
export function coverageOf({ document, rules }: Pick<LoadedStandard, "document" | "rules">): ClauseCoverage[] {
  const byClause = new Map<string, string[]>();
  for (const rule of rules) byClause.set(rule.clause, [...(byClause.get(rule.clause) ?? []), rule.id]);
  const rows: ClauseCoverage[] = [];
  const visit = (clause: Clause): void => {
    const own = byClause.get(clause.id) ?? [];
    rows.push({
      standard: document.id,
      clause: clause.id,
      title: clause.title,
      ...(clause.obligation === undefined ? {} : { obligation: clause.obligation }),
      decided_by: decidedBy(clause, own),
      ...(clause.reason === undefined ? {} : { reason: clause.reason }),
      rules: own,
    });
    for (const part of clause.clauses ?? []) visit(part);
  };
  for (const clause of document.clauses) visit(clause);
  return rows;
}

function decidedBy(clause: Clause, rules: readonly string[]): ClauseCoverage["decided_by"] {
  if (rules.length > 0) return "rule";
  if (clause.decided_by === undefined) return clause.clauses === undefined ? "not-encoded" : "heading";
  if (clause.decided_by === "none") return clause.testable === false ? "not-testable" : "not-encoded";
  return clause.decided_by === "rule" ? "not-encoded" : clause.decided_by;
}
