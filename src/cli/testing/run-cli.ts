import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));
const checkout = fileURLToPath(new URL("../../..", import.meta.url));

export interface CliRun {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  /** Where the command is called; the outputs go to `out/` below it. */
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Called when the process has begun. */
  readonly onStart?: (child: ChildProcess) => void;
  /** User that it runs as, for tests of permissions where the tests run as root. */
  readonly uid?: number;
  /** Through `sh -c`, with the command line of the tool as `$TOUCHSTONE`. */
  readonly shell?: string;
}

/** The real command in a process of its own, in English. It is ended after a minute, and the status is then null. */
export function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  const { cwd = checkout, env = {}, onStart, uid, shell } = options;
  const command = [process.execPath, "--import", import.meta.resolve("tsx"), main];
  const [file, parts] =
    shell === undefined ? [process.execPath, [...command.slice(1), ...args]] : ["sh", ["-c", shell]];
  return new Promise((resolve, reject) => {
    const child = spawn(file, parts, {
      cwd,
      env: { ...process.env, LC_ALL: "C", TOUCHSTONE: command.join(" "), ...env },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 60_000,
      ...(uid === undefined ? {} : { uid }),
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (status, signal) => resolve({ status, signal, stdout, stderr }));
    onStart?.(child);
  });
}

const folders: string[] = [];

/** A new folder that holds the files; `removeFolders` takes all of them away. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "touchstone-cli-")));
  folders.push(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** All paths below a folder, sorted. */
export function pathsBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
}
