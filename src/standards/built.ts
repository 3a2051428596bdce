import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import type { Rule } from "../records/grammar.gen.js";
import type { Make, PortableRule } from "./cel/bind.js";
import { type BoundColumn, portableColumn } from "./cel/column-parts.js";
import { emitModule, type RuleModule, rulesOfModule } from "./cel/module.js";
import type { RuleParts } from "./compile-parts.js";
import type { LoadedStandard } from "./load.js";
import { builtRoot, packageRoot } from "./package-root.js";
import { celTables } from "./tables.js";

const builtFolder = join(builtRoot, "built");
const shippedFolder = join(packageRoot, "standards");

/** Names of a rule's parts in a built module. */
const partNames = { compiled: "", membership: "#when", column: "#column" } as const;

/** What a built standard is: its data without the cases and breaks, and its rules as code. */
export interface BuiltFiles {
  readonly name: string;
  readonly json: string;
  readonly code: string;
}

/** The two files of a built standard. Rules that are open or have no expression have no code. */
export function buildFiles(standard: LoadedStandard, compile: (rule: Rule) => RuleParts | undefined): BuiltFiles {
  const parts: PortableRule[] = [];
  for (const rule of standard.rules) {
    const compiled = compile(rule);
    if (compiled === undefined) continue;
    for (const [part, suffix] of Object.entries(partNames)) {
      const one = compiled[part as keyof typeof partNames];
      if (one !== undefined) parts.push({ ...(one as PortableRule), id: `${rule.id}${suffix}` });
    }
  }
  const { document, scheme, schemas, digests } = standard;
  const rules = standard.rules.map(({ break: _, ...rule }) => ({
    ...rule,
    cases: { conforming: [], violating: [] },
  }));
  return {
    name: `${document.id}@${document.edition}`,
    json: JSON.stringify({ document, rules, scheme, schemas, digests }),
    // CommonJS: what is built is loaded in one synchronous step.
    code: emitModule(parts).replace("export const rules =", "exports.rules ="),
  };
}

/** The standard of a shipped folder as it was built; undefined in a checkout, and for a standard from elsewhere. */
export function builtStandard(folder: string): LoadedStandard | undefined {
  const base = join(builtFolder, `${basename(dirname(folder))}@${basename(folder)}`);
  if (dirname(dirname(folder)) !== shippedFolder || !existsSync(`${base}.json`)) return undefined;
  const data = JSON.parse(readFileSync(`${base}.json`, "utf8")) as Omit<LoadedStandard, "built">;
  let parts: ReadonlyMap<string, RuleParts> | undefined;
  return {
    ...data,
    built(rule) {
      parts ??= partsOf((createRequire(import.meta.url)(`${base}.cjs`) as { rules: RuleModule }).rules);
      return parts.get(rule.id);
    },
  };
}

function partsOf(module: RuleModule): ReadonlyMap<string, RuleParts> {
  const parts = new Map<string, { -readonly [K in keyof RuleParts]: RuleParts[K] }>();
  for (const rule of rulesOfModule(module, celTables)) {
    const [id = "", suffix = ""] = rule.id.split(/(?=#)/);
    const own = parts.get(id) ?? { compiled: undefined, membership: undefined, column: undefined };
    if (suffix === partNames.column)
      own.column = portableColumn(rule, () => module[rule.id]?.make as unknown as Make<BoundColumn>, celTables);
    else if (suffix === partNames.membership) own.membership = rule;
    else own.compiled = rule;
    parts.set(id, own);
  }
  return parts;
}
