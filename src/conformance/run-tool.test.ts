import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type Isolation, isolationHere } from "./isolation.js";
import { type RunLimits, runTool, usualLimits } from "./run-tool.js";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "touchstone-hostile-"));
  folders.push(folder);
  return folder;
}

/** Whether a process is there; one that is dead and not yet taken note of is not. */
function isRunning(pid: number): boolean {
  if (!existsSync(`/proc/${pid}/stat`)) return false;
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  return stat.slice(stat.lastIndexOf(")") + 2)[0] !== "Z";
}

/** Processes of the machine whose command line holds a text. */
function running(text: string): readonly number[] {
  return readdirProc().filter((pid) => {
    try {
      return isRunning(pid) && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(text);
    } catch {
      return false;
    }
  });
}

function readdirProc(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

const kinds: readonly Isolation[] = isolationHere() === "namespace" ? ["namespace", "group"] : ["group"];

describe.each(kinds)("a hostile tool, isolation %s", (isolation) => {
  const call = (script: string, limits: Partial<RunLimits> = {}, work = newFolder()) =>
    runTool([process.execPath, "-e", script], { work, isolation, limits: { ...usualLimits, ...limits } });

  test("what it writes comes back, with its status", async () => {
    const { ended, status, stdout, stderr } = await call(
      "console.log('out'); console.error('err'); process.exitCode = 3",
    );
    expect({ ended, status, stdout: stdout.toString(), stderr: stderr.toString() }).toEqual({
      ended: "exit",
      status: 3,
      stdout: "out\n",
      stderr: "err\n",
    });
  });

  test("its arguments are no script of a shell", async () => {
    const work = newFolder();
    const told = "console.log(JSON.stringify(process.argv.slice(1)))";
    const args = ["$(touch x)", "`touch x`", "; touch x", "a b", "*", "--"];
    const { stdout } = await runTool([process.execPath, "-e", told, "first", ...args], {
      work,
      isolation,
      limits: usualLimits,
    });
    expect(JSON.parse(stdout.toString())).toEqual(["first", ...args]);
    expect(existsSync(join(work, "x"))).toBe(false);
  });

  test("one that hangs is ended at its time", async () => {
    const mark = `hang-${isolation}-${process.pid}`;
    const { ended, seconds } = await call(`setInterval(() => {}, 1000); "${mark}"`, { seconds: 1 });
    expect(ended).toBe("time-limit");
    expect(seconds).toBeLessThan(5);
    expect(running(mark)).toEqual([]);
  });

  test("one that crashes is a signal", async () => {
    expect((await call("process.kill(process.pid, 'SIGSEGV'); setInterval(() => {}, 1000)")).ended).toBe("signal");
  });

  test("one that is not there could not be started", async () => {
    const run = await runTool(["no-such-tool-at-all"], { work: newFolder(), isolation, limits: usualLimits });
    expect(run).toMatchObject({ ended: "not-started", status: null });
  });

  test("one that prints 1 GB is cut", async () => {
    const script = "const b = Buffer.alloc(1 << 20, 'x'); for (let i = 0; i < 1024; i++) require('fs').writeSync(1, b)";
    const { ended, stdout } = await call(script, { outputBytes: 8 * 2 ** 20 });
    expect(ended).toBe("output-limit");
    expect(stdout.length).toBe(8 * 2 ** 20);
  });

  test("one that eats memory is ended before the machine is", async () => {
    const script = "const all = []; setInterval(() => all.push(Buffer.alloc(32 << 20, 1)), 20)";
    const { ended, peakRss } = await call(script, { memoryBytes: 400 * 2 ** 20, seconds: 30 });
    expect(ended).toBe("memory-limit");
    expect(peakRss).toBeGreaterThan(400 * 2 ** 20);
  });

  test.each([
    "leaves at once",
    "stays",
  ])("one that forks and calls setsid, and %s, leaves nothing running", async (how) => {
    const mark = `daemon-${isolation}-${process.pid}-${how.length}`;
    const daemon = `setInterval(() => {}, 1000); "${mark}"`;
    // Two sessions deep, with the pipes held open.
    const fork = (script: string): string =>
      `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(script)}], { detached: true, stdio: 'inherit' }).unref();`;
    const script = `${fork(`${fork(daemon)} setTimeout(() => {}, 300)`)} setTimeout(() => process.exit(0), ${how === "stays" ? 60_000 : 800})`;
    const { ended, seconds } = await call(script, { seconds: 3 });
    expect(ended).toBe(how === "stays" ? "time-limit" : "exit");
    expect(seconds).toBeLessThan(8);
    expect(running(mark)).toEqual([]);
  });

  test("one that writes into its folder may do so", async () => {
    const work = newFolder();
    expect((await call("require('fs').writeFileSync('own.txt', 'x')", {}, work)).status).toBe(0);
    expect(existsSync(join(work, "own.txt"))).toBe(true);
  });

  // A process group claims no such thing.
  if (isolation === "namespace")
    test("one that writes outside its folder cannot, nor undo that", async () => {
      const outside = join(newFolder(), "outside.txt");
      const script = `
      const fs = require('fs'), { spawnSync } = require('child_process');
      const told = [];
      for (const path of [${JSON.stringify(outside)}, '/dev/shm/touchstone-outside', ${JSON.stringify(join(homedir(), "touchstone-outside"))}])
        try { fs.writeFileSync(path, 'x'); told.push('written'); } catch (error) { told.push(error.code); }
      const undone = spawnSync('mount', ['-o', 'remount,bind,rw', '/']).status === 0;
      console.log(JSON.stringify({ told, undone }));`;
      const { stdout } = await call(script);
      expect(JSON.parse(stdout.toString())).toEqual({ told: ["EROFS", "EROFS", "EROFS"], undone: false });
      expect(existsSync(outside)).toBe(false);
    });
});
