#!/usr/bin/env node
import { argv, env, stderr, stdout } from "node:process";

/** EPIPE: whoever read stdout has had enough; the verdict's status is kept. */
stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

const zh = (): boolean => /^zh/i.test(env["LC_ALL"] ?? env["LC_MESSAGES"] ?? env["LANG"] ?? "");

/** Everything runs under this one handler, loading the commands included, so that status 1 never means a crash. */
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
    const { TouchstoneError } = await import("../records/errors.js");
    if (error instanceof TouchstoneError) {
      stderr.write(`${error.localised(zh() ? "zh" : "en")}\n`);
      return error.exit;
    }
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOSPC" || code === "EACCES" || code === "EIO" || code === "EROFS" || code === "EDQUOT") {
      stderr.write(`TS-IO-0002 ${(error as Error).message}\n`);
      return 74;
    }
    stderr.write(
      `a fault of Touchstone itself, please report it:\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    return 70;
  }
}

process.exitCode = await main();
