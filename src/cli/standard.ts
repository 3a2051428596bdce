import { existsSync, readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { CommandModule } from "yargs";
import type { CaseOutcome } from "../engine/cases.js";
import { UsageError } from "../records/errors.js";
import { explainRule, showStandard, standardLine } from "../report/standard-text.js";
import { table } from "../report/text.js";
import { findStandard, shippedStandards, standardWithCases } from "../standards/find.js";
import type { LintProblem } from "../standards/lint-problem.js";
import { newStandard } from "../standards/scaffold.js";
import { coverageCommand } from "./coverage.js";
import { readProfile } from "./inputs.js";
import type { Cli } from "./lang.js";
import { mutateCommand } from "./mutate.js";
import { openFolder, removeUnfinished } from "./output.js";
import { texts } from "./texts.js";

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Loaded late: it holds the parser of CEL, which no other command needs. */
function checking(): Promise<typeof import("../check-standard.js")> {
  return import("../check-standard.js");
}

interface Common {
  reference: string;
  json: boolean;
}

function lint({ done, say }: Cli): CommandModule<unknown, Common> {
  return {
    command: "lint <reference>",
    describe: say({
      zh: "检查标准：语法、表达式、条款、来源、用例",
      en: "Check a standard: grammar, expressions, clauses, sources, cases",
    }),
    builder: (yargs) =>
      yargs
        .positional("reference", { type: "string", demandOption: true, describe: say(texts.reference) })
        .option("json", { type: "boolean", default: false, describe: say(texts.json) }),
    async handler({ reference, json }) {
      const { lintStandardAt } = await checking();
      const { problems, cases } = await lintStandardAt(reference);
      const errors = problems.filter(({ warning }) => warning !== true);
      if (json) print(JSON.stringify({ problems, cases: cases.length }, undefined, 1));
      else {
        for (const problem of problems) print(problemLine(problem, say));
        const [wrong, warned, run] = [errors.length, problems.length - errors.length, cases.length];
        print(
          say({
            zh: `${wrong} 个问题，${warned} 个警告，运行用例 ${run} 个`,
            en: `${wrong} problems, ${warned} warnings, ${run} cases run`,
          }),
        );
      }
      done(errors.length > 0 ? 1 : 0);
    },
  };
}

function problemLine({ file, line, column, code, message, hint, warning }: LintProblem, say: Cli["say"]): string {
  const kind = warning === true ? say({ zh: "警告 ", en: "warning " }) : "";
  const more = hint === undefined ? "" : say({ zh: `（${hint.zh}）`, en: ` (${hint.en})` });
  return `${file}:${line}:${column} ${kind}${code} ${say(message)}${more}`;
}

function test({ done, say }: Cli): CommandModule<unknown, Common & { rule: string[] | undefined }> {
  return {
    command: "test <reference>",
    describe: say({
      zh: "用引擎运行每条规则的每个用例，列出结果表",
      en: "Run every case of every rule through the engine and print the table",
    }),
    builder: (yargs) =>
      yargs
        .positional("reference", { type: "string", demandOption: true, describe: say(texts.reference) })
        .option("rule", { type: "string", array: true, requiresArg: true, describe: say(texts.onlyRules) })
        .option("json", { type: "boolean", default: false, describe: say(texts.json) }),
    async handler({ reference, rule, json }) {
      const { testStandardAt } = await checking();
      const outcomes = await testStandardAt(reference, rule ?? []);
      const failed = outcomes.filter(({ ok }) => !ok);
      if (json) print(JSON.stringify(outcomes, undefined, 1));
      else {
        for (const line of table(caseRows(outcomes, say))) print(line);
        for (const { rule: id, name, problem } of failed)
          print(`${id}/${name}${say({ zh: "：", en: ": " })}${problem === undefined ? "" : say(problem)}`);
        const passed = outcomes.length - failed.length;
        print(
          say({
            zh: `${passed} 个通过，${failed.length} 个未通过`,
            en: `${passed} passed, ${failed.length} failed`,
          }),
        );
      }
      done(failed.length > 0 ? 1 : 0);
    },
  };
}

const sides = {
  conforming: { zh: "符合", en: "conforming" },
  violating: { zh: "违反", en: "violating" },
  inapplicable: { zh: "不适用", en: "inapplicable" },
} as const;

/** How many cases of each side passed, rule by rule, below their head. */
function caseRows(outcomes: readonly CaseOutcome[], say: Cli["say"]): string[][] {
  const count = (id: string, wanted: string): string => {
    const own = outcomes.filter(({ rule, side }) => rule === id && side === wanted);
    return own.length === 0 ? "-" : `${own.filter(({ ok }) => ok).length}/${own.length}`;
  };
  return [
    [say({ zh: "规则", en: "rule" }), ...Object.values(sides).map(say)],
    ...[...new Set(outcomes.map(({ rule }) => rule))].map((id) => [
      id,
      ...Object.keys(sides).map((side) => count(id, side)),
    ]),
  ];
}

function list({ done, lang, say }: Cli): CommandModule<unknown, { json: boolean }> {
  return {
    command: "list",
    describe: say({ zh: "列出随附的标准", en: "List the standards that ship" }),
    builder: (yargs) => yargs.option("json", { type: "boolean", default: false, describe: say(texts.json) }),
    handler({ json }) {
      const standards = shippedStandards().map(({ id, edition }) => findStandard(`${id}@${edition}`));
      const rows = standards.map(({ document, rules, scheme, digests }) => ({
        id: document.id,
        edition: document.edition,
        title: document.title,
        status: document.status,
        claim: document.claim,
        rules: rules.length,
        scheme: scheme !== undefined,
        deciding_digest: digests.deciding,
      }));
      print(
        json
          ? JSON.stringify(rows, undefined, 1)
          : standards.map((standard) => standardLine(standard, lang)).join("\n"),
      );
      done(0);
    },
  };
}

function show({ done, lang, say }: Cli): CommandModule<unknown, Common & { clause: string | undefined }> {
  return {
    command: "show <reference>",
    describe: say({ zh: "像读标准那样读一项标准", en: "Read a standard as a standard" }),
    builder: (yargs) =>
      yargs
        .positional("reference", { type: "string", demandOption: true, describe: say(texts.reference) })
        .option("clause", {
          type: "string",
          describe: say({ zh: "只看此条款及其下属条款", en: "Only this clause and those below it" }),
        })
        .option("json", { type: "boolean", default: false, describe: say(texts.json) }),
    handler({ reference, clause, json }) {
      const standard = standardWithCases(reference);
      print(
        json
          ? JSON.stringify({ ...standard.document, rules: standard.rules, digests: standard.digests }, undefined, 1)
          : showStandard(standard, clause, lang),
      );
      done(0);
    },
  };
}

function scaffold({ done, say }: Cli): CommandModule<unknown, { id: string; out: string }> {
  return {
    command: "new <id>",
    describe: say({
      zh: "新建标准的目录：已能通过检查，内有一条待改的规则",
      en: "Make the folder of a new standard: it passes lint, with one rule to change",
    }),
    builder: (yargs) =>
      yargs
        .positional("id", {
          type: "string",
          demandOption: true,
          describe: say({ zh: "标准的 id", en: "Id of the standard" }),
        })
        .option("out", {
          type: "string",
          default: "standards",
          describe: say({ zh: "在何处新建", en: "Where the folder is made" }),
        }),
    handler({ id, out }) {
      const folder = newStandard(id, out);
      print(folder);
      print(
        say({
          zh: `下一步：修改 rules/example.yaml，再运行 touchstone standard lint ${folder}`,
          en: `Next: change rules/example.yaml, then touchstone standard lint ${folder}`,
        }),
      );
      done(0);
    },
  };
}

interface BuildArguments {
  reference: string;
  out: string;
  profile: string | undefined;
  json: boolean;
}

function build({ done, say }: Cli): CommandModule<unknown, BuildArguments> {
  return {
    command: "build <reference>",
    describe: say({
      zh: "制作可嵌入的校验器，附测试向量、模式和检查 COCO 文件的网页",
      en: "Make a validator that anybody can embed, with test vectors, schemas and a page for COCO files",
    }),
    builder: (yargs) =>
      yargs
        .positional("reference", { type: "string", demandOption: true, describe: say(texts.reference) })
        .option("out", { type: "string", demandOption: true, requiresArg: true, describe: say(texts.newFolder) })
        .option("profile", {
          type: "string",
          requiresArg: true,
          describe: say({ zh: "YAML 文件：待定的阈值", en: "YAML file: thresholds that are open" }),
        })
        .option("json", { type: "boolean", default: false, describe: say(texts.json) })
        .example(
          "$0 standard build ref-image-annotation --out validator",
          say({ zh: "然后以网页服务打开该目录中的 coco.html", en: "then serve the folder, open coco.html" }),
        ),
    async handler({ reference, out, profile, json }) {
      if (existsSync(out) && readdirSync(out).length > 0)
        throw new UsageError("TS-USAGE-0001", { found: `--out ${out}`, expected: "a folder that is new or empty" });
      const standard = standardWithCases(reference);
      // Late: it brings the compiler of expressions and the generators.
      const { buildStandard, readAssets } = await import("../build-standard/build.js");
      const files = await buildStandard(
        standard,
        profile === undefined ? undefined : readProfile(profile),
        readAssets(),
      );
      const folder = openFolder(out);
      try {
        for (const [path, text] of files) folder.sink.text(path, text);
        folder.finish();
      } finally {
        removeUnfinished();
      }
      const gzipped = gzipSync(files.get("validator.js") ?? "", { level: 9 }).length;
      const vectors = (files.get("vectors.jsonl") ?? "").split("\n").length - 1;
      const { id, edition } = standard.document;
      print(
        json
          ? JSON.stringify({ id, edition, files: files.size, gzipped, vectors })
          : say({
              zh: `${id}@${edition}，目录 ${out}：${files.size} 个文件；validator.js 经 gzip 压缩为 ${gzipped} 字节，测试向量 ${vectors} 个`,
              en: `${id}@${edition} in ${out}: ${files.size} files; validator.js ${gzipped} bytes gzipped, ${vectors} test vectors`,
            }),
      );
      done(0);
    },
  };
}

/** `touchstone standard …` */
export function standardCommand(cli: Cli): CommandModule {
  const { say } = cli;
  return {
    command: "standard <command>",
    describe: say({
      zh: "检查、测试、变异、列出、阅读、新建或制作标准；各条款由什么判定",
      en: "Lint, test, mutate, list, show, start or build a standard; which clause is decided by what",
    }),
    builder: (yargs) =>
      yargs
        .command(lint(cli))
        .command(test(cli))
        .command(mutateCommand(cli))
        .command(coverageCommand(cli))
        .command(list(cli))
        .command(show(cli))
        .command(scaffold(cli))
        .command(build(cli))
        .demandCommand(
          1,
          say({
            zh: "请写出要做什么：lint、test、mutate、coverage、list、show、new、build。",
            en: "Name what to do: lint, test, mutate, coverage, list, show, new, build.",
          }),
        ),
    handler() {},
  };
}

/** `touchstone explain RULE` */
export function explainCommand({
  done,
  lang,
  say,
}: Cli): CommandModule<unknown, { rule: string; standard: string | undefined; json: boolean }> {
  return {
    command: "explain <rule>",
    describe: say({
      zh: "说明一条规则：内容、含义、条款、来源、声明、参数、用例、改法",
      en: "Explain a rule: statement, meaning, clause, source, claim, parameters, cases, fix",
    }),
    builder: (yargs) =>
      yargs
        .positional("rule", {
          type: "string",
          demandOption: true,
          describe: say({ zh: "规则的 id", en: "Id of the rule" }),
        })
        .option("standard", {
          type: "string",
          describe: say({
            zh: "有几项标准都有此 id 的规则时，指明标准",
            en: "Where several standards have a rule of this id",
          }),
        })
        .option("json", { type: "boolean", default: false, describe: say(texts.json) }),
    handler({ rule, standard, json }) {
      const standards =
        standard === undefined
          ? shippedStandards().map(({ id }) => standardWithCases(id))
          : [standardWithCases(standard)];
      print(explainRule(standards, rule, lang, json));
      done(0);
    },
  };
}
