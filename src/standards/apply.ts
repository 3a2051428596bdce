import { UsageError } from "../records/errors.js";
import type { Parameter, ProfileDocument, ProfileRule, Rule, SchemeDocument } from "../records/grammar.gen.js";
import type { Departure } from "../records/report.gen.js";
import type { RuleSource } from "./cel/api.js";
import type { RuleParts } from "./compile-parts.js";
import type { LoadedStandard } from "./load.js";
import { isProven } from "./proof.js";
import { validatorOf } from "./record-schemas.js";
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

type Compile = (rule: Rule, params: RuleSource["params"]) => RuleParts;

/** The compiler with its parser: loaded only for what was not compiled when the package was built. */
async function loadCompiler(): Promise<Compile> {
  const { compileParts } = await import("./compile-parts.js");
  return compileParts;
}

/** A shipped rule whose parameters are the standard's own is compiled already. */
function compilerOf(standard: LoadedStandard, compile: Compile | undefined): Compile {
  return (rule, params) => {
    const changed = Object.entries(params).some(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(rule.params?.[name]),
    );
    const built = changed ? undefined : standard.built?.(rule);
    if (built !== undefined) return built;
    if (compile === undefined)
      throw new Error(`${standard.document.id}: ${rule.id} was not compiled when the package was built`);
    return compile(rule, params);
  };
}

/** Applies a profile to the rules of standards and compiles what will run. */
export async function applyStandards(standards: readonly LoadedStandard[], options: ApplyOptions): Promise<RuleSet> {
  const needsCompiler =
    standards.some(({ built }) => built === undefined) ||
    (options.profile?.rules ?? []).some(({ params }) => params !== undefined);
  const compile = needsCompiler ? await loadCompiler() : undefined;
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
      rules.push(
        activate(rules.length, rule, standard, changes, options, byScheme, departures, compilerOf(standard, compile)),
      );
    }
  }
  return { rules, departures };
}

/** One rule with the parameters of a case, as the cases of `standard test` run it. */
export async function activateForCase(
  rule: Rule,
  standard: LoadedStandard,
  params: Readonly<Record<string, Parameter | undefined>>,
): Promise<ActiveRule> {
  const change: ProfileRule = { id: rule.id, reason: "case", params: { ...params } };
  const options: ApplyOptions = { scheme: undefined, profile: undefined, only: [] };
  return activate(0, rule, standard, [change], options, new Map(), [], await loadCompiler());
}

function wantRule(id: string, known: ReadonlySet<string>, where: string): void {
  if (known.has(id)) return;
  const words = id.split("-").filter((word) => word.length > 3);
  const near = [...known]
    .map((other) => ({ other, shared: words.filter((word) => other.split("-").includes(word)).length }))
    .filter(({ other, shared }) => shared > 0 || other.includes(id))
    .sort((left, right) => right.shared - left.shared)
    .slice(0, 3)
    .map(({ other }) => other);
  throw new UsageError("TS-USAGE-0003", {
    found: `${where}: ${id}`,
    expected: near.length > 0 ? `a rule of the standard, such as ${near.join(", ")}` : "a rule of the standard",
    hint: "touchstone standard show ID lists them",
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
  standard: LoadedStandard,
  changes: readonly ProfileRule[],
  options: ApplyOptions,
  byScheme: ReadonlyMap<string, string>,
  departures: Departure[],
  compile: Compile,
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
      if (!Object.hasOwn(params, name))
        throw new UsageError("TS-USAGE-0004", {
          found: `${rule.id}: ${name}`,
          expected: `a parameter of the rule: ${Object.keys(params).join(", ") || "it has none"}`,
        });
      depart("parameter", `${name} = ${JSON.stringify(params[name])}`, `${name} = ${JSON.stringify(value)}`);
      params[name] = value ?? null;
    }
  }
  const openParams = Object.keys(params).filter((name) => params[name] === null);
  const switchedOn = !off && openParams.length === 0;
  return {
    index,
    rule,
    standard: standard.document.id,
    kind: rule.on ?? "file",
    severity,
    obligation,
    params,
    openParams,
    off,
    proven: isProven(rule, standard),
    deciding: isDeciding(rule, obligation, off, openParams),
    indicator: byScheme.get(rule.id) ?? rule.indicator,
    validate: switchedOn && rule.schema !== undefined ? validatorOf(standard.schemas, rule.schema, rule.id) : undefined,
    ...(switchedOn && rule.assert !== undefined
      ? compile(rule, params as RuleSource["params"])
      : { compiled: undefined, membership: undefined, column: undefined }),
  };
}
