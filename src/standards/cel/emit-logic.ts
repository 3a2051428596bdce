import { type Facts, factsWhen, union } from "./facts.js";
import { itemType, type Logical, type Loop, mapValueType, operands } from "./tree.js";
import { type Fragment, helperCall, newFrame, type Spot } from "./unit.js";

/** Operands of a chain, each with what is known when it is reached: only what an operand that cannot fail has shown, since CEL goes on after an error. */
export function chain(tree: Logical["left"], op: "and" | "or", spot: Spot): { parts: Fragment[]; facts: Facts[] } {
  const parts: Fragment[] = [];
  const facts: Facts[] = [];
  let known = spot.facts;
  for (const operand of operands(tree, op)) {
    const part = spot.emit(operand, { ...spot, facts: known });
    parts.push(part);
    facts.push(known);
    if (!part.throws) known = union(known, factsWhen(op === "and", operand));
  }
  return { parts, facts };
}

/** Plain `&&` where only the last operand can fail: an error there ends the chain anyway. */
export function isPlain(parts: readonly Fragment[]): boolean {
  return parts.every((part, i) => !part.throws || i === parts.length - 1);
}

/** `&&` and `||`. Where an operand can fail and is not the last, one that decides the result absorbs the error (CEL, Logical Operators). */
export function emitLogical(tree: Logical, spot: Spot): Fragment {
  const inner = newFrame();
  const { parts } = chain(tree, tree.op, { ...spot, frame: inner });
  const throws = parts.some((part) => part.throws);
  const and = tree.op === "and";
  if (isPlain(parts) || (and && spot.unit.planted("and-not-absorbing"))) {
    for (const name of inner.free) spot.frame.free.add(name);
    spot.frame.temporaries.push(...inner.temporaries);
    return { js: `(${parts.map((part) => part.js).join(and ? " && " : " || ")})`, throws };
  }
  const steps = parts.map(({ js, throws: fails }) => {
    const step = `if (${and ? `!${js}` : js}) return ${!and};`;
    return fails ? `try { ${step} } catch (x) { e = ${spot.unit.runtime("caught")}(x, e); }` : step;
  });
  const body = `let e; ${steps.join(" ")} if (e !== undefined) throw e; return ${and};`;
  return { js: helperCall(spot, inner, [], [], body), throws };
}

/** The macros over lists, and over the keys of maps. Errors are absorbed in `all` and `exists`, fatal in the others. */
export function emitLoop(tree: Loop, spot: Spot): Fragment {
  const range = spot.emit(tree.range, spot);
  const inner = newFrame();
  const at = { ...spot, frame: inner };
  const filter = tree.filter === undefined ? undefined : spot.emit(tree.filter, at);
  const passed = tree.filter === undefined ? spot.facts : union(spot.facts, factsWhen(true, tree.filter));
  const body = spot.emit(tree.body, { ...at, facts: passed });
  const item = `v${tree.variable.id}`;
  const list = {
    name: "list",
    js: mapValueType(tree.range.type) === undefined ? range.js : `Object.keys(${range.js})`,
  };
  const each = (step: string) => `for (let i = 0; i < list.length; i++) { const ${item} = list[i]; ${step} }`;
  const call = (text: string) => ({
    js: helperCall(spot, inner, [list], [item], text),
    throws: range.throws || body.throws || filter?.throws === true,
  });
  switch (tree.macro) {
    case "all":
    case "exists": {
      const all = tree.macro === "all";
      const step = `if (${all ? `!${body.js}` : body.js}) return ${!all};`;
      if (!body.throws || spot.unit.planted(`${tree.macro}-not-absorbing`)) return call(`${each(step)} return ${all};`);
      const guarded = `try { ${step} } catch (x) { e = ${spot.unit.runtime("caught")}(x, e); }`;
      return call(`let e; ${each(guarded)} if (e !== undefined) throw e; return ${all};`);
    }
    case "exists_one":
      // To the end: an error behind the second hit is an error of the whole.
      return call(`let n = 0; ${each(`if (${body.js}) n++;`)} return n === 1;`);
    case "map":
    case "filter": {
      const push = tree.macro === "filter" ? `if (${body.js}) out.push(${item});` : `out.push(${body.js});`;
      const step = filter === undefined ? push : `if (${filter.js}) ${push}`;
      const out = itemType(tree.type) === "double" ? `${spot.unit.runtime("numbers")}(out)` : "out";
      return call(`const out = []; ${each(step)} return ${out};`);
    }
  }
}
