import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type Isolation = "namespace" | "group";

/**
 * Runs as process 1 of the namespaces that `unshare` made, before the tool and not instead of it: the arguments are never read as a script. All mounts
 * become read-only but the folder that is worked in, and no capability is left to undo that. Files end at 1 GB.
 */
const setup = `set -e
work=$1; shift
mount --bind "$work" "$work"
while [ "$1" != -- ]; do mount -o remount,bind,ro "$1" 2>/dev/null || :; shift; done
shift
cd "$work"
ulimit -f 2097152
ulimit -c 0
set +e
setpriv --no-new-privs --inh-caps=-all --bounding-set=-all "$@"
exit $?`;

const unshare = ["--user", "--map-root-user", "--pid", "--fork", "--kill-child", "--mount", "--mount-proc"];

/** The command line that runs a tool in `work`, alone in PID and mount namespaces. Status 126 or 127: it could not be started; 128 + n: signal n. */
export function inNamespace(command: readonly string[], work: string): readonly string[] {
  return ["unshare", ...unshare, "sh", "-c", setup, "sh", work, ...mountPoints(), "--", ...command];
}

/** Every mount of this process; `\040` stands for a blank in the kernel's list. */
function mountPoints(): readonly string[] {
  const lines = readFileSync("/proc/self/mountinfo", "utf8").trimEnd().split("\n");
  const points = lines.map((line) =>
    (line.split(" ")[4] ?? "/").replace(/\\(\d{3})/g, (_, octal: string) =>
      String.fromCharCode(Number.parseInt(octal, 8)),
    ),
  );
  return [...new Set(points)];
}

let known: Isolation | undefined;

/** What this machine permits: tried once, by a write that must fail and one that must not. */
export function isolationHere(): Isolation {
  known ??= process.platform === "linux" && isPermitted() ? "namespace" : "group";
  return known;
}

function isPermitted(): boolean {
  const outside = mkdtempSync(join(tmpdir(), "touchstone-probe-"));
  const work = mkdtempSync(join(tmpdir(), "touchstone-probe-"));
  try {
    const attempt = (path: string): number | null => {
      const [file = "", ...args] = inNamespace(["touch", path], work);
      return spawnSync(file, args, { stdio: "ignore", timeout: 10_000 }).status;
    };
    return (
      attempt(join(work, "inside")) === 0 &&
      existsSync(join(work, "inside")) &&
      attempt(join(outside, "out")) !== 0 &&
      !existsSync(join(outside, "out"))
    );
  } finally {
    for (const folder of [outside, work]) rmSync(folder, { recursive: true, force: true });
  }
}
