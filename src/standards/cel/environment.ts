import { Environment } from "@marcbachmann/cel-js";
import type { CheckDeclaration, GroupCheckDeclaration } from "../../checks/declaration.js";
import type { Kind, LocalText, Parameter } from "../../records/grammar.gen.js";
import { kinds } from "../../records/kinds.js";
import { hostFunctions } from "./functions.js";
import {
  loadRecordSchemas,
  type RecordSchemas,
  type RecordTypes,
  recordTypeName,
  recordTypesOf,
} from "./record-types.js";
import { parseSignature, type Signature } from "./signature.js";

/** What rules may call and see. */
export interface CelTables {
  readonly checks: readonly CheckDeclaration[];
  readonly groupChecks: readonly GroupCheckDeclaration[];
  /** For what findings say: titles of measures. */
  readonly measures?: readonly { readonly id: string; readonly title: LocalText }[];
  /** Default: the record schemas of this package. */
  readonly schemas?: RecordSchemas;
}

/** A parameter whose value is still open (null): only its type is known, from the rule's cases. */
export interface OpenParameter {
  readonly open: ParameterType;
}
type ParameterType = "double" | "bool" | "string" | "list<string>" | "list<double>";
export type ParameterOrOpen = Exclude<Parameter, null> | OpenParameter;

/** Limits before anything is parsed. The parser's own let a chain of 5,000 terms overflow the stack. */
export const limits = { sourceLength: 8192, maxAstNodes: 2000, maxDepth: 50 } as const;

/** The tables, read once: types and signatures are checked here, so that a fault of ours shows before any rule. */
export interface Prepared {
  readonly types: RecordTypes;
  readonly checks: readonly Signature[];
  readonly groupChecks: readonly Signature[];
  readonly environments: Map<string, Environment>;
}

const preparedTables = new WeakMap<CelTables, Prepared>();

export function prepare(tables: CelTables): Prepared {
  let prepared = preparedTables.get(tables);
  if (prepared === undefined) {
    const types = recordTypesOf(tables.schemas ?? loadRecordSchemas());
    const isRecord = (name: string) => types.has(name);
    const checks = tables.checks.map(({ cel }) => parseSignature(cel, isRecord));
    const groupChecks = tables.groupChecks.map(({ cel }) => parseSignature(cel, isRecord));
    for (const { name, parameters } of groupChecks) {
      if (parameters[0] !== "Siblings" || parameters[1] !== "int")
        throw new Error(`${name}: a group check begins with Siblings, int`);
    }
    prepared = { types, checks, groupChecks, environments: new Map() };
    preparedTables.set(tables, prepared);
  }
  return prepared;
}

/** The record types that expressions see, by name. */
export function celRecordTypes(tables: CelTables): RecordTypes {
  return prepare(tables).types;
}

/** What the expressions of a `break` see beside the records: see `Break` in the grammar. */
export const breakVariables = [
  ["step", "double"],
  ["copy", "int"],
  ["index", "int"],
] as const;

/** Variables that an expression sees and their types, without `params`. */
export function variablesOf({ on, within, breaks }: Omit<RuleScope, "params">): readonly (readonly [string, string])[] {
  const records = [on, ...kinds[on].joins].map((kind) => [kind, recordTypeName(kind)] as const);
  const ofGroup =
    within === undefined
      ? []
      : ([
          ["siblings", "Siblings"],
          ["at", "int"],
        ] as const);
  return [...records, ...ofGroup, ...(breaks === true ? breakVariables : [])];
}

export function parameterType(value: ParameterOrOpen): ParameterType {
  if (typeof value === "number") return "double";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "string") return "string";
  if ("open" in value) return value.open;
  return typeof value[0] === "number" ? "list<double>" : "list<string>";
}

export interface RuleScope {
  readonly on: Kind;
  readonly within?: string | undefined;
  readonly params: Readonly<Record<string, ParameterOrOpen>>;
  /** The expression is of a `break`. */
  readonly breaks?: boolean | undefined;
}

/** The parser and type checker for one rule; rules with parameters of the same names and types share one, whose caches are warm. */
export function environmentFor(prepared: Prepared, rule: RuleScope): Environment {
  const kind = `${rule.on}${rule.within === undefined ? "" : "+"}${rule.breaks === true ? "!" : ""}`;
  const base = cached(prepared, kind, () => withVariables(newEnvironment(prepared), rule));
  const params = Object.entries(rule.params).map(([name, value]) => `${name}: ${parameterType(value)}`);
  return cached(prepared, `${kind} ${params.join(", ")}`, () => withParameters(base.clone(), rule));
}

function cached({ environments }: Prepared, key: string, make: () => Environment): Environment {
  const found = environments.get(key) ?? make();
  environments.set(key, found);
  return found;
}

export function withVariables(environment: Environment, rule: RuleScope): Environment {
  for (const [name, type] of variablesOf(rule)) environment.registerVariable(name, type);
  return environment;
}

export function withParameters(
  environment: Environment,
  rule: RuleScope,
  ctor: new () => object = class {},
): Environment {
  const fields = Object.fromEntries(Object.entries(rule.params).map(([name, value]) => [name, parameterType(value)]));
  environment.registerType("Params", { ctor, fields });
  return environment.registerVariable("params", "Params");
}

/** What the interpreter needs and the product does not: classes of the records and functions to call. */
interface Interpretable {
  readonly classes: ReadonlyMap<string, new () => object>;
  readonly handler: (signature: Signature) => (...args: unknown[]) => unknown;
}

/** Types and functions without variables. Rules run as generated code: only the tests' interpreter calls the functions. */
export function newEnvironment(prepared: Prepared, interpretable?: Interpretable): Environment {
  const environment = new Environment({ limits: { maxAstNodes: limits.maxAstNodes, maxDepth: limits.maxDepth } });
  for (const [name, fields] of prepared.types) {
    // A class of its own for each: without one, the parser's interpreter fails on records inside lists.
    const ctor = interpretable?.classes.get(name) ?? class {};
    environment.registerType(name, {
      ctor,
      fields: Object.fromEntries([...fields].map(([field, { type }]) => [field, type])),
    });
  }
  const equal = interpretable?.handler({ name: "==", parameters: ["Id", "Id"], result: "bool" }) ?? notCalled;
  environment.registerOperator("Id == Id", equal);
  for (const signature of functionsOf(prepared)) {
    environment.registerFunction(celText(signature), interpretable?.handler(signature) ?? notCalled);
  }
  return environment;
}

/** Everything that is called by name and is not CEL's own. */
export function functionsOf(prepared: Prepared): readonly Signature[] {
  return [...hostFunctions, ...prepared.checks, ...prepared.groupChecks];
}

function celText({ name, parameters, result }: Signature): string {
  return `${name}(${parameters.join(", ")}): ${result}`;
}

function notCalled(): never {
  throw new Error("rules run as generated code");
}
