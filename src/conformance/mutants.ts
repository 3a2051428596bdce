import type { Parameter, Rule } from "../records/grammar.gen.js";
import { analyseExpression } from "../standards/cel/analyse.js";
import { siblingsOf } from "../standards/cel/siblings.js";
import { sourceText } from "../standards/cel/source-text.js";
import { type MutationOperator, shifts, type TreeMutant, treeMutants } from "../standards/cel/tree-mutants.js";
import { expressionProblems, parametersOf } from "../standards/lint-expressions.js";
import { celTables } from "../standards/tables.js";

type Params = Readonly<Record<string, Parameter>>;

/** A rule with one change. */
export interface Mutant {
  /** What was changed, unique in the rule: `assert: annotation.box.width > 0.0 → annotation.box.width >= 0.0`. */
  readonly name: string;
  /** `negated` (an expression says the opposite) and `removed` (the rule finds nothing) are listed and not scored. */
  readonly operator: MutationOperator | "negated" | "removed";
  readonly rule: Rule;
  /** What becomes of the parameters that it runs with, those of a case too. */
  params(of: Params): Params;
}

export function isScored({ operator }: Mutant): boolean {
  return operator !== "negated" && operator !== "removed";
}

const same = (params: Params): Params => params;

/** The mutants of a rule's expressions and parameters that pass lint; none of a rule on a fault of reading or a schema. */
export function mutantsOf(rule: Rule): readonly Mutant[] {
  if (rule.assert === undefined) return [];
  const found = [
    ...expressionMutants(rule, "when"),
    ...expressionMutants(rule, "assert"),
    ...expressionMutants(rule, "column"),
    ...parameterMutants(rule),
    { name: "the rule finds nothing", operator: "removed", rule: { ...rule, assert: "true" }, params: same } as const,
  ].filter((mutant) => passesLint(mutant.rule));
  const seen = new Map<string, number>();
  return found.map((mutant) => {
    const times = (seen.get(mutant.name) ?? 0) + 1;
    seen.set(mutant.name, times);
    return times === 1 ? mutant : { ...mutant, name: `${mutant.name} (${times})` };
  });
}

function passesLint(rule: Rule): boolean {
  const problems = expressionProblems(rule, celTables);
  return !("untyped" in problems) && problems.every(({ diagnostic }) => diagnostic.severity === "warning");
}

function expressionMutants(rule: Rule, field: "when" | "assert" | "column"): readonly Mutant[] {
  const text = rule[field];
  const params = parametersOf(rule);
  if (text === undefined || "untyped" in params) return [];
  const within = field === "assert" ? rule.within : undefined;
  const { tree } = analyseExpression(text, { on: rule.on ?? "file", within, params: params.typed }, celTables);
  if (tree === undefined) return [];
  const texts = new Set([sourceText(tree)]);
  const out: Mutant[] = [];
  const siblings = siblingsOf(celTables, rule.column !== undefined);
  for (const mutant of treeMutants(tree, siblings)) {
    const changed = sourceText(mutant.tree);
    if (texts.has(changed)) continue;
    texts.add(changed);
    out.push({
      name: `${field}: ${told(mutant)}`,
      operator: mutant.operator,
      rule: { ...rule, [field]: changed },
      params: same,
    });
  }
  if (field === "when") {
    const { when: _, ...without } = rule;
    out.push({ name: "when: dropped", operator: "dropped", rule: without, params: same });
  }
  return out;
}

function told({ from, to }: TreeMutant): string {
  return to === "" ? `${from} dropped` : `${from} → ${to}`;
}

type Value = Exclude<Parameter, null>;

function parameterMutants(rule: Rule): readonly Mutant[] {
  return Object.entries(rule.params ?? {}).flatMap(([param, own]) => {
    const given = valuesOf(rule, param, own ?? null);
    return changesOf(given, own ?? null).map(({ says, change }) => {
      const params = (of: Params): Params => {
        const value = of[param];
        return value === undefined || value === null ? of : { ...of, [param]: change(value) };
      };
      return {
        name: `params: ${param} ${says}`,
        operator: "parameter",
        rule: rule.params === undefined ? rule : { ...rule, params: params(rule.params as Params) },
        params,
      } as const;
    });
  });
}

/** The value of a parameter; of an open one those that its cases give it. */
function valuesOf({ cases }: Rule, param: string, own: Parameter): readonly Value[] {
  if (own !== null) return [own];
  const all = [...cases.conforming, ...cases.violating, ...(cases.inapplicable ?? [])];
  return all.flatMap(({ params = {} }) => {
    const value = params[param];
    return value === undefined || value === null ? [] : [value];
  });
}

interface Change {
  readonly says: string;
  readonly change: (value: Value) => Value;
}

function changesOf([first]: readonly Value[], own: Parameter): readonly Change[] {
  if (first === undefined) return [];
  if (typeof first === "number")
    return shifts(first, "double").map((shifted) => {
      const by = Number((shifted - first).toPrecision(12));
      return {
        says: by > 0 ? `+ ${by}` : `- ${-by}`,
        change: (value) => (typeof value === "number" ? Number((value + by).toPrecision(15)) : value),
      };
    });
  if (typeof first === "boolean") return [{ says: "turned round", change: (value) => value !== true }];
  if (typeof first === "string")
    return [
      {
        says: "without its last character",
        change: (value) => (typeof value === "string" ? value.slice(0, -1) : value),
      },
    ];
  // The words of an open vocabulary are those of its cases, each with its own.
  if (own === null)
    return [
      { says: "without its first item", change: (value) => (Array.isArray(value) ? (value.slice(1) as Value) : value) },
      {
        says: "without its last item",
        change: (value) => (Array.isArray(value) ? (value.slice(0, -1) as Value) : value),
      },
    ];
  return [...new Set<string | number>(first)].map((item) => ({
    says: `without ${JSON.stringify(item)}`,
    change: (value) =>
      Array.isArray(value) ? ((value as (string | number)[]).filter((one) => one !== item) as Value) : value,
  }));
}
