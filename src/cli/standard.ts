import { existsSync, readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { CommandModule } from "yargs";
import { UsageError } from "../records/errors.js";
import { explainRule, showStandard, standardLine } from "../report/standard-text.js";
import { findStandard, shippedStandards, standardWithCases } from "../standards/find.js";
import { newStandard } from "../standards/scaffold.js";
import { coverageCommand } from "./coverage.js";
import { readProfile } from "./inputs.js";
import { defaultLanguage } from "./lang.js";
import { mutateCommand } from "./mutate.js";
import { openFolder, removeUnfinished } from "./output.js";

type Done = (status: number) => void;

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

function lint(done: Done): CommandModule<unknown, Common> {
  return {
    command: "lint <reference>",
    describe: "Check a standard: grammar, expressions, clauses, sources, cases",
    builder: (yargs) =>
      yargs
        .positional("reference", { type: "string", demandOption: true, describe: "Folder, ID or ID@edition" })
        .option("json", { type: "boolean", default: false }),
    async handler({ reference, json }) {
      const { lintStandardAt } = await checking();
      const { problems, cases } = await lintStandardAt(reference);
      const errors = problems.filter(({ warning }) => warning !== true);
      if (json) print(JSON.stringify({ problems, cases: cases.length }, undefined, 1));
      else {
        for (const { file, line, column, code, message, hint, warning } of problems) {
          print(
            `${file}:${line}:${column} ${warning === true ? "warning " : ""}${code} ${message}${hint === undefined ? "" : ` (${hint})`}`,
          );
        }
        print(`${errors.length} problems, ${problems.length - errors.length} warnings, ${cases.length} cases run`);
      }
      done(errors.length > 0 ? 1 : 0);
    },
  };
}

function test(done: Done): CommandModule<unknown, Common & { rule: string[] | undefined }> {
  return {
    command: "test <reference>",
    describe: "Run every case of every rule through the engine and print the table",
    builder: (yargs) =>
      yargs
        .positional("reference", { type: "string", demandOption: true, describe: "Folder, ID or ID@edition" })
        .option("rule", { type: "string", array: true, requiresArg: true, describe: "Only these rules" })
        .option("json", { type: "boolean", default: false }),
    async handler({ reference, rule, json }) {
      const { testStandardAt } = await checking();
      const outcomes = await testStandardAt(reference, rule ?? []);
      const failed = outcomes.filter(({ ok }) => !ok);
      if (json) print(JSON.stringify(outcomes, undefined, 1));
      else {
        const rules = [...new Set(outcomes.map((one) => one.rule))];
        const width = Math.max(4, ...rules.map((id) => id.length));
        print(`${"rule".padEnd(width)}  conforming  violating  inapplicable`);
        for (const id of rules) {
          const count = (side: string): string => {
            const own = outcomes.filter((one) => one.rule === id && one.side === side);
            return own.length === 0 ? "-" : `${own.filter(({ ok }) => ok).length}/${own.length}`;
          };
          print(
            `${id.padEnd(width)}  ${count("conforming").padEnd(10)}  ${count("violating").padEnd(9)}  ${count("inapplicable")}`,
          );
        }
        for (const { rule: id, name, problem } of failed) print(`${id}/${name}: ${problem}`);
        print(`${outcomes.length - failed.length} passed, ${failed.length} failed`);
      }
      done(failed.length > 0 ? 1 : 0);
    },
  };
}

function list(done: Done): CommandModule<unknown, { json: boolean; lang: "zh" | "en" | undefined }> {
  return {
    command: "list",
    describe: "List the standards that ship",
    builder: (yargs) =>
      yargs.option("json", { type: "boolean", default: false }).option("lang", { choices: ["zh", "en"] as const }),
    handler({ json, lang }) {
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
      const language = lang ?? defaultLanguage();
      print(
        json
          ? JSON.stringify(rows, undefined, 1)
          : standards.map((standard) => standardLine(standard, language)).join("\n"),
      );
      done(0);
    },
  };
}

function show(
  done: Done,
): CommandModule<unknown, Common & { clause: string | undefined; lang: "zh" | "en" | undefined }> {
  return {
    command: "show <reference>",
    describe: "Read a standard as a standard",
    builder: (yargs) =>
      yargs
        .positional("reference", { type: "string", demandOption: true, describe: "Folder, ID or ID@edition" })
        .option("clause", { type: "string", describe: "Only this clause and those below it" })
        .option("lang", { choices: ["zh", "en"] as const })
        .option("json", { type: "boolean", default: false }),
    handler({ reference, clause, lang, json }) {
      const standard = standardWithCases(reference);
      print(
        json
          ? JSON.stringify({ ...standard.document, rules: standard.rules, digests: standard.digests }, undefined, 1)
          : showStandard(standard, clause, lang ?? defaultLanguage()),
      );
      done(0);
    },
  };
}

function scaffold(done: Done): CommandModule<unknown, { id: string; out: string }> {
  return {
    command: "new <id>",
    describe: "Make the folder of a new standard: it passes lint, with one rule to change",
    builder: (yargs) =>
      yargs
        .positional("id", { type: "string", demandOption: true })
        .option("out", { type: "string", default: "standards", describe: "Where the folder is made" }),
    handler({ id, out }) {
      const folder = newStandard(id, out);
      print(`${folder}\nNext: change rules/example.yaml, then touchstone standard lint ${folder}`);
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

function build(done: Done): CommandModule<unknown, BuildArguments> {
  return {
    command: "build <reference>",
    describe: "Make a validator that anybody can embed, with test vectors, schemas and a page for COCO files",
    builder: (yargs) =>
      yargs
        .positional("reference", { type: "string", demandOption: true, describe: "Folder, ID or ID@edition" })
        .option("out", { type: "string", demandOption: true, requiresArg: true, describe: "New or empty folder" })
        .option("profile", { type: "string", requiresArg: true, describe: "YAML file: thresholds that are open" })
        .option("json", { type: "boolean", default: false })
        .example("$0 standard build ref-image-annotation --out validator", "then serve the folder, open coco.html"),
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
          : `${id}@${edition} in ${out}: ${files.size} files; validator.js ${gzipped} bytes gzipped, ${vectors} test vectors`,
      );
      done(0);
    },
  };
}

/** `touchstone standard …` */
export function standardCommand(done: Done): CommandModule {
  return {
    command: "standard <command>",
    describe: "Lint, test, mutate, list, show, start or build a standard; which clause is decided by what",
    builder: (yargs) =>
      yargs
        .command(lint(done))
        .command(test(done))
        .command(mutateCommand(done))
        .command(coverageCommand(done))
        .command(list(done))
        .command(show(done))
        .command(scaffold(done))
        .command(build(done))
        .demandCommand(1, "Name what to do: lint, test, mutate, coverage, list, show, new, build."),
    handler() {},
  };
}

/** `touchstone explain RULE` */
export function explainCommand(
  done: Done,
): CommandModule<
  unknown,
  { rule: string; standard: string | undefined; lang: "zh" | "en" | undefined; json: boolean }
> {
  return {
    command: "explain <rule>",
    describe: "Explain a rule: statement, meaning, clause, source, claim, parameters, cases, fix",
    builder: (yargs) =>
      yargs
        .positional("rule", { type: "string", demandOption: true })
        .option("standard", { type: "string", describe: "Where several standards have a rule of this id" })
        .option("lang", { choices: ["zh", "en"] as const })
        .option("json", { type: "boolean", default: false }),
    handler({ rule, standard, lang, json }) {
      const standards =
        standard === undefined
          ? shippedStandards().map(({ id }) => standardWithCases(id))
          : [standardWithCases(standard)];
      print(explainRule(standards, rule, lang ?? defaultLanguage(), json));
      done(0);
    },
  };
}
