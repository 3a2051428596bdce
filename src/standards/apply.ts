import { checks, groupChecks } from "../checks/index.js";
import { UsageError } from "../records/errors.js";
import type { Parameter, ProfileDocument, ProfileRule, Rule, SchemeDocument } from "../records/grammar.gen.js";
import type { Departure } from "../records/report.gen.js";
import type { CelDiagnostic, CompiledRule, RuleSource } from "./cel/api.js";
import { type CompiledColumn, compileColumn } from "./cel/column.js";
import { compileRule } from "./cel/compile.js";
import type { RuleScope } from "./cel/environment.js";
import type { LoadedStandard } from "./load.js";
import { type ActiveRule, isDeciding } from "./ruleset.js";

export interface ApplyOptions {
  readonly scheme: SchemeDocument | undefined;
  readonly profile: ProfileDocument | undefined;
  /** Only these rules (`--rule`); empty: all. */
  readonly only: readonly string[];
}

export interface RuleSet {
  readonly rules: readonly ActiveRule[];
  readonly departures: readonly Departure[];
}

/** What rules may call. */
export const celTables = { checks, groupChecks };

/** Applies a profile to the rules of standards and compiles what will run. */
export function applyStandards(standards: readonly LoadedStandard[], options: ApplyOptions): RuleSet {
  const departures: Departure[] = [];
  const known = new Set(standards.flatMap(({ rules }) => rules.map(({ id }) => id)));
  for (const { id } of options.profile?.rules ?? []) wantRule(id, known, "profile");
  for (const id of options.only) wantRule(id, known, "--rule");
  if (options.only.length > 0) {
    departures.push({
      kind: "rule-selection",
      subject: "--rule",
      from: "all rules",
      to: options.only.join(", "),
      reason: "only these rules were asked for",
    });
  }
  const byScheme = indicatorsByRule(options.scheme);
  const rules: ActiveRule[] = [];
  for (const standard of standards) {
    for (const rule of standard.rules) {
      const changes = (options.profile?.rules ?? []).filter(
        (change) => change.id === rule.id && (change.standard ?? standard.document.id) === standard.document.id,
      );
      rules.push(activate(rules.length, rule, standard.document.id, changes, options, byScheme, departures));
    }
  }
  return { rules, departures };
}

/** One rule with the parameters of a case, as the cases of `standard test` run it. */
export function activateForCase(
  rule: Rule,
  standard: LoadedStandard,
  params: Readonly<Record<string, Parameter | undefined>>,
): ActiveRule {
  const change: ProfileRule = { id: rule.id, reason: "case", params: { ...params } };
  const options: ApplyOptions = { scheme: undefined, profile: undefined, only: [] };
  return activate(0, rule, standard.document.id, [change], options, new Map(), []);
}

function wantRule(id: string, known: ReadonlySet<string>, where: string): void {
  if (known.has(id)) return;
  const near = [...known].filter((other) => other.includes(id) || id.includes(other)).slice(0, 3);
  throw new UsageError("TS-USAGE-0003", {
    found: `${where}: ${id}`,
    expected: near.length > 0 ? `a rule of the standard, such as ${near.join(", ")}` : "a rule of the standard",
  });
}

/** Rules that a scheme maps to its indicators itself. */
function indicatorsByRule(scheme: SchemeDocument | undefined): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const { indicators } of scheme?.dimensions ?? [])
    for (const { code, rules } of indicators) for (const id of rules ?? []) map.set(id, code);
  return map;
}

function activate(
  index: number,
  rule: Rule,
  standard: string,
  changes: readonly ProfileRule[],
  options: ApplyOptions,
  byScheme: ReadonlyMap<string, string>,
  departures: Departure[],
): ActiveRule {
  let off = options.only.length > 0 && !options.only.includes(rule.id);
  let { severity, obligation } = rule;
  const params: Record<string, Parameter> = Object.fromEntries(
    Object.entries(rule.params ?? {}).map(([name, value]) => [name, value ?? null]),
  );
  for (const change of changes) {
    const depart = (kind: Departure["kind"], from: string, to: string): void => {
      departures.push({ kind, subject: rule.id, from, to, reason: change.reason });
    };
    if (change.off === true) {
      off = true;
      depart("rule-off", "on", "off");
    }
    if (change.severity !== undefined && change.severity !== severity) {
      depart("severity", severity, change.severity);
      severity = change.severity;
    }
    if (change.obligation !== undefined && change.obligation !== obligation) {
      depart("obligation", obligation, change.obligation);
      obligation = change.obligation;
    }
    for (const [name, value] of Object.entries(change.params ?? {})) {
      if (!(name in params))
        throw new UsageError("TS-USAGE-0004", {
          found: `${rule.id}: ${name}`,
          expected: `a parameter of the rule: ${Object.keys(params).join(", ") || "it has none"}`,
        });
      depart("parameter", `${name} = ${JSON.stringify(params[name])}`, `${name} = ${JSON.stringify(value)}`);
      params[name] = value ?? null;
    }
  }
  const openParams = Object.keys(params).filter((name) => params[name] === null);
  const runs = !off && openParams.length === 0 && rule.assert !== undefined;
  return {
    index,
    rule,
    standard,
    kind: rule.on ?? "file",
    severity,
    obligation,
    params,
    openParams,
    off,
    deciding: isDeciding(rule, obligation, off, openParams),
    indicator: byScheme.get(rule.id) ?? rule.indicator,
    ...(runs
      ? compileParts(rule, params as RuleSource["params"])
      : { compiled: undefined, membership: undefined, column: undefined }),
  };
}

/** A group rule is two functions or three: `when` and `column` are asked of each record while reading, `assert` of its group afterwards. */
function compileParts(
  rule: Rule,
  params: RuleSource["params"],
): Pick<ActiveRule, "compiled" | "membership" | "column"> {
  const { id, within, when, assert = "true" } = rule;
  const on = rule.on ?? "file";
  if (within === undefined)
    return { compiled: compiled({ id, on, when, assert, params }), membership: undefined, column: undefined };
  return {
    compiled: compiled({ id, on, within, assert, params }),
    membership: when === undefined ? undefined : compiled({ id, on, assert: when, params }),
    column: rule.column === undefined ? undefined : compiledColumn(id, rule.column, { on, params }),
  };
}

function compiled(source: RuleSource): CompiledRule {
  const result = compileRule(source, celTables);
  if ("compiled" in result) return result.compiled;
  throw notCompiled(source.id, result.diagnostics);
}

function compiledColumn(id: string, text: string, scope: RuleScope): CompiledColumn {
  const result = compileColumn(text, scope, celTables);
  if ("compiled" in result) return result.compiled;
  throw notCompiled(id, result.diagnostics);
}

function notCompiled(id: string, diagnostics: readonly CelDiagnostic[]): UsageError {
  const first = diagnostics.find(({ severity }) => severity === undefined) ?? diagnostics[0];
  return new UsageError("TS-STANDARD-0002", {
    file: id,
    place: first === undefined ? "assert" : `${first.where}:${first.start + 1}`,
    found: first?.message ?? "",
    expected: "an expression of the rule language",
  });
}
