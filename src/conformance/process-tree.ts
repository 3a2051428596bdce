import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** The processes that came of one call, and what they hold in memory. */
export interface ProcessTree {
  readonly pids: readonly number[];
  /** Sum of the resident sets, bytes: what two share counts twice. */
  readonly rss: number;
}

interface Row {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly rss: number;
}

/**
 * The tree below a process: its children and theirs, all of its group, and on Linux those that left both (`setsid` and two forks) but still carry the
 * mark in their environment.
 *
 * @param mark a text that only the environment of this call holds
 */
export function treeOf(root: number, mark: string): ProcessTree {
  const rows = process.platform === "linux" ? rowsOfProc() : rowsOfPs();
  const found = new Map<number, Row>();
  const take = (row: Row): void => {
    if (found.has(row.pid)) return;
    found.set(row.pid, row);
    for (const child of rows) if (child.parent === row.pid) take(child);
  };
  for (const row of rows)
    if (row.pid === root || row.group === root || (row.pid !== process.pid && isMarked(row.pid, mark))) take(row);
  let rss = 0;
  for (const row of found.values()) rss += row.rss;
  return { pids: [...found.keys()], rss };
}

function rowsOfProc(): Row[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      // The name of a program may hold blanks and brackets: what comes behind its last bracket is in columns.
      const stat = readFileSync(`/proc/${name}/stat`, "latin1");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      // A zombie holds nothing, and cannot be ended.
      if (fields[0] === "Z") return [];
      return [
        { pid: Number(name), parent: Number(fields[1]), group: Number(fields[2]), rss: Number(fields[21]) * 4096 },
      ];
    } catch {
      return [];
    }
  });
}

function rowsOfPs(): Row[] {
  const text = execFileSync("ps", ["-axo", "pid=,ppid=,pgid=,rss="], { encoding: "utf8" });
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const [pid = 0, parent = 0, group = 0, kilobytes = 0] = line.trim().split(/\s+/).map(Number);
      return { pid, parent, group, rss: kilobytes * 1024 };
    });
}

function isMarked(pid: number, mark: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, "latin1").includes(mark);
  } catch {
    return false;
  }
}
