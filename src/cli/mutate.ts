import type { CommandModule } from "yargs";
import type { RuleMutation } from "../conformance/mutate.js";
import { UsageError } from "../records/errors.js";
import { standardWithCases } from "../standards/find.js";
import { defaultLanguage } from "./lang.js";
import { progressLine } from "./progress.js";

type Done = (status: number) => void;

interface MutateArguments {
  reference: string;
  rule: string[] | undefined;
  seed: number;
  generated: number;
  lang: "zh" | "en" | undefined;
  json: boolean;
}

/** `touchstone standard mutate` */
export function mutateCommand(done: Done): CommandModule<unknown, MutateArguments> {
  return {
    command: "mutate <reference>",
    describe: "Change each rule in one place at a time: do its cases notice? Survivors come with a case that would",
    builder: (yargs) =>
      yargs
        .positional("reference", { type: "string", demandOption: true, describe: "Folder, ID or ID@edition" })
        .option("rule", { type: "string", array: true, requiresArg: true, describe: "Only these rules" })
        .option("seed", { type: "number", default: 1, describe: "Same seed, same generated records" })
        .option("generated", {
          type: "number",
          default: 2000,
          describe: "Records a rule that are generated to tell survivors apart",
        })
        .option("lang", { choices: ["zh", "en"] as const })
        .option("json", { type: "boolean", default: false })
        .example("$0 standard mutate ref-image-annotation", "every rule; survivors with a case to paste"),
    async handler({ reference, rule: only, seed, generated, lang, json }) {
      const standard = standardWithCases(reference);
      const unknown = (only ?? []).find((id) => !standard.rules.some((rule) => rule.id === id));
      if (unknown !== undefined)
        throw new UsageError("TS-USAGE-0003", { found: `--rule ${unknown}`, expected: "a rule of the standard" });
      if (!(Number.isSafeInteger(generated) && generated >= 0))
        throw new UsageError("TS-USAGE-0001", {
          found: `--generated ${generated}`,
          expected: "a whole number, 0 or more",
        });
      // Late: it brings the compiler of expressions.
      const [{ isProven, killRates, mutateRule }, { mutationText }] = await Promise.all([
        import("../conformance/mutate.js"),
        import("../conformance/mutation-text.js"),
      ]);
      const rules = standard.rules.filter(({ id }) => only === undefined || only.includes(id));
      const progress = progressLine(process.stderr.isTTY === true && !json);
      const out: RuleMutation[] = [];
      try {
        for (const rule of rules) {
          const tick = () => progress.onProgress({ phase: "rules", done: out.length, of: rules.length });
          out.push(await mutateRule(standard, rule, { generated, seed, tick }));
        }
      } finally {
        progress.finish();
      }
      const text = json
        ? JSON.stringify({ standard: standard.document.id, seed, operators: killRates(out), rules: out }, undefined, 1)
        : mutationText(out, seed, lang ?? defaultLanguage());
      process.stdout.write(`${text}\n`);
      done(isProven(out) ? 0 : 1);
    },
  };
}
