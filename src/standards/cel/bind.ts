import type { CheckDeclaration, GroupCheckDeclaration, Host } from "../../checks/declaration.js";
import { UsageError } from "../../records/errors.js";
import type { BoundRule, CompiledRule } from "./api.js";
import type { CelTables } from "./environment.js";
import type { Generated } from "./generate.js";
import { type Matcher, matcherFor } from "./regex.js";
import { type Runtime, runtime } from "./runtime.js";

/** The function that the text of `Generated.code` is the body of. */
export type Make<T = BoundRule> = (
  host: Host,
  checks: readonly (CheckDeclaration | GroupCheckDeclaration)[],
  regexes: readonly Matcher[],
  runtime: Runtime,
) => T;

/** A compiled rule with what a module of rules needs to know of it. */
export interface PortableRule extends CompiledRule, Generated {}

/** Puts a rule together from its generated parts. `make` is called for each bind; no parser is loaded. */
export function portableRule(
  id: string,
  generated: Generated,
  make: () => Make,
  tables: Pick<CelTables, "checks" | "groupChecks">,
): PortableRule {
  return { id, ...generated, bind: (host) => bound(generated, make(), host, tables) };
}

export function bound<T>(
  { checks, patterns }: Pick<Generated, "checks" | "patterns">,
  make: Make<T>,
  host: Host,
  tables: Pick<CelTables, "checks" | "groupChecks">,
): T {
  const all = [...tables.checks, ...tables.groupChecks];
  const declarations = checks.map((cel) => {
    const found = all.find((declaration) => declaration.cel === cel);
    if (found === undefined) throw new Error(`this build has no check ${cel}`);
    return found;
  });
  return make(host, declarations, patterns.map(matcherFor), runtime);
}

/** The function from its text. Only text that our generator wrote gets here. */
export function makeFrom<T = BoundRule>(code: string): Make<T> {
  try {
    return new Function("host", "checks", "regexes", "runtime", code) as Make<T>;
  } catch (cause) {
    if (!(cause instanceof EvalError)) throw cause;
    throw new UsageError("TS-STANDARD-0002", {
      expected: "a standard that was compiled when it was built",
      found: "a process that forbids code generation from strings",
      hint: "Run Node without --disallow-code-generation-from-strings, or use a standard that ships with Touchstone",
      cause,
    });
  }
}
