import type { Scope } from "../api.js";
import type { Tree } from "../tree.js";
import type { PlantedBug } from "../unit.js";
import { type Difference, knownDifferences, same } from "./differences.js";
import { compileExpression } from "./evaluate.js";
import { host, rule, tables } from "./fixtures.js";
import { bufOracle, type Evaluation, mbOracle } from "./interpret.js";

const oracles = { mb: mbOracle(tables, rule, host), buf: bufOracle(tables, rule, host) };

/** The random property asks these many expressions of each type. */
export const expressionsOf = { bool: 2500, int: 500, double: 500, string: 500, "list<double>": 500 } as const;
export const expressionTypes = Object.keys(expressionsOf) as readonly (keyof typeof expressionsOf)[];

/** What is told of each evaluation that agreed, or differs as it should. */
interface Told {
  readonly outcome?: (kind: "value" | "error") => void;
  readonly explained?: (name: string) => void;
}

/**
 * Holds generated code against both interpreters, in value and in error or no error. Every expression that comes here is well-typed: one
 * that is refused is a fault of the compiler or of the test.
 *
 * @param plants faults that the generator has beside those that it may have
 * @returns the tree of what ran
 * @throws Error where one differs and no known difference explains it; a raw error of the generated code
 */
export function agree(
  text: string,
  scopes: readonly Scope[],
  { outcome, explained }: Told = {},
  plants: readonly PlantedBug[] = [],
): Tree {
  const compiled = compileExpression(text, rule, tables, host, plants);
  if ("diagnostics" in compiled) throw new Error(`${text}\n${JSON.stringify(compiled.diagnostics)}`);
  const { tree } = compiled;
  for (const scope of scopes) {
    const ours = compiled.evaluate(scope);
    outcome?.("error" in ours ? "error" : "value");
    for (const name of ["mb", "buf"] as const) {
      const theirs = oracles[name](text, tree.type, scope);
      if (same(ours, theirs)) continue;
      const plant: Difference["plant"] = (bug) => {
        const planted = compileExpression(text, rule, tables, host, [...plants, bug]);
        return "evaluate" in planted ? planted.evaluate(scope) : { error: "refused" };
      };
      const known = reason(name, { tree, ours, theirs, plant });
      if (known === undefined)
        throw new Error(`${text}\nours ${shown(ours)}, ${name} ${shown(theirs)}\n${compiled.code}`);
      explained?.(`${name}: ${known}`);
    }
  }
  return tree;
}

function reason(oracle: "mb" | "buf", difference: Difference): string | undefined {
  return knownDifferences.find(
    (known) => (known.oracle === "both" || known.oracle === oracle) && known.explains(difference),
  )?.name;
}

function shown(result: Evaluation): string {
  return "error" in result ? `error ${result.error}` : String(result.value);
}
