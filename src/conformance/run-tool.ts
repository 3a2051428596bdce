import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { type Isolation, inNamespace } from "./isolation.js";
import { treeOf } from "./process-tree.js";
import type { CallEnd } from "./tool-report.js";

export interface RunLimits {
  readonly seconds: number;
  readonly memoryBytes: number;
  /** Of stdout and of stderr, each. */
  readonly outputBytes: number;
}

export const usualLimits: RunLimits = { seconds: 60, memoryBytes: 4 * 2 ** 30, outputBytes: 64 * 2 ** 20 };

/** How a call of a tool ended, and what it wrote. */
export interface ToolRun {
  readonly ended: Exclude<CallEnd, "unreadable">;
  readonly status: number | null;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly seconds: number;
  /** Greatest resident set of the tree that was seen, bytes. */
  readonly peakRss: number;
  /** Processes that were still there when the tool had ended, and were ended: in a namespace the kernel does that, uncounted. */
  readonly leftBehind: number;
}

export interface RunOptions {
  /** The folder that it works in: all that it may write to in a namespace. */
  readonly work: string;
  readonly isolation: Isolation;
  readonly limits: RunLimits;
  readonly env?: Readonly<Record<string, string>>;
}

const pollMs = 50;

/**
 * Runs a command without a shell and comes back when nothing of it is left running: after its end, or when a limit was hit. Its temporary files go below
 * the folder that it works in.
 */
export async function runTool(command: readonly string[], options: RunOptions): Promise<ToolRun> {
  const { work, isolation, limits } = options;
  const temporary = join(work, ".tmp");
  mkdirSync(temporary, { recursive: true });
  const mark = `TOUCHSTONE_CALL=${randomUUID()}`;
  const [file = "", ...args] = isolation === "namespace" ? inNamespace(command, work) : command;
  const began = performance.now();
  const child = spawn(file, args, {
    cwd: work,
    // A group of its own, so that all of it can be ended at once.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, TMPDIR: temporary, ...options.env, TOUCHSTONE_CALL: mark.slice("TOUCHSTONE_CALL=".length) },
  });
  let cut: ToolRun["ended"] | undefined;
  let peakRss = 0;
  const stop = (why: ToolRun["ended"]): void => {
    cut ??= why;
    if (child.pid !== undefined) endAll(child.pid, mark);
  };
  const stdout = collect(child, "stdout", limits.outputBytes, () => stop("output-limit"));
  const stderr = collect(child, "stderr", limits.outputBytes, () => stop("output-limit"));
  const poll = setInterval(() => {
    if (child.pid === undefined) return;
    const { rss } = treeOf(child.pid, mark);
    peakRss = Math.max(peakRss, rss);
    if (rss > limits.memoryBytes) stop("memory-limit");
    else if (performance.now() - began > limits.seconds * 1000) stop("time-limit");
  }, pollMs);
  // Whoever ends us ends the tool too.
  const onExit = (): void => stop("signal");
  process.once("exit", onExit);
  try {
    const { status, signal, missing } = await ended(child);
    const leftBehind = child.pid === undefined ? 0 : endAll(child.pid, mark);
    const seconds = (performance.now() - began) / 1000;
    const told = outcomeOf({ status, signal, missing, isolation });
    return { ...told, ended: cut ?? told.ended, stdout: stdout(), stderr: stderr(), seconds, peakRss, leftBehind };
  } finally {
    clearInterval(poll);
    process.off("exit", onExit);
  }
}

/** Of what a stream brings, the first bytes: what is over the limit is read and dropped until the tool is gone. */
function collect(child: ChildProcess, name: "stdout" | "stderr", most: number, over: () => void): () => Buffer {
  const parts: Buffer[] = [];
  let bytes = 0;
  child[name]?.on("data", (part: Buffer) => {
    if (bytes < most) parts.push(part.subarray(0, most - bytes));
    bytes += part.length;
    if (bytes > most) over();
  });
  return () => Buffer.concat(parts);
}

interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  /** It could not be started at all. */
  readonly missing: boolean;
}

/** The end of the process itself: what it forked may hold its pipes open for ever. */
function ended(child: ChildProcess): Promise<Ended> {
  return new Promise((resolve) => {
    child.once("error", () => resolve({ status: null, signal: null, missing: true }));
    child.once("exit", (status, signal) => {
      const end = { status, signal, missing: false };
      // What is in the pipes still comes, unless somebody else holds them.
      const late = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
        resolve(end);
      }, 500);
      child.once("close", () => {
        clearTimeout(late);
        resolve(end);
      });
    });
  });
}

const signals = new Set<number>(Object.values(constants.signals));

function outcomeOf({
  status,
  signal,
  missing,
  isolation,
}: Ended & { readonly isolation: Isolation }): Pick<ToolRun, "ended" | "status"> {
  if (missing || (isolation === "namespace" && (status === 127 || status === 126)))
    return { ended: "not-started", status: null };
  if (signal !== null) return { ended: "signal", status: null };
  // A shell between gives the signal of its child as a status.
  if (isolation === "namespace" && status !== null && status > 128 && signals.has(status - 128))
    return { ended: "signal", status: null };
  return { ended: "exit", status };
}

/** Ends every process of a call, by id, until none is left; gives how many there were. */
function endAll(root: number, mark: string): number {
  const seen = new Set<number>();
  for (let round = 0; round < rounds; round++) {
    const { pids } = treeOf(root, mark);
    if (pids.length === 0) break;
    for (const pid of pids) {
      seen.add(pid);
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It ended by itself.
      }
    }
  }
  return seen.size;
}

/** What forks faster than it is ended is caught in one of these. */
const rounds = 20;
