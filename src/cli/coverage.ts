import type { CommandModule } from "yargs";
import { UsageError } from "../records/errors.js";
import { coverageOf } from "../report/build.js";
import { coverageText } from "../report/standard-text.js";
import { standardWithCases } from "../standards/find.js";
import type { LoadedStandard } from "../standards/load.js";
import type { Cli } from "./lang.js";
import { writeWhole } from "./output.js";
import { progressLine } from "./progress.js";
import { texts } from "./texts.js";

interface CoverageArguments {
  reference: string;
  trace: boolean;
  runs: number;
  seed: number;
  out: string | undefined;
  json: boolean;
}

/** `touchstone standard coverage` */
export function coverageCommand({ done, lang, say }: Cli): CommandModule<unknown, CoverageArguments> {
  return {
    command: "coverage <reference>",
    describe: say({
      zh: "逐条列出：由规则、度量、文件或人工判定，未编码，或不可检验",
      en: "Clause by clause: rule, measure, document, human judgement, not encoded, not testable",
    }),
    builder: (yargs) =>
      yargs
        .positional("reference", { type: "string", demandOption: true, describe: say(texts.reference) })
        .option("trace", {
          type: "boolean",
          default: false,
          describe: say({
            zh: "另列每条规则的用例、被杀死的变异体和套件运行，为 Markdown 表",
            en: "Also cases, mutants killed and suite runs of each rule, as a Markdown table",
          }),
        })
        .option("runs", {
          type: "number",
          default: 10,
          describe: say({
            zh: "配合 --trace：每条规则的套件运行次数，0 为不运行",
            en: "With --trace: suite runs a rule, 0 for none",
          }),
        })
        .option("seed", {
          type: "number",
          default: 1,
          describe: say({ zh: "配合 --trace：种子相同，数据集相同", en: "With --trace: same seed, same datasets" }),
        })
        .option("out", {
          type: "string",
          describe: say(texts.outFile),
        })
        .option("json", { type: "boolean", default: false, describe: say(texts.json) }),
    async handler({ reference, trace, runs, seed, out, json }) {
      const standard = standardWithCases(reference);
      const put = (text: string): void => {
        if (out === undefined) process.stdout.write(`${text}\n`);
        else writeWhole(out, `${text}\n`);
      };
      if (trace) {
        if (!(Number.isSafeInteger(runs) && runs >= 0))
          throw new UsageError("TS-USAGE-0001", { found: `--runs ${runs}`, expected: "a whole number, 0 or more" });
        put(await traced(standard, { runs, seed, json, lang }));
      } else {
        const rows = coverageOf(standard);
        put(json ? JSON.stringify(rows, undefined, 1) : coverageText(rows, lang));
      }
      done(0);
    },
  };
}

async function traced(
  standard: LoadedStandard,
  { runs, seed, json, lang }: { runs: number; seed: number; json: boolean; lang: "zh" | "en" },
): Promise<string> {
  // Late: they bring the compiler of expressions.
  const [{ traceOf }, { traceText }] = await Promise.all([
    import("../conformance/trace.js"),
    import("../conformance/trace-text.js"),
  ]);
  const progress = progressLine(process.stderr.isTTY === true, lang);
  try {
    const of = standard.rules.length;
    const tick = (at: number) => progress.onProgress({ phase: "rules", done: at, of });
    const clauses = await traceOf(standard, { runs, seed, tick });
    return json
      ? JSON.stringify(
          { standard: standard.document.id, edition: standard.document.edition, seed, clauses },
          undefined,
          1,
        )
      : traceText(standard, clauses, seed, lang);
  } finally {
    progress.finish();
  }
}
