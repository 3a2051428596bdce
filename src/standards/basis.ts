import { UsageError } from "../records/errors.js";
import type { SchemeDocument } from "../records/grammar.gen.js";
import { findShipped, findStandard } from "./find.js";
import type { LoadedStandard } from "./load.js";

const defaultScheme = "ref-dataset-assessment";

/** The standards and the scheme that an assessment applies. Without a scheme it is judged strictly. */
export interface Basis {
  readonly scheme: (LoadedStandard & { readonly scheme: SchemeDocument }) | undefined;
  /** All rule sets that are applied. */
  readonly standards: readonly LoadedStandard[];
  /** Those that were named, beside the scheme or without one. */
  readonly named: readonly LoadedStandard[];
}

/** The rule sets that a scheme joins, its own among them: those that were named beside it, then shipped ones. A scheme never names a path. */
function joined(
  standard: LoadedStandard,
  scheme: SchemeDocument,
  named: readonly LoadedStandard[],
): readonly LoadedStandard[] {
  const others = scheme.standards.map(
    (reference) => [standard, ...named].find((one) => answersTo(one, reference)) ?? findShipped(reference),
  );
  return once([standard, ...others, ...named].filter((one) => one !== standard || one.rules.length > 0));
}

function answersTo({ document: { id, edition } }: LoadedStandard, reference: string): boolean {
  return reference === id || reference === `${id}@${edition}`;
}

/** A rule set that is named twice is applied once: its findings would count twice. */
function once(standards: readonly LoadedStandard[]): readonly LoadedStandard[] {
  const nameOf = ({ document: { id, edition } }: LoadedStandard) => `${id}@${edition}`;
  return [...new Map(standards.map((one) => [nameOf(one), one])).values()];
}

/** @param scheme default `ref-dataset-assessment`, unless standards are named @param standards IDs, ID@edition, or folders */
export function basisOf(scheme: string | undefined, standards: readonly string[]): Basis {
  const named = once(standards.map(findStandard));
  if (scheme === undefined && named.length > 0) {
    const only = named.length === 1 ? named[0] : undefined;
    if (only?.scheme === undefined) return { scheme: undefined, standards: named, named };
    return { scheme: { ...only, scheme: only.scheme }, standards: joined(only, only.scheme, []), named };
  }
  const chosen = scheme === undefined ? findShipped(defaultScheme) : findStandard(scheme);
  if (chosen.scheme === undefined)
    throw new UsageError("TS-USAGE-0003", {
      found: chosen.document.id,
      expected: "a scheme (a standard with scheme.yaml)",
    });
  return { scheme: { ...chosen, scheme: chosen.scheme }, standards: joined(chosen, chosen.scheme, named), named };
}
