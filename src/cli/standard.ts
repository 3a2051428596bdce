import type { CommandModule } from "yargs";
import { explainRule, showStandard, standardLine } from "../report/standard-text.js";
import { findStandard, shippedStandards, standardWithCases } from "../standards/find.js";
import { newStandard } from "../standards/scaffold.js";
import { coverageCommand } from "./coverage.js";
import { defaultLanguage } from "./lang.js";
import { mutateCommand } from "./mutate.js";

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

/** `touchstone standard …` */
export function standardCommand(done: Done): CommandModule {
  return {
    command: "standard <command>",
    describe: "Lint, test, mutate, list, show or start a standard; which clause is decided by what",
    builder: (yargs) =>
      yargs
        .command(lint(done))
        .command(test(done))
        .command(mutateCommand(done))
        .command(coverageCommand(done))
        .command(list(done))
        .command(show(done))
        .command(scaffold(done))
        .demandCommand(1, "Name what to do: lint, test, mutate, coverage, list, show, new."),
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
