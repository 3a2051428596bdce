import { basename, dirname } from "node:path";
import type {
  Clause,
  ProofDocument,
  ProofOfRule,
  Rule,
  SchemeDocument,
  StandardDocument,
} from "../records/grammar.gen.js";
import { kindNames } from "../records/kinds.js";
import { ruleDigest } from "./digest.js";
import { findShipped, shippedFolderOf } from "./find.js";
import { lintCases } from "./lint-cases.js";
import { checkData } from "./lint-data.js";
import { lintExpressions } from "./lint-expressions.js";
import { lintMessage } from "./lint-messages.js";
import { type At, type Complain, complainInto, type LintProblem, type PlacedRule } from "./lint-problem.js";
import type { SourceFile, StandardFiles } from "./load.js";
import { celTables } from "./tables.js";

/** Everything that is wrong with the data of a standard; whether its cases give what they say is for `checkStandard`, which runs them. */
export function lintStandard(files: StandardFiles): LintProblem[] {
  const { problems, rules, standardFits, rulesFit, schemeFits, proofFits } = checkData(files);
  const complain = complainInto(problems);
  if (standardFits && files.standard !== undefined)
    lintDocument(files, files.standard, rulesFit ? rules : undefined, complain);
  lintRules(rules, standardFits ? (files.standard?.data as StandardDocument) : undefined, complain);
  if (schemeFits && files.scheme !== undefined) lintScheme(files.scheme, rules, complain);
  if (proofFits && files.proof !== undefined && rulesFit) lintProof(files.proof, rules, problems);
  const ids = new Set(rules.map(({ rule }) => rule.id));
  for (const placed of rules) {
    lintExpressions(placed, celTables, problems);
    lintCases(placed, complain);
    lintBreak(placed, ids, problems);
  }
  return problems.sort(
    (left, right) =>
      compare(left.file, right.file) ||
      left.line - right.line ||
      left.column - right.column ||
      compare(left.code, right.code),
  );
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function clausesOf(clauses: readonly Clause[], at: At): { readonly clause: Clause; readonly at: At }[] {
  return clauses.flatMap((clause, index) => [
    { clause, at: [...at, index] },
    ...clausesOf(clause.clauses ?? [], [...at, index, "clauses"]),
  ]);
}

/** @param rules undefined where some could not be read: a clause that none of the others names may be theirs */
function lintDocument(
  files: StandardFiles,
  file: SourceFile,
  rules: readonly PlacedRule[] | undefined,
  complain: Complain,
): void {
  const document = file.data as StandardDocument;
  if (basename(files.folder) !== document.edition)
    complain(
      file,
      ["edition"],
      lintMessage("folder/edition", { folder: basename(files.folder), edition: document.edition }),
    );
  if (basename(dirname(files.folder)) !== document.id)
    complain(file, ["id"], lintMessage("folder/id", { folder: basename(dirname(files.folder)), id: document.id }));
  if ((document.partial ?? false) !== document.id.endsWith("-partial"))
    complain(file, ["id"], lintMessage("partial", {}));
  if (document.claim === "normative" && !["whole", "part"].includes(document.provenance.read))
    complain(file, ["claim"], lintMessage("not-normative/document", { read: document.provenance.read }));
  const seen = new Map<string, At>();
  const withRules = rules === undefined ? undefined : new Set(rules.map(({ rule }) => rule.clause));
  for (const { clause, at } of clausesOf(document.clauses, ["clauses"])) {
    if (seen.has(clause.id)) complain(file, [...at, "id"], lintMessage("duplicate-clause", { clause: clause.id }));
    seen.set(clause.id, at);
    if (clause.decided_by === "none" && clause.reason === undefined)
      complain(file, at, lintMessage("no-reason", { clause: clause.id }));
    if (clause.decided_by === "rule" && withRules?.has(clause.id) === false)
      complain(file, at, lintMessage("clause-without-rule", { clause: clause.id }));
    if (clause.decided_by === undefined && clause.clauses === undefined)
      complain(file, at, lintMessage("undecided-clause", { clause: clause.id }));
  }
}

function lintRules(rules: readonly PlacedRule[], document: StandardDocument | undefined, complain: Complain): void {
  const clauses =
    document === undefined ? undefined : new Set(clausesOf(document.clauses, []).map(({ clause }) => clause.id));
  const indicators = document === undefined ? undefined : new Set((document.indicators ?? []).map(({ code }) => code));
  for (const { rule, file, at } of rules) {
    if (clauses !== undefined && !clauses.has(rule.clause))
      complain(file, [...at, "clause"], lintMessage("unknown-clause", { rule: rule.id, clause: rule.clause }));
    if (indicators !== undefined && rule.indicator !== undefined && !indicators.has(rule.indicator))
      complain(
        file,
        [...at, "indicator"],
        lintMessage("unknown-indicator", { rule: rule.id, indicator: rule.indicator }),
      );
    if (rule.claim !== "illustrative" && rule.source === undefined)
      complain(file, [...at, "claim"], lintMessage("no-source/rule", { rule: rule.id, claim: rule.claim }));
    if (rule.claim === "normative" && rule.source !== undefined && rule.source.seen !== "text")
      complain(file, [...at, "source", "seen"], lintMessage("not-normative/rule", { rule: rule.id }));
    if (rule.when !== undefined && (rule.cases.inapplicable ?? []).length === 0)
      complain(file, [...at, "cases"], lintMessage("no-inapplicable-case", { rule: rule.id }));
    if (rule.within !== undefined && !isGroupKey(rule))
      complain(file, [...at, "within"], lintMessage("unknown-group", { rule: rule.id, within: rule.within }));
    if (rule.column !== undefined && rule.within === undefined)
      complain(file, [...at, "column"], lintMessage("column-without-group", { rule: rule.id }));
    if (rule.on !== undefined && !kindNames.includes(rule.on))
      complain(file, [...at, "on"], lintMessage("unknown-kind", { rule: rule.id, on: rule.on }));
  }
}

/** A rule that nothing breaks on purpose is proven by its cases alone. */
function lintBreak({ rule, file, at }: PlacedRule, ids: ReadonlySet<string>, problems: LintProblem[]): void {
  if (rule.break === undefined) {
    const told = lintMessage("no-break", { rule: rule.id });
    problems.push({ file: file.name, ...file.position(at), ...told, warning: true });
    return;
  }
  const complain = complainInto(problems);
  for (const key of ["entails", "may"] as const)
    for (const id of rule.break[key] ?? [])
      if (!ids.has(id))
        complain(file, [...at, "break", key], lintMessage("unknown-rule/break", { rule: rule.id, other: id }));
}

/** What was tried of a rule that is no more, or is another by now, proves nothing. */
function lintProof(file: SourceFile, rules: readonly PlacedRule[], problems: LintProblem[]): void {
  const byId = new Map(rules.map(({ rule }) => [rule.id, rule]));
  for (const [id, { digest }] of Object.entries((file.data as ProofDocument).rules) as [string, ProofOfRule][]) {
    const rule = byId.get(id);
    if (rule !== undefined && ruleDigest(rule) === digest) continue;
    const told = lintMessage(rule === undefined ? "unknown-rule/proof" : "proof-of-another-rule", { rule: id });
    problems.push({ file: file.name, ...file.position(["rules", id]), ...told, warning: true });
  }
}

function isGroupKey({ within = "", on = "file" }: Rule): boolean {
  if (on === "annotation") return within === "media" || within === "category" || within === "annotation.id";
  return within.startsWith(`${on}.`);
}

function lintScheme(file: SourceFile, rules: readonly PlacedRule[], complain: Complain): void {
  const scheme = file.data as SchemeDocument;
  const known = rulesOfScheme(scheme, rules);
  const codes = new Set<string>();
  scheme.dimensions.forEach((dimension, d) => {
    const { threshold } = dimension;
    if (threshold !== undefined && threshold.claim !== "illustrative" && threshold.source === undefined)
      complain(
        file,
        ["dimensions", d, "threshold", "claim"],
        lintMessage("no-source/threshold", {
          dimension: dimension.code,
          claim: threshold.claim,
        }),
      );
    dimension.indicators.forEach((indicator, i) => {
      const at = ["dimensions", d, "indicators", i];
      if (codes.has(indicator.code))
        complain(file, [...at, "code"], lintMessage("duplicate-indicator", { indicator: indicator.code }));
      codes.add(indicator.code);
      for (const id of indicator.rules ?? []) {
        if (known?.has(id) === false)
          complain(file, [...at, "rules"], lintMessage("unknown-rule/scheme", { indicator: indicator.code, rule: id }));
      }
    });
  });
}

/** The rules that a scheme can map; undefined where it joins a standard that does not ship and is told only when it is used. */
function rulesOfScheme(scheme: SchemeDocument, own: readonly PlacedRule[]): ReadonlySet<string> | undefined {
  const known = new Set(own.map(({ rule }) => rule.id));
  for (const reference of scheme.standards) {
    const joined = shippedFolderOf(reference) === undefined ? undefined : findShipped(reference);
    if (joined === undefined) return undefined;
    for (const { id } of joined.rules) known.add(id);
  }
  return known;
}
