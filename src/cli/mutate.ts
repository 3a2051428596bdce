import type { CommandModule } from "yargs";
import type { RuleMutation } from "../conformance/mutate.js";
import { UsageError } from "../records/errors.js";
import { standardWithCases } from "../standards/find.js";
import type { Cli } from "./lang.js";
import { progressLine } from "./progress.js";
import { texts } from "./texts.js";

interface MutateArguments {
  reference: string;
  rule: string[] | undefined;
  seed: number;
  generated: number;
  json: boolean;
}

/** `touchstone standard mutate` */
export function mutateCommand({ done, lang, say }: Cli): CommandModule<unknown, MutateArguments> {
  return {
    command: "mutate <reference>",
    describe: say({
      zh: "每次只改规则的一处，看用例能否发现；存活的变异体附上能区分它的用例",
      en: "Change each rule in one place at a time: do its cases notice? Survivors come with a case that would",
    }),
    builder: (yargs) =>
      yargs
        .positional("reference", { type: "string", demandOption: true, describe: say(texts.reference) })
        .option("rule", { type: "string", array: true, requiresArg: true, describe: say(texts.onlyRules) })
        .option("seed", {
          type: "number",
          default: 1,
          describe: say({ zh: "种子相同，生成的记录相同", en: "Same seed, same generated records" }),
        })
        .option("generated", {
          type: "number",
          default: 2000,
          describe: say({
            zh: "为区分存活的变异体，每条规则生成的记录数",
            en: "Records a rule that are generated to tell survivors apart",
          }),
        })
        .option("json", { type: "boolean", default: false, describe: say(texts.json) })
        .example(
          "$0 standard mutate ref-image-annotation",
          say({ zh: "全部规则；存活者附可粘贴的用例", en: "every rule; survivors with a case to paste" }),
        ),
    async handler({ reference, rule: only, seed, generated, json }) {
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
      const progress = progressLine(process.stderr.isTTY === true && !json, lang);
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
        : mutationText(out, seed, lang);
      process.stdout.write(`${text}\n`);
      done(isProven(out) ? 0 : 1);
    },
  };
}
