import { fork } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { CommandModule } from "yargs";
import type { RuleOutcome } from "../conformance/rule-suite.js";
import { putFiles } from "../engine/read-files.js";
import { UsageError } from "../records/errors.js";
import { standardWithCases } from "../standards/find.js";
import type { LoadedStandard } from "../standards/load.js";
import { builtRoot } from "../standards/package-root.js";
import { wantWhole } from "./inputs.js";
import { exportCommand, scoreCommand } from "./pack.js";

type Done = (status: number) => void;

interface RunArguments {
  reference: string;
  rule: string[] | undefined;
  runs: number;
  seed: number;
  out: string | undefined;
  jobs: number;
  shard: string | undefined;
  json: boolean;
}

/** One line of the suite: conforming datasets of one format, a law, or one rule that is broken. */
type Task = (options: { runs: number; seed: number }) => Promise<RuleOutcome>;

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
        .option("jobs", {
          type: "number",
          default: Math.min(availableParallelism(), 8),
          defaultDescription: "one a core",
          describe: "Processes side by side",
        })
        .option("shard", { type: "string", requiresArg: true, describe: "Part I/N of the suite, for several machines" })
        .option("json", { type: "boolean", default: false })
        .example("$0 suite run ref-image-annotation --runs 1000", "every rule, 1,000 datasets each"),
    async handler({ reference, rule, runs, seed, out, jobs, shard, json }) {
      wantWhole("--runs", runs, 1);
      wantWhole("--seed", seed, 0);
      wantWhole("--jobs", jobs, 1);
      const standard = standardWithCases(reference);
      const unknown = (rule ?? []).find((id) => !standard.rules.some((one) => one.id === id));
      if (unknown !== undefined)
        throw new UsageError("TS-USAGE-0003", { found: `--rule ${unknown}`, expected: "a rule of the standard" });
      const [part, parts] = partOf(shard);
      const outcomes: RuleOutcome[] = [];
      const take = (outcome: RuleOutcome): void => {
        outcomes.push(outcome);
        if (!json) process.stdout.write(lineOf(outcome));
        if (out === undefined || outcome.files === undefined) return;
        const folder = join(out, outcome.rule);
        rmSync(folder, { recursive: true, force: true });
        putFiles(folder, outcome.files);
      };
      const tasks = (await tasksOf(standard, rule)).filter((_, at) => at % parts === part);
      if (jobs === 1 || tasks.length === 1 || shard !== undefined)
        for (const task of tasks) {
          const outcome = await task({ runs, seed });
          if (process.send === undefined) take(outcome);
          else process.send(outcome);
        }
      else {
        const given = ["--runs", runs, "--seed", seed, ...(rule ?? []).flatMap((id) => ["--rule", id])].map(String);
        await inProcesses(Math.min(jobs, tasks.length), [reference, ...given], take);
        if (outcomes.length < tasks.length)
          throw new Error(`the processes of the suite told of ${outcomes.length} of ${tasks.length} lines`);
      }
      const failed = outcomes.filter(({ ok }) => !ok).length;
      const passed = outcomes.filter(({ ok, asked }) => ok && asked > 0).length;
      const none = outcomes.length - failed - passed;
      if (json)
        process.stdout.write(
          `${JSON.stringify(
            outcomes.map(({ files: _, ...told }) => told),
            undefined,
            1,
          )}\n`,
        );
      else if (process.send === undefined)
        process.stdout.write(
          `seed ${seed}, ${runs} datasets a rule: ${passed} passed, ${failed} failed${none > 0 ? `, ${none} of which no dataset showed anything` : ""}\n`,
        );
      done(failed > 0 ? 1 : 0);
    },
  };
}

async function tasksOf(standard: LoadedStandard, only: readonly string[] | undefined): Promise<readonly Task[]> {
  // Late: it brings the compiler of expressions.
  const { suiteOf, writersAsked } = await import("../conformance/rule-suite.js");
  const { lawsOf } = await import("../conformance/law-suite.js");
  let made: ReturnType<typeof suiteOf> | undefined;
  const suite = () => (made ??= suiteOf(standard));
  const conforming = only === undefined ? writersAsked(standard) : [];
  const laws = only === undefined ? await lawsOf(standard) : [];
  const rules = standard.rules.filter(({ id }) => only?.includes(id) ?? true);
  return [
    ...conforming.map(
      (writer): Task =>
        async (options) =>
          (await suite()).conforming(writer, options),
    ),
    ...laws.map((law): Task => law.run),
    ...rules.map(
      (rule): Task =>
        async (options) =>
          rule.break === undefined
            ? { rule: rule.id, formats: [], ...options, runs: 0, asked: 0, ok: false, problem: "no break" }
            : (await suite()).broken(rule, options),
    ),
  ];
}

function lineOf({ ok, rule, formats, runs, asked, problem }: RuleOutcome): string {
  const some = ok && asked < runs ? ` (${asked} of ${runs} datasets)` : "";
  const head = `${!ok ? "FAIL" : asked > 0 ? "ok  " : "none"} ${rule.padEnd(34)} ${formats.join(" ")}${some}\n`;
  return problem === undefined ? head : `${head}     ${problem}\n`;
}

/** Every n-th task in a process of its own; outcomes are taken in the order of the tasks, whichever process is ahead. */
async function inProcesses(
  parts: number,
  args: readonly string[],
  take: (outcome: RuleOutcome) => void,
): Promise<void> {
  const main = ["cli/main.js", "cli/main.ts"].map((name) => join(builtRoot, name)).find((path) => existsSync(path));
  const waiting = Array.from({ length: parts }, (): RuleOutcome[] => []);
  let next = 0;
  const children = waiting.map((own, part) => {
    const child = fork(main ?? "", ["suite", "run", ...args, "--shard", `${part + 1}/${parts}`], {
      serialization: "advanced",
      // In a checkout that is not built, as its tests run it.
      ...(main?.endsWith(".ts") ? { execArgv: ["--import", import.meta.resolve("tsx")] } : {}),
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    child.on("message", (outcome: RuleOutcome) => {
      own.push(outcome);
      for (let first = waiting[next]?.shift(); first !== undefined; first = waiting[next]?.shift()) {
        take(first);
        next = (next + 1) % parts;
      }
    });
    return child;
  });
  try {
    await Promise.all(
      children.map(
        (child) =>
          new Promise<void>((resolve, reject) => {
            child.on("error", reject);
            child.on("close", (status, signal) => {
              // 1: rules fall short. What a process has to say of itself it has said.
              if (status === 0 || status === 1) resolve();
              else reject(new Error(`a process of the suite ended with ${signal ?? status}`));
            });
          }),
      ),
    );
  } finally {
    for (const child of children) child.kill();
  }
}

/** `2/3` as [1, 3]. */
function partOf(shard: string | undefined): readonly [number, number] {
  if (shard === undefined) return [0, 1];
  const [, part = "", parts = ""] = /^(\d{1,4})\/(\d{1,4})$/.exec(shard) ?? [];
  if (Number(part) < 1 || Number(part) > Number(parts))
    throw new UsageError("TS-USAGE-0001", { found: `--shard ${shard}`, expected: "I/N with 1 ≤ I ≤ N" });
  return [Number(part) - 1, Number(parts)];
}

export function suiteCommand(done: Done): CommandModule {
  return {
    command: "suite <command>",
    describe: "Suites of a standard: prove it, and test tools against it",
    builder: (yargs) =>
      yargs.command(run(done)).command(exportCommand(done)).command(scoreCommand(done)).demandCommand(1),
    handler() {},
  };
}
