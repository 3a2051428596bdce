import type { ASTNode } from "@marcbachmann/cel-js";
import type { Said } from "../../records/fill.js";
import type { Parameter } from "../../records/grammar.gen.js";
import type { CelDiagnostic } from "./api.js";
import type { ParameterOrOpen, Prepared } from "./environment.js";
import { celFunctions, hostFunctions, refusedFunctions } from "./functions.js";
import { similar } from "./hints.js";
import { celMessage } from "./messages.js";
import type { Signature } from "./signature.js";
import {
  type BinaryOperator,
  type CelType,
  type Field,
  itemType,
  type Local,
  type Macro,
  mapValueType,
  type Tree,
} from "./tree.js";

export interface TreeContext {
  readonly where: "when" | "assert";
  readonly ofGroup: boolean;
  readonly prepared: Prepared;
  readonly params: Readonly<Record<string, ParameterOrOpen>>;
  readonly report: (diagnostic: CelDiagnostic) => void;
  /** Iteration variables get numbers, unique in a rule. */
  readonly nextLocal: () => number;
}

type Locals = ReadonlyMap<string, Local>;
type Node<K extends ASTNode["op"]> = Extract<ASTNode, { readonly op: K }>;

const biggest = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * The typed tree of a checked expression. What a rule may not use is reported with what to write instead, and stands in the
 * tree as a null literal, so that the rest is looked at too; such a tree is not compiled.
 */
export function typedTree(ast: ASTNode, context: TreeContext): Tree {
  return convert(ast, new Map(), context);
}

/** The one place that reads `checkedType`, which the parser sets and does not declare. A contract test pins it. */
export function checkedTypeOf(ast: ASTNode): CelType | undefined {
  const type = (ast as { readonly checkedType?: { readonly name: string } }).checkedType?.name;
  return type === "null_type" ? "null" : type;
}

function convert(ast: ASTNode, locals: Locals, context: TreeContext): Tree {
  const { start, end } = ast;
  const type = checkedTypeOf(ast) ?? "null";
  const place = { type, start, end };
  const go = (node: ASTNode) => convert(node, locals, context);
  const refuse: Refuse = (said) => {
    context.report({ where: context.where, start, end, ...said });
    return { op: "literal", value: null, ...place };
  };
  switch (ast.op) {
    case "value":
      return literal(ast, place, refuse);
    case "id": {
      const local = locals.get(ast.args);
      if (local !== undefined) return { ...local, ...place, type: local.type };
      if (type === "type" || type.startsWith("map<"))
        return refuse(celMessage("type_value", { name: ast.args }, refusedFunctions.get("type")));
      return { op: "variable", name: ast.args, ...place };
    }
    case ".":
      return field(ast.args[0], ast.args[1], ast, locals, context, refuse);
    case "[]": {
      const [of, at] = ast.args;
      const ofType = checkedTypeOf(of) ?? "null";
      if (itemType(ofType) === undefined && mapValueType(ofType) === undefined) {
        if (at.op === "value" && typeof at.args === "string") return field(of, at.args, ast, locals, context, refuse);
        return refuse(celMessage("computed_field", {}));
      }
      return { op: "index", of: go(of), at: go(at), ...place };
    }
    case ".?":
    case "[?]":
      return refuse(celMessage("optional_syntax", {}));
    case "list":
      return { op: "list", items: ast.args.map(go), ...place };
    case "map":
      return map(ast, go, context, refuse);
    case "!_":
      return { op: "not", of: go(ast.args), ...place };
    case "-_":
      return { op: "negate", of: go(ast.args), ...place };
    case "&&":
    case "||":
      return { op: ast.op === "&&" ? "and" : "or", left: go(ast.args[0]), right: go(ast.args[1]), ...place };
    case "?:":
      return { op: "choice", test: go(ast.args[0]), yes: go(ast.args[1]), no: go(ast.args[2]), ...place };
    case "call":
      return call(ast.args[0], undefined, ast.args[1], ast, locals, context, refuse);
    case "rcall":
      return call(ast.args[0], ast.args[1], ast.args[2], ast, locals, context, refuse);
    default:
      return {
        op: "binary",
        operator: ast.op satisfies BinaryOperator,
        left: go(ast.args[0]),
        right: go(ast.args[1]),
        ...place,
      };
  }
}

type Place = { readonly type: CelType; readonly start: number; readonly end: number };
type Refuse = (said: Said) => Tree;

function literal(ast: Node<"value">, place: Place, refuse: Refuse): Tree {
  const value = ast.args;
  if (typeof value === "bigint") {
    if (value > biggest) return refuse(celMessage("int_too_large", {}));
    return { op: "literal", value: Number(value), ...place };
  }
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    return { op: "literal", value, ...place };
  }
  if (place.type === "uint") return refuse(celMessage("uint", {}, refusedFunctions.get("uint")));
  return refuse(celMessage("bytes", {}, refusedFunctions.get("bytes")));
}

function map(ast: Node<"map">, go: (node: ASTNode) => Tree, context: TreeContext, refuse: Refuse): Tree {
  const keys = new Set<string>();
  const entries: { key: string; value: Tree }[] = [];
  for (const [key, value] of ast.args) {
    if (key.op !== "value" || typeof key.args !== "string") return refuse(celMessage("map_key", {}));
    if (keys.has(key.args)) {
      context.report({
        where: context.where,
        start: key.start,
        end: key.end,
        ...celMessage("duplicate_map_key", { key: JSON.stringify(key.args) }),
      });
    }
    keys.add(key.args);
    entries.push({ key: key.args, value: go(value) });
  }
  return { op: "map", entries, type: checkedTypeOf(ast) ?? "null", start: ast.start, end: ast.end };
}

function field(ofAst: ASTNode, name: string, ast: ASTNode, locals: Locals, context: TreeContext, refuse: Refuse): Tree {
  const { start, end } = ast;
  if (ofAst.op === "id" && ofAst.args === "params" && !locals.has("params"))
    return parameter(name, ast, context, refuse);
  const of = convert(ofAst, locals, context);
  const value = mapValueType(of.type);
  if (value !== undefined) {
    const at: Tree = { op: "literal", value: name, type: "string", start: end - name.length, end };
    return { op: "index", of, at, type: value, start, end };
  }
  const fields = context.prepared.types.get(of.type);
  const found = fields?.get(name);
  if (found === undefined) {
    if (of.op === "literal") return of; // reported already
    const hint = similar(name, [...(fields?.keys() ?? [])]);
    context.report({
      where: context.where,
      start: end - name.length,
      end,
      ...celMessage("no_such_field/of", { type: of.type, name: JSON.stringify(name) }, hint),
    });
    return { op: "literal", value: null, type: "bool", start, end };
  }
  return { op: "field", of, name, start, end, ...found };
}

function parameter(name: string, ast: ASTNode, context: TreeContext, refuse: Refuse): Tree {
  const { start, end } = ast;
  if (!Object.hasOwn(context.params, name))
    return refuse(
      celMessage("no_such_parameter", { name: JSON.stringify(name) }, similar(name, Object.keys(context.params))),
    );
  const value = context.params[name] as ParameterOrOpen;
  // An open parameter has no value: any constant of its type serves for lint, and such a rule is not compiled.
  const open = typeof value === "object" && "open" in value;
  const type = checkedTypeOf(ast) ?? "null";
  return { op: "literal", value: open ? null : (value as Exclude<Parameter, null>), param: name, type, start, end };
}

const macros: ReadonlySet<string> = new Set<Macro>(["all", "exists", "exists_one", "map", "filter"]);

function call(
  name: string,
  target: ASTNode | undefined,
  argAsts: readonly ASTNode[],
  ast: ASTNode,
  locals: Locals,
  context: TreeContext,
  refuse: Refuse,
): Tree {
  const place = { type: checkedTypeOf(ast) ?? "null", start: ast.start, end: ast.end };
  const go = (node: ASTNode) => convert(node, locals, context);
  const [first] = argAsts;
  if (target === undefined && name === "has" && first !== undefined) {
    const of = first.op === "." ? field(first.args[0], first.args[1], first, locals, context, refuse) : undefined;
    if (of?.op === "literal") return of.param === undefined ? of : refuse(celMessage("has_of_parameter", {}));
    if (of?.op !== "field") return refuse(celMessage("has_of_value", {}));
    return { op: "has", field: of satisfies Field, ...place };
  }
  if (target !== undefined && macros.has(name) && first?.op === "id") {
    return loop(name as Macro, target, first, argAsts.slice(1), ast, locals, context);
  }
  const asts = target === undefined ? argAsts : [target, ...argAsts];
  if (refusedFunctions.has(name) && !isOurs(name, context.prepared))
    return refuse(celMessage("not_in_the_language", { name }, refusedFunctions.get(name)));
  const args = asts.map(go);
  const types = args.map((arg) => arg.type);
  const declared = (table: readonly Signature[]) => table.findIndex((signature) => takes(signature, name, types));
  if (target === undefined) {
    if (declared(hostFunctions) >= 0) return { op: "call", name, method: false, args, ...place };
    const check = declared(context.prepared.checks);
    if (check >= 0) return { op: "check", name, index: check, args, ...place };
    const group = declared(context.prepared.groupChecks);
    if (group >= 0) return { op: "group", name, index: group, args, ...place };
  }
  const form = celFunctions.get(name);
  if (form === "both" || form === (target === undefined ? "function" : "method")) {
    const of = types[0] ?? "";
    if (name === "string" && of === "double") {
      context.report({
        where: context.where,
        start: place.start,
        end: place.end,
        severity: "warning",
        ...celMessage("string_of_double", {}),
      });
    }
    return { op: "call", name, method: target !== undefined, args, ...place };
  }
  return refuse(celMessage("not_in_the_language", { name }));
}

function isOurs(name: string, prepared: Prepared): boolean {
  return [...prepared.checks, ...prepared.groupChecks].some((signature) => signature.name === name);
}

function takes(signature: Signature, name: string, types: readonly CelType[]): boolean {
  const { parameters } = signature;
  return (
    signature.name === name &&
    parameters.length === types.length &&
    parameters.every((type, i) => fits(type, types[i] ?? ""))
  );
}

/** `[]` has the type `list<T>`. */
function fits(declared: CelType, actual: CelType): boolean {
  if (declared === actual || actual === "T") return true;
  const item = itemType(declared);
  const given = itemType(actual);
  return item !== undefined && given !== undefined && fits(item, given);
}

function loop(
  macro: Macro,
  target: ASTNode,
  variable: Node<"id">,
  bodies: readonly ASTNode[],
  ast: ASTNode,
  locals: Locals,
  context: TreeContext,
): Tree {
  const range = convert(target, locals, context);
  const local: Local = {
    op: "local",
    name: variable.args,
    id: context.nextLocal(),
    type: itemType(range.type) ?? "string", // the keys of a map
    start: variable.start,
    end: variable.end,
  };
  const inner = new Map(locals).set(variable.args, local);
  const trees = bodies.map((body) => convert(body, inner, context));
  const body = trees[trees.length - 1] ?? range;
  const [filter] = trees.length === 2 ? trees : [];
  const place = { type: checkedTypeOf(ast) ?? "null", start: ast.start, end: ast.end };
  return { op: "loop", macro, variable: local, range, body, ...(filter === undefined ? {} : { filter }), ...place };
}
