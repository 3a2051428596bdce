import type { Answer } from "./function.js";
import type { Reason } from "./reasons.js";

/** Values with the reasons of those that are undefined; what the peer prints there is left out where it has no number. */
export function answerOf(
  values: object,
  reasons: Readonly<Record<string, Reason>>,
  peer: Readonly<Record<string, unknown>> = {},
): Answer {
  const named = values as Readonly<Record<string, unknown>>;
  const missing = Object.entries(reasons).filter(([name]) => name in named && named[name] === undefined);
  if (missing.length === 0) return { values: { ...named } };
  const printed = missing.filter(([name]) => peer[name] !== undefined).map(([name]) => [name, peer[name]] as const);
  return {
    values: { ...named },
    undefined_because: Object.fromEntries(missing),
    ...(printed.length === 0 ? {} : { peer_convention: Object.fromEntries(printed) }),
  };
}
