import { type CelTables, prepare } from "./environment.js";
import { hostFunctions } from "./functions.js";
import type { Signature } from "./signature.js";
import type { Siblings } from "./tree-mutants.js";

/** Methods of texts: a text in, yes or no out. */
const textMethods = ["startsWith", "endsWith", "contains", "matches"];

/**
 * Functions that could stand in the place of a call.
 *
 * @param hasColumn whether the rule has a `column`, which some group checks read
 */
export function siblingsOf(tables: CelTables, hasColumn: boolean): Siblings {
  const { checks, groupChecks } = prepare(tables);
  const able = groupChecks.filter((_, at) => hasColumn || tables.groupChecks[at]?.columns.includes("value") === false);
  return (call) => {
    if (call.op === "check") return others(checks, call.name, checks[call.index]);
    if (call.op === "group") return others(able, call.name, groupChecks[call.index]);
    if (call.op !== "call") return [];
    if (call.method) return textMethods.includes(call.name) ? textMethods.filter((name) => name !== call.name) : [];
    const own = hostFunctions.find(
      ({ name, parameters }) => name === call.name && parameters.length === call.args.length,
    );
    return others(hostFunctions, call.name, own);
  };
}

function others(signatures: readonly Signature[], name: string, own: Signature | undefined): readonly string[] {
  if (own === undefined) return [];
  const key = keyOf(own);
  return [...new Set(signatures.flatMap((one) => (one.name !== name && keyOf(one) === key ? [one.name] : [])))];
}

function keyOf({ parameters, result }: Signature): string {
  return `${parameters.join(", ")}: ${result}`;
}
