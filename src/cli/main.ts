#!/usr/bin/env node
import { argv, stderr, stdout } from "node:process";

/** What the system says when there is no room, no permission or no device: nothing that Touchstone could mend. */
const machineCodes = new Set(["ENOSPC", "EACCES", "EPERM", "EIO", "EROFS", "EDQUOT", "EFBIG", "EMFILE", "ENFILE"]);

/** Status and message of an error, whatever it is: 1 never means a crash. */
async function failed(error: unknown): Promise<number> {
  const [{ TouchstoneError }, { languageOf }] = await Promise.all([
    import("../records/errors.js"),
    import("./lang.js"),
  ]);
  const lang = languageOf(argv.slice(2));
  if (error instanceof TouchstoneError) {
    stderr.write(`${error.localised(lang)}\n`);
    return error.exit;
  }
  if (machineCodes.has((error as NodeJS.ErrnoException | undefined)?.code ?? "")) {
    const { message } = error as Error;
    stderr.write(`${new TouchstoneError("TS-IO-0002", { says: { zh: message, en: message } }).localised(lang)}\n`);
    return 74;
  }
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  stderr.write(
    lang === "zh"
      ? `试金石自身的故障，请报告：\n${what}\n`
      : `a fault of Touchstone itself, please report it:\n${what}\n`,
  );
  return 70;
}

async function leave(error: unknown): Promise<void> {
  process.exit(await failed(error));
}

/** EPIPE: whoever read stdout has had enough; the verdict's status is kept. */
for (const stream of [stdout, stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") leave(error);
  });
}
process.on("uncaughtException", leave);
process.on("unhandledRejection", leave);

/** Everything runs under this one handler, loading the commands included. */
async function main(): Promise<number> {
  try {
    const args = argv.slice(2);
    if (args.length === 1 && args[0] === "--version") {
      const { toolOf } = await import("../report/tool.js");
      stdout.write(`${toolOf().version}\n`);
      return 0;
    }
    const { runCommand } = await import("./commands.js");
    return await runCommand(args);
  } catch (error) {
    return failed(error);
  }
}

process.exitCode = await main();
