import type { Kind } from "../../records/grammar.gen.js";
import { emit } from "./emit.js";
import { chain, isPlain } from "./emit-logic.js";
import type { CelTables } from "./environment.js";
import { explanation, tellingOf } from "./explain.js";
import { factsWhen, noFacts } from "./facts.js";
import type { Tree } from "./tree.js";
import { type Column, newFrame, type PlantedBug, type Spot, Unit } from "./unit.js";

/** The code of a rule and what it must be given. */
export interface Generated {
  /** Body of `function (host, checks, regexes, runtime)`. */
  readonly code: string;
  /** CEL signatures of its checks, in the order of `checks`. */
  readonly checks: readonly string[];
  /** RE2 patterns, in the order of `regexes`. */
  readonly patterns: readonly string[];
  readonly measures: readonly string[];
  readonly columns: readonly Column[];
}

interface RuleTrees {
  /** The kind that the rule is on. */
  readonly own: Kind;
  readonly within: string | undefined;
  readonly when: Tree | undefined;
  readonly assert: Tree;
}

/** One function for `when` and `assert`: 0 not asked, 1 holds, 2 does not, 3 could not be evaluated. */
export function generateRule(rule: RuleTrees, tables: CelTables, plants: readonly PlantedBug[] = []): Generated {
  const unit = new Unit(tables, plants);
  const facts = rule.when === undefined ? noFacts : factsWhen(true, rule.when);
  const declared = new Set<string>();
  const when = rule.when === undefined ? undefined : steps(rule.when, 0, spotOf(unit, "when", noFacts), declared);
  const assert = steps(rule.assert, 2, spotOf(unit, "assert", facts), declared);
  const body = `${when?.js ?? ""}${assert.js} return 1;`;
  const guarded =
    when?.throws === true || assert.throws
      ? `try { ${body} } catch (x) { last = ${unit.runtime("caught")}(x, undefined); return 3; }`
      : body;
  const slow = spotOf(unit, "assert", facts);
  const told = explanation(rule.assert, true, tellingOf(rule.own, rule.within, slow), slow);
  const explain = `function explain(scope, out, marks) {\n${unit.declarations(slow.frame, new Set())}\n${told}\n}`;
  const parts = `return {
run(scope) { ${guarded} },
error() { return last; },
values(scope) { const out = []; explain(scope, out, undefined); return ${unit.runtime("told")}(out); },
marks(scope) { const marks = []; explain(scope, undefined, marks); return marks; },
};`;
  return finished(unit, ["let last;", ...unit.helpers, explain, parts]);
}

/** An expression by itself, of any type: `value(scope)` returns it or throws a `Failure`. */
export function generateExpression(tree: Tree, tables: CelTables, plants: readonly PlantedBug[] = []): Generated {
  const unit = new Unit(tables, plants);
  const spot = spotOf(unit, "assert", noFacts);
  const { js } = emit(tree, spot);
  const value = `return { value(scope) { ${unit.declarations(spot.frame, new Set())} return ${js}; } };`;
  return finished(unit, [...unit.helpers, value]);
}

function spotOf(unit: Unit, where: "when" | "assert", facts: Spot["facts"]): Spot {
  return { unit, frame: newFrame(), facts, where, emit };
}

/** One statement an operand where `&&` needs no absorption: what a hand-written rule would look like. */
function steps(tree: Tree, otherwise: 0 | 2, spot: Spot, declared: Set<string>): { js: string; throws: boolean } {
  const inner = chain(tree, "and", spot);
  const plain = isPlain(inner.parts);
  const conditions = plain ? inner.parts : [emit(tree, spot)];
  const js = conditions.map((part) => `if (!${part.js}) return ${otherwise};`).join(" ");
  return {
    js: `${spot.unit.declarations(spot.frame, declared)} ${js} `,
    throws: conditions.some((part) => part.throws),
  };
}

function finished(unit: Unit, parts: readonly string[]): Generated {
  const runtime = unit.usedRuntime.length === 0 ? [] : [`const { ${unit.usedRuntime.join(", ")} } = runtime;`];
  return {
    code: ['"use strict";', ...runtime, ...unit.constants, ...parts].join("\n"),
    checks: unit.checks,
    patterns: unit.patterns,
    measures: [...unit.measures].sort(),
    columns: [...unit.columns].sort(),
  };
}
