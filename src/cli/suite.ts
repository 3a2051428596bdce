import { rmSync } from "node:fs";
import { join } from "node:path";
import type { CommandModule } from "yargs";
import type { RuleOutcome } from "../conformance/rule-suite.js";
import { putFiles } from "../engine/read-files.js";
import { UsageError } from "../records/errors.js";
import { standardWithCases } from "../standards/find.js";

type Done = (status: number) => void;

interface RunArguments {
  reference: string;
  rule: string[] | undefined;
  runs: number;
  seed: number;
  out: string | undefined;
  json: boolean;
}

function run(done: Done): CommandModule<unknown, RunArguments> {
  return {
    command: "run <reference>",
    describe: "Prove a standard: generated datasets that conform raise nothing, broken ones raise their rule",
    builder: (yargs) =>
      yargs
        .positional("reference", { type: "string", demandOption: true, describe: "Folder, ID or ID@edition" })
        .option("rule", { type: "string", array: true, requiresArg: true, describe: "Only these rules" })
        .option("runs", { type: "number", default: 100, describe: "Datasets a rule" })
        .option("seed", { type: "number", default: 1, describe: "Same seed, same datasets" })
        .option("out", { type: "string", describe: "Folder for the smallest dataset of each rule that falls short" })
        .option("json", { type: "boolean", default: false })
        .example("$0 suite run ref-image-annotation --runs 1000", "every rule, 1,000 datasets each"),
    async handler({ reference, rule, runs, seed, out, json }) {
      const standard = standardWithCases(reference);
      // Late: it brings the compiler of expressions.
      const { suiteOf } = await import("../conformance/rule-suite.js");
      const suite = await suiteOf(standard);
      const unknown = (rule ?? []).find((id) => !suite.rules.some((one) => one.id === id));
      if (unknown !== undefined)
        throw new UsageError("TS-USAGE-0003", { found: `--rule ${unknown}`, expected: "a rule of the standard" });
      const outcomes: RuleOutcome[] = [];
      const take = (outcome: RuleOutcome): void => {
        outcomes.push(outcome);
        const { ok, problem, formats, files } = outcome;
        if (!json)
          process.stdout.write(
            `${ok ? "ok  " : "FAIL"} ${outcome.rule.padEnd(34)} ${formats.join(" ")}${problem === undefined ? "" : `\n     ${problem}`}\n`,
          );
        if (out === undefined || files === undefined) return;
        const folder = join(out, outcome.rule);
        rmSync(folder, { recursive: true, force: true });
        putFiles(folder, files);
      };
      if (rule === undefined) for (const writer of suite.writers) take(await suite.conforming(writer, { runs, seed }));
      for (const one of suite.rules) {
        if (rule !== undefined && !rule.includes(one.id)) continue;
        if (one.break === undefined) take({ rule: one.id, formats: [], runs: 0, seed, ok: false, problem: "no break" });
        else take(await suite.broken(one, { runs, seed }));
      }
      const failed = outcomes.filter(({ ok }) => !ok).length;
      if (json)
        process.stdout.write(
          `${JSON.stringify(
            outcomes.map(({ files: _, ...outcome }) => outcome),
            undefined,
            1,
          )}\n`,
        );
      else
        process.stdout.write(
          `seed ${seed}, ${runs} datasets a rule: ${outcomes.length - failed} passed, ${failed} failed\n`,
        );
      done(failed > 0 ? 1 : 0);
    },
  };
}

export function suiteCommand(done: Done): CommandModule {
  return {
    command: "suite <command>",
    describe: "Property-based suites of a standard",
    builder: (yargs) => yargs.command(run(done)).demandCommand(1),
    handler() {},
  };
}
