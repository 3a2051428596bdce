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
import type { Cli } from "./lang.js";
import { exportCommand, scoreCommand } from "./pack.js";
import { texts } from "./texts.js";

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

function run({ done, lang, say }: Cli): CommandModule<unknown, RunArguments> {
  return {
    command: "run <reference>",
    describe: say({
      zh: "证明一项标准：生成的符合数据集不产生发现，改坏的产生相应规则的发现",
      en: "Prove a standard: generated datasets that conform raise nothing, broken ones raise their rule",
    }),
    builder: (yargs) =>
      yargs
        .positional("reference", { type: "string", demandOption: true, describe: say(texts.reference) })
        .option("rule", { type: "string", array: true, requiresArg: true, describe: say(texts.onlyRules) })
        .option("runs", {
          type: "number",
          default: 100,
          describe: say({
            zh: "每条规则的数据集数；须解码媒体的规则至多 100 个",
            en: "Datasets a rule; at most 100 for one that decodes media",
          }),
        })
        .option("seed", {
          type: "number",
          default: 1,
          describe: say({ zh: "种子相同，数据集相同", en: "Same seed, same datasets" }),
        })
        .option("out", {
          type: "string",
          describe: say({
            zh: "存放每条未通过规则的最小数据集的目录",
            en: "Folder for the smallest dataset of each rule that falls short",
          }),
        })
        .option("jobs", {
          type: "number",
          default: Math.min(availableParallelism(), 8),
          defaultDescription: say({ zh: "每核一个", en: "one a core" }),
          describe: say({ zh: "并行的进程数", en: "Processes side by side" }),
        })
        .option("shard", {
          type: "string",
          requiresArg: true,
          describe: say({ zh: "套件的第 I/N 部分，供多台机器分担", en: "Part I/N of the suite, for several machines" }),
        })
        .option("json", { type: "boolean", default: false, describe: say(texts.json) })
        .example(
          "$0 suite run ref-image-annotation --runs 1000",
          say({ zh: "全部规则，每条 1,000 个数据集", en: "every rule, 1,000 datasets each" }),
        ),
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
        if (!json) process.stdout.write(lineOf(outcome, say));
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
        await inProcesses(Math.min(jobs, tasks.length), [reference, ...given, "--lang", lang], take);
        if (outcomes.length < tasks.length)
          throw new Error(`the processes of the suite told of ${outcomes.length} of ${tasks.length} lines`);
      }
      const failed = outcomes.filter(({ ok }) => !ok).length;
      const passed = outcomes.filter(({ ok, asked }) => ok && asked > 0).length;
      const notAsked = outcomes.filter((outcome) => outcome.notAsked !== undefined).length;
      const none = outcomes.length - failed - passed - notAsked;
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
          say({
            zh: `种子 ${seed}，每条规则 ${runs} 个数据集：${passed} 条通过，${failed} 条未通过${none > 0 ? `，${none} 条没有数据集可资证明` : ""}${notAsked > 0 ? `，${notAsked} 条未检` : ""}\n`,
            en: `seed ${seed}, ${runs} datasets a rule: ${passed} passed, ${failed} failed${none > 0 ? `, ${none} of which no dataset showed anything` : ""}${notAsked > 0 ? `, ${notAsked} not asked` : ""}\n`,
          }),
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
          (await suite()).broken(rule, options),
    ),
  ];
}

const fates = {
  failed: { zh: "未通过", en: "FAIL" },
  passed: { zh: "通过  ", en: "ok  " },
  nothing: { zh: "无数据", en: "none" },
  notAsked: { zh: "未检  ", en: "none" },
} as const;

function lineOf({ ok, rule, formats, runs, asked, problem, notAsked, fewer }: RuleOutcome, say: Cli["say"]): string {
  const line = (fate: keyof typeof fates, rest: string): string => `${say(fates[fate])} ${rule.padEnd(34)} ${rest}\n`;
  if (notAsked !== undefined) return line("notAsked", say({ zh: notAsked.zh, en: `not asked: ${notAsked.en}` }));
  const of =
    asked < runs
      ? { zh: `${runs} 个数据集中的 ${asked} 个`, en: `${asked} of ${runs} datasets` }
      : { zh: `${runs} 个数据集`, en: `${runs} datasets` };
  const why = { zh: fewer === undefined ? "" : `：${fewer.zh}`, en: fewer === undefined ? "" : `: ${fewer.en}` };
  const told = ok && (asked < runs || fewer !== undefined);
  const some = told ? say({ zh: `（${of.zh}${why.zh}）`, en: ` (${of.en}${why.en})` }) : "";
  const head = line(!ok ? "failed" : asked > 0 ? "passed" : "nothing", `${formats.join(" ")}${some}`);
  return problem === undefined ? head : `${head}     ${say(problem)}\n`;
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

export function suiteCommand(cli: Cli): CommandModule {
  const { say } = cli;
  return {
    command: "suite <command>",
    describe: say({
      zh: "标准的套件：证明标准本身，并据以检验工具",
      en: "Suites of a standard: prove it, and test tools against it",
    }),
    builder: (yargs) =>
      yargs
        .command(run(cli))
        .command(exportCommand(cli))
        .command(scoreCommand(cli))
        .demandCommand(
          1,
          say({ zh: "请写出要做什么：run、export、score。", en: "Name what to do: run, export, score." }),
        ),
    handler() {},
  };
}
