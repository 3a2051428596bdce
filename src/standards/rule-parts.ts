import type { Rule } from "../records/grammar.gen.js";
import type { Make, PortableRule } from "./cel/bind.js";
import { type BoundColumn, portableColumn } from "./cel/column-parts.js";
import type { CelTables } from "./cel/environment.js";
import { emitModule, type RuleModule, rulesOfModule } from "./cel/module.js";
import type { RuleParts } from "./compile-parts.js";

/** Names of a rule's parts in a written module. */
const partNames = { compiled: "", membership: "#when", column: "#column" } as const;

/** The parts of rules as the text of one module. Rules that are open or have no expression have no code. */
export function moduleOfParts(rules: readonly Rule[], compile: (rule: Rule) => RuleParts | undefined): string {
  const parts: PortableRule[] = [];
  for (const rule of rules) {
    const compiled = compile(rule);
    if (compiled === undefined) continue;
    for (const [part, suffix] of Object.entries(partNames)) {
      const one = compiled[part as keyof typeof partNames];
      if (one !== undefined) parts.push({ ...(one as PortableRule), id: `${rule.id}${suffix}` });
    }
  }
  return emitModule(parts);
}

/** The parts of the rules of such a module, by rule. */
export function partsOfModule(
  module: RuleModule,
  tables: Pick<CelTables, "checks" | "groupChecks">,
): ReadonlyMap<string, RuleParts> {
  const parts = new Map<string, { -readonly [K in keyof RuleParts]: RuleParts[K] }>();
  for (const rule of rulesOfModule(module, tables)) {
    const [id = "", suffix = ""] = rule.id.split(/(?=#)/);
    const own = parts.get(id) ?? { compiled: undefined, membership: undefined, column: undefined };
    if (suffix === partNames.column)
      own.column = portableColumn(rule, () => module[rule.id]?.make as unknown as Make<BoundColumn>, tables);
    else if (suffix === partNames.membership) own.membership = rule;
    else own.compiled = rule;
    parts.set(id, own);
  }
  return parts;
}
