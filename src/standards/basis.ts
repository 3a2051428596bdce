import { UsageError } from "../records/errors.js";
import type { SchemeDocument } from "../records/grammar.gen.js";
import { findStandard } from "./find.js";
import type { LoadedStandard } from "./load.js";

const defaultScheme = "ref-dataset-assessment";

/** The standards and the scheme that an assessment applies. Without a scheme it is judged strictly. */
export interface Basis {
  readonly scheme: (LoadedStandard & { readonly scheme: SchemeDocument }) | undefined;
  readonly standards: readonly LoadedStandard[];
}

/** The rule sets that a scheme joins, its own among them. */
function joined(standard: LoadedStandard, scheme: SchemeDocument): readonly LoadedStandard[] {
  const others = scheme.standards.map(findStandard);
  return standard.rules.length > 0 ? [standard, ...others] : others;
}

/** @param scheme default `ref-dataset-assessment`, unless standards are named @param standards IDs, ID@edition, or folders */
export function basisOf(scheme: string | undefined, standards: readonly string[]): Basis {
  const named = standards.map(findStandard);
  if (scheme === undefined && named.length > 0) {
    const only = named.length === 1 ? named[0] : undefined;
    if (only?.scheme === undefined) return { scheme: undefined, standards: named };
    return { scheme: { ...only, scheme: only.scheme }, standards: joined(only, only.scheme) };
  }
  const chosen = findStandard(scheme ?? defaultScheme);
  if (chosen.scheme === undefined)
    throw new UsageError("TS-USAGE-0003", {
      found: chosen.document.id,
      expected: "a scheme (a standard with scheme.yaml)",
    });
  return { scheme: { ...chosen, scheme: chosen.scheme }, standards: [...joined(chosen, chosen.scheme), ...named] };
}
