import type { Host } from "../../checks/declaration.js";
import type { Scope } from "./api.js";
import { bound, type Make } from "./bind.js";
import type { CelTables } from "./environment.js";
import type { Generated } from "./generate.js";

/** A number of each record, for the group checks of one rule. */
export interface BoundColumn {
  /** Throws a failure where the record has no such number. */
  value(scope: Scope): number;
}

export interface CompiledColumn extends Generated {
  readonly bind: (host: Host) => BoundColumn;
}

/** Puts a column together from its generated parts; no parser is loaded. */
export function portableColumn(
  generated: Generated,
  make: () => Make<BoundColumn>,
  tables: Pick<CelTables, "checks" | "groupChecks">,
): CompiledColumn {
  return { ...generated, bind: (host) => bound(generated, make(), host, tables) };
}
