import type { CommandModule } from "yargs";
import { UsageError } from "../records/errors.js";
import { coverageOf } from "../report/build.js";
import { coverageText } from "../report/standard-text.js";
import { standardWithCases } from "../standards/find.js";
import type { LoadedStandard } from "../standards/load.js";
import { defaultLanguage } from "./lang.js";
import { writeWhole } from "./output.js";
import { progressLine } from "./progress.js";

type Done = (status: number) => void;

interface CoverageArguments {
  reference: string;
  trace: boolean;
  runs: number;
  seed: number;
  out: string | undefined;
  lang: "zh" | "en" | undefined;
  json: boolean;
}

/** `touchstone standard coverage` */
export function coverageCommand(done: Done): CommandModule<unknown, CoverageArguments> {
  return {
    command: "coverage <reference>",
    describe: "Clause by clause: rule, measure, document, human judgement, not encoded, not testable",
    builder: (yargs) =>
      yargs
        .positional("reference", { type: "string", demandOption: true, describe: "Folder, ID or ID@edition" })
        .option("trace", {
          type: "boolean",
          default: false,
          describe: "Also cases, mutants killed and suite runs of each rule, as a Markdown table",
        })
        .option("runs", { type: "number", default: 10, describe: "With --trace: suite runs a rule, 0 for none" })
        .option("seed", { type: "number", default: 1, describe: "With --trace: same seed, same datasets" })
        .option("out", { type: "string", describe: "File instead of standard output" })
        .option("lang", { choices: ["zh", "en"] as const })
        .option("json", { type: "boolean", default: false }),
    async handler({ reference, trace, runs, seed, out, json, lang }) {
      const standard = standardWithCases(reference);
      const language = lang ?? defaultLanguage();
      const put = (text: string): void => {
        if (out === undefined) process.stdout.write(`${text}\n`);
        else writeWhole(out, `${text}\n`);
      };
      if (trace) {
        if (!(Number.isSafeInteger(runs) && runs >= 0))
          throw new UsageError("TS-USAGE-0001", { found: `--runs ${runs}`, expected: "a whole number, 0 or more" });
        put(await traced(standard, { runs, seed, json, lang: language }));
      } else {
        const rows = coverageOf(standard);
        put(json ? JSON.stringify(rows, undefined, 1) : coverageText(rows, language));
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
  const progress = progressLine(process.stderr.isTTY === true);
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
