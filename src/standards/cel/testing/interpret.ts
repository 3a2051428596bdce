import {
  type CelType as BufType,
  type CelFunc,
  CelScalar,
  celEnv,
  celFunc,
  isCelError,
  listType,
  parse,
  plan,
} from "@bufbuild/cel";
import type { Environment } from "@marcbachmann/cel-js";
import type { Host } from "../../../checks/declaration.js";
import type { Scope } from "../api.js";
import {
  type CelTables,
  functionsOf,
  newEnvironment,
  type Prepared,
  parameterType,
  prepare,
  type RuleScope,
  variablesOf,
  withParameters,
  withVariables,
} from "../environment.js";
import type { Signature } from "../signature.js";
import { type CelType, itemType } from "../tree.js";
import { type Dialect, fromInterpreter, IdValue, toInterpreter } from "./values.js";

export type Evaluation = { readonly value: unknown } | { readonly error: string };

/** An interpreter as an oracle: the value of an expression on a scope, as generated code would have it. */
type Oracle = (text: string, type: CelType, scope: Scope) => Evaluation;

/** The interpreter of @marcbachmann/cel-js. Its ints have 64 bits, some without overflow, its `matches` backtracks. */
export function mbOracle(tables: CelTables, rule: RuleScope, host: Host): Oracle {
  const prepared = prepare(tables);
  const classes = new Map<string, new () => object>(
    [...prepared.types.keys()].map((name) => [name, name === "Id" ? IdValue : class {}]),
  );
  const dialect: Dialect = {
    record: (type, fields) => Object.assign(new (classes.get(type) ?? Object)(), fields),
    id: (id) => new IdValue(id),
  };
  class Params {}
  const handler = (signature: Signature) => callable(signature, tables, prepared, host, dialect);
  const base: Environment = withVariables(newEnvironment(prepared, { classes, handler }), rule);
  const environment = withParameters(base, rule, Params);
  const params = Object.assign(new Params(), parameters(rule, prepared, dialect));
  return (text, type, scope) => {
    try {
      return {
        value: fromInterpreter(
          environment.evaluate(text, { ...variables(rule, scope, prepared, dialect), params }),
          type,
        ),
      };
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  };
}

/** The interpreter of @bufbuild/cel, which passes 99 % of the conformance tests; it has no type checker. */
export function bufOracle(tables: CelTables, rule: RuleScope, host: Host): Oracle {
  const prepared = prepare(tables);
  const dialect: Dialect = { record: (_type, fields) => fields, id: (id) => id };
  const funcs: CelFunc[] = functionsOf(prepared).map((signature) =>
    celFunc(
      signature.name,
      signature.parameters.map(bufType),
      CelScalar.DYN,
      callable(signature, tables, prepared, host, dialect) as () => never,
    ),
  );
  const environment = celEnv({ funcs });
  const params = parameters(rule, prepared, dialect);
  return (text, type, scope) => {
    try {
      const result = plan(environment, parse(text))({ ...variables(rule, scope, prepared, dialect), params } as never);
      return isCelError(result) ? { error: result.message } : { value: fromInterpreter(result, type) };
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  };
}

function bufType(type: CelType): BufType {
  if (type === "bool") return CelScalar.BOOL;
  if (type === "int") return CelScalar.INT;
  if (type === "double") return CelScalar.DOUBLE;
  if (type === "string") return CelScalar.STRING;
  const item = itemType(type);
  return item === undefined ? CelScalar.DYN : listType(CelScalar.DYN);
}

function variables(rule: RuleScope, scope: Scope, prepared: Prepared, dialect: Dialect): Record<string, unknown> {
  return Object.fromEntries(
    variablesOf(rule).map(([name, type]) => [
      name,
      toInterpreter(scope[name as keyof Scope], type, prepared.types, dialect),
    ]),
  );
}

function parameters(rule: RuleScope, prepared: Prepared, dialect: Dialect): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(rule.params).map(([name, value]) => [
      name,
      toInterpreter(value, parameterType(value), prepared.types, dialect),
    ]),
  );
}

/** A function of the host or a check, on values of an interpreter. */
function callable(
  signature: Signature,
  tables: CelTables,
  prepared: Prepared,
  host: Host,
  dialect: Dialect,
): (...args: unknown[]) => unknown {
  const { name, parameters: types, result } = signature;
  const check = tables.checks[prepared.checks.indexOf(signature)];
  return (...given) => {
    const args = given.map((value, i) => fromInterpreter(value, types[i] ?? ""));
    const answer =
      check === undefined
        ? hostAnswer(name, args, host)
        : check.needs === "host"
          ? check.call(host, ...args)
          : check.call(...args);
    return toInterpreter(answer, result, prepared.types, dialect);
  };
}

function hostAnswer(name: string, [first, second]: readonly unknown[], host: Host): unknown {
  switch (name) {
    case "known":
      return host.known(first as string, second as string);
    case "measure":
      return second === undefined ? host.measure(first as string) : host.measure(first as string, second as string);
    case "text":
      return String(first);
    case "isWholeNumber":
      return typeof first === "number";
    case "==":
      return first === second;
    default:
      throw new Error(`no answer for ${name}()`);
  }
}
