import {
  closeSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  realpathSync,
  rmSync,
  statSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { putFiles } from "../engine/read-files.js";
import { listData } from "../formats/walk.js";
import { TouchstoneError } from "../records/errors.js";
import { lineOf } from "./drawn-files.js";
import type { Isolation } from "./isolation.js";
import { runTool, type ToolRun, usualLimits } from "./run-tool.js";
import type { LoadedTool } from "./tool-file.js";
import { readOutput, type ToolFinding } from "./tool-output.js";
import type { CallEnd } from "./tool-report.js";

/** A dataset as files, by their paths. */
export type DataFiles = ReadonlyMap<string, Uint8Array>;

/** What came of a call; `answer` is undefined where the tool refused. */
export interface Called<T> {
  readonly answer: T | undefined;
  readonly ended: CallEnd;
  readonly status: number | null;
  /** Why there is no answer. */
  readonly reason?: string;
}

/** Calls the tool on data in a folder that is new and gone afterwards; `use` reads what it left there. */
async function call<T>(
  { document, folder: here }: LoadedTool,
  files: DataFiles,
  names: Readonly<Record<string, string>>,
  isolation: Isolation,
  use: (run: ToolRun, out: string) => Promise<T> | T,
): Promise<Called<T>> {
  const work = realpathSync(mkdtempSync(join(tmpdir(), "touchstone-tool-")));
  try {
    const given = { in: join(work, "in"), out: join(work, "out"), here, ...names };
    for (const folder of [given.in, given.out]) mkdirSync(folder);
    putFiles(given.in, files);
    const fill = (text: string): string => filled(text, given);
    const { time_limit_s: seconds = usualLimits.seconds, memory_limit_mb: megabytes } = document;
    const run = await runTool(document.command.map(fill), {
      work,
      isolation,
      limits: {
        ...usualLimits,
        seconds,
        memoryBytes: megabytes === undefined ? usualLimits.memoryBytes : megabytes * 2 ** 20,
      },
      env: Object.fromEntries(Object.entries(document.env ?? {}).map(([name, value = ""]) => [name, fill(value)])),
    });
    const { ended, status } = run;
    const answers: readonly number[] = document.answers ?? (document.kind === "converter" ? [0] : [0, 1]);
    if (ended !== "exit" || status === null || !answers.includes(status))
      return { answer: undefined, ended, status, reason: withoutFolders(lastLines(run), work, here) };
    try {
      return { answer: await use(run, given.out), ended, status };
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      return { answer: undefined, ended: "unreadable", status, reason: withoutFolders(error.message, work, here) };
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The tool ended as it should, and what it left is no answer. */
class Unreadable extends Error {}

/** A validator on a dataset. */
export function callValidator(
  tool: LoadedTool,
  files: DataFiles,
  format: string,
  isolation: Isolation,
): Promise<Called<readonly ToolFinding[]>> {
  const { output, names } = tool.document;
  return call(tool, files, { format: names?.[format] ?? format }, isolation, (run, out) => {
    if (output === undefined) throw new Unreadable("no output is named");
    const { from } = output;
    const bytes = from === "stdout" ? run.stdout : from === "stderr" ? run.stderr : readFile(filled(from, { out }));
    const read = readOutput(bytes, output);
    if ("problem" in read) throw new Unreadable(read.problem);
    return read.findings.map((finding) => withLine(finding, files));
  });
}

/** A converter on a dataset; the answer is every file that it wrote. */
export function callConverter(
  tool: LoadedTool,
  files: DataFiles,
  { from, to }: { readonly from: string; readonly to: string },
  isolation: Isolation,
): Promise<Called<DataFiles>> {
  const { names } = tool.document;
  let given = 0;
  for (const bytes of files.values()) given += bytes.length;
  return call(tool, files, { from: names?.[from] ?? from, to: names?.[to] ?? to }, isolation, (_, out) =>
    filesIn(out, usualLimits.outputBytes + timesAsMuch * given),
  );
}

/** Pictures are copied, or written anew in another format. */
const timesAsMuch = 4;

function filesIn(folder: string, most: number): DataFiles {
  try {
    const { files } = listData(folder);
    if (files.length === 0) throw new Unreadable("it wrote no file");
    if (files.reduce((sum, { bytes }) => sum + bytes, 0) > most)
      throw new Unreadable(`it wrote more than ${Math.round(most / 2 ** 20)} MB`);
    return new Map(files.map(({ path, absolute }) => [path, readFileSync(absolute)]));
  } catch (error) {
    // A file or folder that nobody may read is its own doing.
    if (error instanceof TouchstoneError || (error instanceof Error && "code" in error))
      throw new Unreadable(error.message);
    throw error;
  }
}

/** A byte of a file as the line that it is in. */
function withLine(finding: ToolFinding, files: DataFiles): ToolFinding {
  const { offset, line, file = "" } = finding;
  const bytes = files.get(file);
  return offset === undefined || line !== undefined || bytes === undefined
    ? finding
    : { ...finding, line: lineOf(bytes, offset) };
}

function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** A file of results, up to the bound that holds for what is printed too. */
function readFile(path: string): Buffer {
  if (lstatSync(path, { throwIfNoEntry: false })?.isFile() !== true) throw new Unreadable("it wrote no result");
  if (statSync(path).size > usualLimits.outputBytes) throw new Unreadable("its result is larger than 64 MB");
  const bytes = Buffer.alloc(statSync(path).size);
  const file = openSync(path, "r");
  try {
    return bytes.subarray(0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

/** The end of what it wrote, for whoever has to find out why. */
function lastLines({ stderr, stdout }: ToolRun): string {
  const text = (stderr.length > 0 ? stderr : stdout).subarray(-2000).toString("utf8").trim();
  return text.split("\n").slice(-3).join("\n").slice(-400);
}

/** A text without names of the machine's folders. */
function withoutFolders(text: string, work: string, here: string): string {
  return text.replaceAll(work, "").replaceAll(here, "{here}").replaceAll(homedir(), "~");
}
