import yargs from "yargs";
import { UsageError } from "../records/errors.js";
import { assessCommand } from "./assess.js";
import { agreementCommand, compareCommand, diffCommand } from "./compare.js";
import { conformCommand } from "./conform.js";
import { formatsCommand, inspectCommand, schemaCommand, versionCommand } from "./data.js";
import { generateCommand } from "./generate.js";
import { type Cli, languageOf } from "./lang.js";
import { measureCommand } from "./measure.js";
import { renderCommand, verifyCommand } from "./render.js";
import { reproduceCommand } from "./reproduce.js";
import { explainCommand, standardCommand } from "./standard.js";
import { suiteCommand } from "./suite.js";
import { exitStatuses, parserWords, texts } from "./texts.js";

/** yargs renders the help of each command that it runs, for a later `showHelp`; nobody asks, and it takes a twentieth of a second. */
interface HelpKeeper {
  getInternalMethods(): { getUsageInstance(): { cacheHelpMessage: () => void } };
}

/** Parses the command line, runs one command, gives its exit status. */
export async function runCommand(args: readonly string[]): Promise<number> {
  let status = 0;
  const lang = languageOf(args);
  const cli: Cli = {
    done(result) {
      status = result;
    },
    lang,
    say: (text) => text[lang],
  };
  const { say } = cli;
  const parser = yargs([...args])
    .scriptName("touchstone")
    .locale(lang === "zh" ? "zh_CN" : "en")
    .usage(`$0 <command>\n\n${say(texts.touchstone)}`)
    .command(assessCommand(cli))
    .command(inspectCommand(cli))
    .command(renderCommand(cli))
    .command(verifyCommand(cli))
    .command(reproduceCommand(cli))
    .command(standardCommand(cli))
    .command(suiteCommand(cli))
    .command(generateCommand(cli))
    .command(conformCommand(cli))
    .command(compareCommand(cli))
    .command(agreementCommand(cli))
    .command(diffCommand(cli))
    .command(measureCommand(cli))
    .command(explainCommand(cli))
    .command(formatsCommand(cli))
    .command(schemaCommand(cli))
    .command(versionCommand(cli))
    .demandCommand(1, say(texts.nameCommand))
    .strict()
    .version(false)
    .option("version", { type: "boolean", describe: say(texts.version) })
    .option("lang", { choices: ["zh", "en"], requiresArg: true, describe: say(texts.lang) })
    .help()
    .wrap(Math.min(110, process.stdout.columns ?? 110))
    .epilogue(say(exitStatuses))
    .exitProcess(false)
    .fail((message, error) => {
      // A value that is missing comes as an error of yargs' own; all others are ours, or faults.
      if (error !== undefined && error !== null && error.name !== "YError") throw error;
      throw new UsageError("TS-USAGE-0001", {
        says: { zh: message, en: message },
        hint: "touchstone --help, or touchstone <command> --help, shows how",
      });
    });
  if (lang === "zh") parser.updateStrings(parserWords as unknown as Record<string, string>);
  (parser as unknown as HelpKeeper).getInternalMethods().getUsageInstance().cacheHelpMessage = () => {};
  await parser.parseAsync();
  return status;
}
