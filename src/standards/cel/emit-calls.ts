import { type Call, type CheckCall, children, isConstant, mapValueType, type Tree } from "./tree.js";
import type { Fragment, Spot } from "./unit.js";

/** Functions of the language and of the host. */
export function emitCall(tree: Call, spot: Spot): Fragment {
  const { unit } = spot;
  const [first, second] = tree.args;
  if (first === undefined) throw new Error(`${tree.name}() without an argument`);
  if (tree.name === "measure") return measure(tree, first, second, spot);
  if (tree.name === "matches") return matches(first, second, spot);
  const a = spot.emit(first, spot);
  const b = second === undefined ? undefined : spot.emit(second, spot);
  const throws = a.throws || b?.throws === true;
  const made = (js: string, always = false): Fragment => ({ js, throws: throws || always });
  const through = (name: "wholeOf" | "wholeOfText" | "numberOfText" | "boolOfText", code: string) =>
    made(`${unit.runtime(name)}(${a.js}, ${unit.failure(code, spot.where, tree)})`, true);
  const of = first.type;
  switch (tree.name) {
    case "size":
      if (of === "Siblings") return made(`${a.js}.size`);
      if (of === "string")
        return made(unit.planted("size-in-utf16") ? `${a.js}.length` : `${unit.runtime("size")}(${a.js})`);
      return made(mapValueType(of) === undefined ? `${a.js}.length` : `Object.keys(${a.js}).length`);
    case "startsWith":
    case "endsWith":
      return made(`${a.js}.${tree.name}(${b?.js ?? ""})`);
    case "contains":
      return made(`${a.js}.includes(${b?.js ?? ""})`);
    case "double":
      return of === "string" ? through("numberOfText", "double_conversion") : a;
    case "int":
      if (of === "int") return a;
      if (of === "string") return through("wholeOfText", "int_conversion");
      return unit.planted("overflow-unchecked") ? wide(a, tree, spot) : through("wholeOf", "overflow");
    case "bool":
      return of === "string" ? through("boolOfText", "bool_conversion") : a;
    case "string":
      if (of === "string") return a;
      return made(of === "double" ? `${unit.runtime("textOfNumber")}(${a.js})` : `String(${a.js})`);
    case "text":
      return made(`String(${a.js})`);
    case "isWholeNumber":
      return made(`(typeof ${a.js} === "number")`);
    case "known":
      return made(`host.known(${a.js}, ${b?.js ?? ""})`);
    default:
      throw new Error(`no code for ${tree.name}()`);
  }
}

/** The planted bug: 63 bits, as the interpreters have them. */
function wide(of: Fragment, tree: Call, { unit, frame, where }: Spot): Fragment {
  const value = unit.temporary(frame);
  const failure = unit.failure("overflow", where, tree);
  return {
    js: `(Math.abs(${value} = ${of.js}) < 2 ** 63 ? Math.trunc(${value}) + 0 : ${unit.runtime("fail")}(${failure}))`,
    throws: true,
  };
}

function measure(tree: Call, id: Tree, key: Tree | undefined, spot: Spot): Fragment {
  const { unit } = spot;
  if (id.op === "literal" && typeof id.value === "string") unit.measures.add(id.value);
  const args = [id, ...(key === undefined ? [] : [key])].map((arg) => spot.emit(arg, spot).js);
  const failure = unit.failure("measure_undefined", spot.where, tree);
  return { js: `${unit.runtime("measure")}(host, ${args[0]}, ${args[1] ?? "undefined"}, ${failure})`, throws: true };
}

function matches(text: Tree, pattern: Tree | undefined, spot: Spot): Fragment {
  if (pattern?.op !== "literal" || typeof pattern.value !== "string") throw new Error("matches() without a literal");
  const regex = spot.unit.pattern(pattern.value);
  const [id] = text.op === "call" && text.name === "text" ? text.args : [];
  // The answers are remembered by id, so a whole number need not become text first.
  const of = spot.emit(id ?? text, spot);
  return { js: `${regex}.${id === undefined ? "test" : "testId"}(${of.js})`, throws: of.throws };
}

export function emitCheck(tree: CheckCall, spot: Spot): Fragment {
  const { unit } = spot;
  const declaration = unit.tables.checks[tree.index];
  if (declaration === undefined) throw new Error(`no check ${tree.name}`);
  const args = tree.args.map((arg) => spot.emit(arg, spot));
  const given = declaration.needs === "host" ? ["host", ...args.map(({ js }) => js)] : args.map(({ js }) => js);
  return {
    js: `${unit.check(declaration.cel, "call")}(${given.join(", ")})`,
    throws: args.some(({ throws }) => throws),
  };
}

/** A group check answers its whole group at once; lint has seen that the arguments after `siblings, at` are constants. */
export function emitGroup(tree: CheckCall, spot: Spot): Fragment {
  const { unit, frame } = spot;
  const declaration = unit.tables.groupChecks[tree.index];
  if (declaration === undefined) throw new Error(`no group check ${tree.name}`);
  for (const column of declaration.columns) unit.columns.add(column);
  const rest = tree.args.slice(2);
  if (!rest.every(isConstant)) throw new Error(`${tree.name}: an argument is not a constant`);
  const args = unit.constant(`[${rest.map((arg) => spot.emit(arg, spot).js).join(", ")}]`);
  const site = unit.site(`${spot.where} ${tree.start}`);
  const siblings = unit.root("siblings", frame);
  const at = unit.root("at", frame);
  const value = `${siblings}.answer(${site}, ${unit.groupCheck(declaration.cel)}, ${args}).values[${at}]`;
  return { js: tree.type === "bool" ? `(${value} === 1)` : value, throws: false };
}

/** Calls of checks below a tree that can say where the fault is, outside of loops of its own. */
export function markedChecks(tree: Tree, spot: Spot): readonly { readonly call: CheckCall; readonly cel: string }[] {
  if (tree.op === "loop") return markedChecks(tree.range, spot);
  const below = children(tree).flatMap((child) => markedChecks(child, spot));
  if (tree.op !== "check") return below;
  const declaration = spot.unit.tables.checks[tree.index];
  return declaration?.marks === undefined ? below : [{ call: tree, cel: declaration.cel }, ...below];
}
