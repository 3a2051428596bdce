import { type Analysis, analyse, type CheckSource } from "./analyse.js";
import type { CelDiagnostic, RuleSource } from "./api.js";
import { type Make, makeFrom, type PortableRule, portableRule } from "./bind.js";
import type { CelTables } from "./environment.js";
import { generateRule } from "./generate.js";
import type { PlantedBug } from "./unit.js";

/** Everything that is wrong with a rule's expressions, warnings too. Open parameters need a type only. */
export function checkRule(source: CheckSource, tables: CelTables): readonly CelDiagnostic[] {
  return analyse(source, tables).diagnostics;
}

/**
 * The rule as generated JavaScript, or why not. Its `bind` makes a function from text, once:
 *
 * @throws UsageError TS-STANDARD-0002 from `bind` where the process forbids that (`--disallow-code-generation-from-strings`)
 */
export function compileRule(
  source: RuleSource,
  tables: CelTables,
): { readonly compiled: PortableRule } | { readonly diagnostics: readonly CelDiagnostic[] } {
  const analysis = analyse(source, tables);
  return analysis.trees === undefined
    ? { diagnostics: analysis.diagnostics }
    : { compiled: compiledFrom(source, analysis.trees, tables) };
}

/** The back half of `compileRule`; tests plant bugs here. */
export function compiledFrom(
  source: CheckSource,
  trees: NonNullable<Analysis["trees"]>,
  tables: CelTables,
  plants: readonly PlantedBug[] = [],
): PortableRule {
  const generated = generateRule({ own: source.on, within: source.within, ...trees }, tables, plants);
  let made: Make | undefined;
  return portableRule(source.id, generated, () => (made ??= makeFrom(generated.code)), tables);
}
