import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TouchstoneError } from "../records/errors.js";
import type { Report } from "../records/report.gen.js";
import { runCommand } from "./commands.js";
import { folderWith, pathsBelow, removeFolders, runCli } from "./testing/run-cli.js";
import { picture, smallCocoText } from "./testing/small-coco.js";

const checkout = fileURLToPath(new URL("../..", import.meta.url));

let good = "";
let bad = "";
beforeAll(() => {
  good = folderWith({ "data/a.json": smallCocoText(), "data/a.png": picture });
  bad = folderWith({ "data/a.json": smallCocoText((text) => text.replace('"image_id": 1', '"image_id": 9')) });
});
afterAll(removeFolders);

/** The command in this process, as `main.ts` calls it: status and message. `DATA` stands for the folder of the good dataset. */
async function called(args: readonly string[]): Promise<{ readonly status: number; readonly message: string }> {
  try {
    return { status: await runCommand(args.map((arg) => arg.replace("DATA", join(good, "data")))), message: "" };
  } catch (error) {
    if (!(error instanceof TouchstoneError)) throw error;
    return { status: error.exit, message: error.message };
  }
}

const usage = "TS-USAGE-0001 the command line cannot be understood: ";

test.each<[name: string, args: readonly string[], status: number, message: string]>([
  ["an option that does not exist", ["assess", "DATA", "--strict"], 2, `${usage}Unknown argument: strict`],
  ["no command", [], 2, `${usage}expected a command`],
  ["data that are not there", ["assess", "nothing"], 2, "nothing TS-USAGE-0002 there is no such file or folder"],
  [
    "a standard that is not there",
    ["assess", "DATA", "--standard", "no-such"],
    2,
    "TS-USAGE-0003 there is no such standard",
  ],
  ["a date that is none", ["assess", "DATA", "--date", "1.2.2025"], 2, `${usage}expected YYYY-MM-DD`],
  ["a day that no calendar has", ["assess", "DATA", "--date", "2025-02-29"], 2, `${usage}expected YYYY-MM-DD`],
  ["fewer examples than none", ["assess", "DATA", "--max-examples=-3"], 2, `${usage}expected a whole number from 0`],
  ["half an example", ["assess", "DATA", "--max-examples", "1.5"], 2, `${usage}expected a whole number from 0`],
  ["a number that is none", ["assess", "DATA", "--max-examples", "all"], 2, `${usage}expected a whole number from 0`],
  ["a format that is not there", ["assess", "DATA", "--format", "word"], 2, `${usage}expected one of coco,`],
  ["an output that is not there", ["assess", "DATA", "--to", "docx"], 2, `${usage}expected`],
  [
    "findings below a file",
    ["assess", "DATA", "--findings", "DATA/a.json/x"],
    74,
    "a.json/x TS-IO-0002 it cannot be written",
  ],
])("%s ends the run", async (_, args, status, message) => {
  const run = await called(args);
  expect(run.message).toContain(message);
  expect(run.status).toBe(status);
});

test("--lang decides what an error is told in, whatever the locale", async () => {
  const { status, stderr } = await runCli(["judge", "--lang", "zh"], { cwd: good });
  expect(status).toBe(2);
  expect(stderr).toBe(
    "TS-USAGE-0001 命令行用法有误：没有这个参数：judge。用法见 touchstone --help 或 touchstone <命令> --help\n",
  );
});

test("a command that does not exist ends with 2, and stderr says what it was", async () => {
  const { status, stdout, stderr } = await runCli(["judge"], { cwd: good });
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain(`${usage}Unknown argument: judge. touchstone --help`);
});

test("a dataset that conforms ends with 0, and its two outputs lie in out/ with nothing else", async () => {
  const folder = folderWith({ "data/a.json": smallCocoText(), "data/a.png": picture });
  const { status, stdout, stderr } = await runCli(["assess", "data"], { cwd: folder });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("exit status 0");
  expect(pathsBelow(join(folder, "out"))).toEqual(["report.html", "report.json"]);
});

test("one that does not conform ends with 1, and stderr says that media were not examined", async () => {
  const { status, stderr } = await runCli(["assess", "data", "--out", "mine"], { cwd: bad });
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: "media were not examined: none of the media files was found (--media DIR)\n",
  });
});

test("--json prints the report alone and writes no file", async () => {
  const { status, stdout, stderr } = await runCli(["assess", "data", "--json"], { cwd: bad });
  const report = JSON.parse(stdout) as Report;
  expect({ status, stderr, verdict: report.verdict }).toEqual({ status: 1, stderr: "", verdict: "nonconforming" });
  expect(existsSync(join(bad, "out"))).toBe(false);
});

test("--json with --out prints the report and writes what was asked for", async () => {
  const args = ["assess", "data", "--json", "--out", "both", "--to", "sarif"];
  const { status, stdout, stderr } = await runCli(args, { cwd: bad });
  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  expect(stdout).toBe(readFileSync(join(bad, "both/report.json"), "utf8"));
  expect(pathsBelow(join(bad, "both"))).toEqual(["report.html", "report.json", "report.sarif"]);
});

test("--redact leaves no name in any output, the stream of findings included", async () => {
  const copies = { "data/secret-a.png": picture, "data/secret-b.png": picture };
  const text = smallCocoText((whole) => whole.replaceAll('"name": "', '"name": "secret '), Object.keys(copies));
  const folder = folderWith({ ...copies, "data/secret.json": text.replaceAll("data/secret", "secret") });
  const all = ["html,pdf,md,rework,sarif,junit", "--embed-images", "--findings", "out/findings.jsonl"];
  const { status } = await runCli(["assess", "data", "--redact", "--to", ...all], { cwd: folder });
  expect(status).toBeLessThan(2);
  const streamed = readFileSync(join(folder, "out/findings.jsonl"), "utf8");
  expect(streamed).toContain('"rule":"media-duplicate-exact"');
  for (const name of pathsBelow(join(folder, "out")))
    expect(readFileSync(join(folder, "out", name), "utf8"), name).not.toMatch(/secret/);
});

test("--quiet prints nothing", async () => {
  const { status, stdout, stderr } = await runCli(["assess", "data", "--quiet", "--out", "quiet"], { cwd: bad });
  expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: "", stderr: "" });
});

/** `script` gives the command a terminal. */
const hasTerminal = spawnSync("script", ["--version"]).status === 0;

test.skipIf(!hasTerminal)(
  "colours stand on a terminal only, and NO_COLOR takes them away (skipped: no script(1))",
  async () => {
    const inTerminal = (name: string) => ({
      cwd: bad,
      shell: `script -qec "$TOUCHSTONE assess data --out ${name}" /dev/null`,
    });
    const [coloured, plain, piped] = await Promise.all([
      runCli([], { ...inTerminal("one"), env: { NO_COLOR: undefined } }),
      runCli([], { ...inTerminal("two"), env: { NO_COLOR: "1" } }),
      runCli(["assess", "data", "--out", "three"], { cwd: bad, env: { NO_COLOR: undefined } }),
    ]);
    const colour = "\u001b[3";
    expect([coloured, plain, piped].map(({ stdout }) => stdout.includes(colour))).toEqual([true, false, false]);
  },
);

test("a reader of stdout who has had enough changes no status", async () => {
  const shell = '{ $TOUCHSTONE assess data --json; echo "status $?" >&2; } | head -c 1';
  const { stdout, stderr } = await runCli([], { cwd: bad, shell });
  expect({ stdout, stderr }).toEqual({ stdout: "{", stderr: "status 1\n" });
});

test("inspect --json on unknown data gives a null format, the reason and no records", async () => {
  const folder = folderWith({ "data/notes.json": "{}" });
  const { status, stdout, stderr } = await runCli(["inspect", "data", "--json"], { cwd: folder });
  expect({ status, stderr }).toEqual({ status: 3, stderr: "" });
  expect(JSON.parse(stdout)).toMatchObject({
    format: null,
    reason: {
      zh: expect.stringContaining('notes.json：根上没有列表 "images"'),
      en: expect.stringContaining('notes.json: there is no list "images" at the root'),
    },
    files: [],
    records: {},
  });
});

test("data of two families are ambiguous: the candidates are named, and no report is written", async () => {
  const folder = folderWith({ "data/a.json": smallCocoText(), "data/a.txt": "0 0.5 0.5 0.25 0.25\n" });
  const { status, stderr } = await runCli(["assess", "data"], { cwd: folder });
  expect(stderr).toContain("a.json TS-FORMAT-0002 the format is ambiguous");
  expect(stderr).toMatch(/coco-instances .* and yolo-detection /);
  expect({ status, written: pathsBelow(folder) }).toEqual({
    status: 3,
    written: ["data", "data/a.json", "data/a.txt"],
  });
});

describe("a full disk ends the run with status 74 and leaves nothing half", () => {
  const full = existsSync("/dev/full");

  test.skipIf(!full)("--findings on /dev/full", async () => {
    const { status, stderr } = await runCli(["assess", "data", "--findings", "/dev/full"], { cwd: bad });
    expect(stderr).toContain("/dev/full TS-IO-0002 it cannot be written");
    expect(stderr).toContain("ENOSPC");
    expect(status).toBe(74);
  });

  test.skipIf(!full)("stdout on /dev/full", async () => {
    const { status, stderr } = await runCli([], { cwd: bad, shell: "exec $TOUCHSTONE assess data --json > /dev/full" });
    expect(stderr).toContain("ENOSPC");
    expect(status).toBe(74);
  });

  const small = folderWith();
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=16k", "tmpfs", small]).status === 0;
  afterAll(() => {
    if (mounted) execFileSync("umount", [small]);
  });
  test.skipIf(!mounted)("--out on a file system of 16 kB (skipped: no right to mount one)", async () => {
    const { status, stderr } = await runCli(["assess", "data", "--out", small], { cwd: good });
    expect(stderr).toContain("report.html TS-IO-0002 it cannot be written");
    expect({ status, left: readdirSync(small) }).toEqual({ status: 74, left: [] });
  });
});

describe("Ctrl-C in the middle of reading", () => {
  test.skipIf(!existsSync("/proc/self/fd"))(
    "ends with 130, without a report and without a temporary file",
    async () => {
      const folder = folderWith();
      mkdirSync(join(folder, "data"));
      const script = join(checkout, "scripts/make-train2017.ts");
      const large = join(folder, "data/large.json");
      execFileSync(process.execPath, ["--import", import.meta.resolve("tsx"), script, large, "--scale", "0.2"]);
      mkdirSync(join(folder, "tmp"));
      const args = ["assess", "data/large.json", "--findings", "out/findings.jsonl"];
      const { status, signal, stdout, stderr } = await runCli(args, {
        cwd: folder,
        env: { TMPDIR: join(folder, "tmp") },
        onStart: (child) => interruptWhenReading(child.pid, large, () => child.kill("SIGINT")),
      });
      expect({ status, signal, stdout }).toEqual({ status: 130, signal: null, stdout: "" });
      expect(stderr).toBe("TS-RUN-0001 interrupted. Nothing was written\n");
      expect(pathsBelow(join(folder, "out"))).toEqual([]);
      expect(readdirSync(join(folder, "tmp")).filter((name) => !name.startsWith("tsx-"))).toEqual([]);
    },
  );
});

/** The process has the file open only while it reads: then is the moment. */
function interruptWhenReading(pid: number | undefined, file: string, interrupt: () => void): void {
  const look = (): void => {
    let links: readonly string[];
    try {
      links = readdirSync(`/proc/${pid}/fd`);
    } catch {
      return;
    }
    if (links.some((link) => targetOf(`/proc/${pid}/fd/${link}`) === file)) setTimeout(interrupt, 300);
    else setTimeout(look, 50);
  };
  look();
}

function targetOf(link: string): string | undefined {
  try {
    return readlinkSync(link);
  } catch {
    return undefined;
  }
}

test("the version is that of the package", async () => {
  const { version } = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8")) as { version: string };
  const { status, stdout } = await runCli(["--version"]);
  expect({ status, stdout }).toEqual({ status: 0, stdout: `${version}\n` });
});
