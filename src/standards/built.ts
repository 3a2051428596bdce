import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import type { Rule } from "../records/grammar.gen.js";
import type { RuleModule } from "./cel/module.js";
import type { RuleParts } from "./compile-parts.js";
import type { LoadedStandard } from "./load.js";
import { builtRoot, packageRoot } from "./package-root.js";
import { moduleOfParts, partsOfModule } from "./rule-parts.js";
import { celTables } from "./tables.js";

const builtFolder = join(builtRoot, "built");
const shippedFolder = join(packageRoot, "standards");

/** What a built standard is: its data without the cases and breaks, and its rules as code. */
export interface BuiltFiles {
  readonly name: string;
  readonly json: string;
  readonly code: string;
}

/** The two files of a built standard. Rules that are open or have no expression have no code. */
export function buildFiles(standard: LoadedStandard, compile: (rule: Rule) => RuleParts | undefined): BuiltFiles {
  const { document, scheme, schemas, digests, proof } = standard;
  const rules = standard.rules.map(({ break: _, ...rule }) => ({
    ...rule,
    cases: { conforming: [], violating: [] },
  }));
  return {
    name: `${document.id}@${document.edition}`,
    json: JSON.stringify({ document, rules, scheme, schemas, digests, proof }),
    // CommonJS: what is built is loaded in one synchronous step.
    code: moduleOfParts(standard.rules, compile).replace("export const rules =", "exports.rules ="),
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
      parts ??= partsOfModule(
        (createRequire(import.meta.url)(`${base}.cjs`) as { rules: RuleModule }).rules,
        celTables,
      );
      return parts.get(rule.id);
    },
  };
}
