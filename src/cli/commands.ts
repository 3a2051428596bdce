import yargs from "yargs";
import { UsageError } from "../records/errors.js";
import { assessCommand } from "./assess.js";
import { conformCommand } from "./conform.js";
import { formatsCommand, inspectCommand, schemaCommand, versionCommand } from "./data.js";
import { generateCommand } from "./generate.js";
import { renderCommand, verifyCommand } from "./render.js";
import { reproduceCommand } from "./reproduce.js";
import { explainCommand, standardCommand } from "./standard.js";
import { suiteCommand } from "./suite.js";

/** Exit statuses, as `--help` and the README give them. */
export const exitStatuses = `Exit status of assess
  0 conforming   1 nonconforming   4 indeterminate
  2 usage   3 nothing recognised, or no record could be read (no report)
  70 a fault of Touchstone   74 cannot read or write   130 interrupted
Other commands: 0 as it should be, 1 something fell short, 4 could not be judged; 2, 3, 70, 74 as above.`;

/** yargs renders the help of each command that it runs, for a later `showHelp`; nobody asks, and it takes a twentieth of a second. */
interface HelpKeeper {
  getInternalMethods(): { getUsageInstance(): { cacheHelpMessage: () => void } };
}

/** Parses the command line, runs one command, gives its exit status. */
export async function runCommand(args: readonly string[]): Promise<number> {
  let status = 0;
  const done = (result: number): void => {
    status = result;
  };
  const parser = yargs([...args])
    .scriptName("touchstone")
    .usage("$0 <command>\n\nTouchstone 试金石: conformance of annotation data to machine-readable standards.")
    .command(assessCommand(done))
    .command(inspectCommand(done))
    .command(renderCommand(done))
    .command(verifyCommand(done))
    .command(reproduceCommand(done))
    .command(standardCommand(done))
    .command(suiteCommand(done))
    .command(generateCommand(done))
    .command(conformCommand(done))
    .command(explainCommand(done))
    .command(formatsCommand(done))
    .command(schemaCommand(done))
    .command(versionCommand(done))
    .demandCommand(1, "Name a command; touchstone --help lists them.")
    .strict()
    .version(false)
    .option("version", { type: "boolean", describe: "Version; with --json build and edition digests" })
    .help()
    .wrap(Math.min(110, process.stdout.columns ?? 110))
    .epilogue(exitStatuses)
    .exitProcess(false)
    .fail((message, error) => {
      if (error !== undefined && error !== null) throw error;
      throw new UsageError("TS-USAGE-0001", {
        found: message,
        hint: "touchstone --help, or touchstone <command> --help, shows how",
      });
    });
  (parser as unknown as HelpKeeper).getInternalMethods().getUsageInstance().cacheHelpMessage = () => {};
  await parser.parseAsync();
  return status;
}
