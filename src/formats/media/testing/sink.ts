/** A sink for tests that keeps all it is given, and an input over a folder. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll } from "vitest";
import type { Fault } from "../../../records/finding.js";
import type { Kind } from "../../../records/grammar.gen.js";
import type {
  AnnotationRecord,
  CategoryRecord,
  FileRecord,
  MediaRecord,
  NodeRecord,
} from "../../../records/types.gen.js";
import type { FileSample, Format, InputFile, ReadInput, Sink } from "../../format.js";
import { newResolver } from "../../resolve.js";

export interface Recorded<T> {
  readonly file: string;
  readonly offset: number;
  readonly element: number;
  readonly record: T;
}

export interface Recording {
  readonly files: FileRecord[];
  readonly declared: Set<Kind>;
  readonly categories: Recorded<CategoryRecord>[];
  readonly media: Recorded<MediaRecord>[];
  readonly annotations: Recorded<AnnotationRecord>[];
  readonly nodes: Recorded<NodeRecord>[];
  readonly faults: (Fault & { readonly file: string })[];
  readonly notRead: {
    readonly kind: Kind;
    readonly offset: number;
    readonly element: number;
    readonly reason: string;
  }[];
  readonly errors: { readonly file: string; readonly error: unknown }[];
}

/** Fields that are there, copied deeply: a reader fills its record again. */
function present<T extends object>(record: T): T {
  return structuredClone(Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined))) as T;
}

function newRecording(): { recording: Recording; sink: Sink } {
  const recording: Recording = {
    files: [],
    declared: new Set(),
    categories: [],
    media: [],
    annotations: [],
    nodes: [],
    faults: [],
    notRead: [],
    errors: [],
  };
  let file = "";
  const sink: Sink = {
    file(record, { path }) {
      file = path;
      recording.files.push(present(record));
    },
    declares: (kind) => void recording.declared.add(kind),
    dataset: () => {},
    node: (record, offset, element) => void recording.nodes.push({ file, offset, element, record: present(record) }),
    category: (record, offset, element) =>
      void recording.categories.push({ file, offset, element, record: present(record) }),
    media: (record, offset, element) => void recording.media.push({ file, offset, element, record: present(record) }),
    annotation: (record, offset, element) =>
      void recording.annotations.push({ file, offset, element, record: present(record) }),
    fault: (fault) => void recording.faults.push({ ...fault, file }),
    notRead: (kind, offset, element, reason) => void recording.notRead.push({ kind, offset, element, reason }),
    digest: () => {},
    tick: () => undefined,
  };
  return { recording, sink };
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** Writes files below a new folder of the system's temporary one; it is gone after the test file. */
export function folderOfFiles(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "touchstone-format-")));
  folders.push(root);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

export function filesBelow(root: string): readonly InputFile[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((absolute, index) => ({ path: relative(root, absolute), absolute, bytes: statSync(absolute).size, index }));
}

export function sampleOf(file: InputFile): FileSample {
  const bytes = readFileSync(file.absolute);
  const head = bytes.subarray(0, 65_536);
  return { file, head, whole: head.length === bytes.length, outline: () => undefined };
}

/** All files below a folder, `wanted` ones as those of the format. */
export function inputOf(root: string, wanted: (sample: FileSample) => boolean): ReadInput {
  const all = filesBelow(root);
  return {
    files: all.filter((file) => wanted(sampleOf(file))),
    all: new Map(all.map((file) => [file.path, file])),
    resolve: newResolver({ root, files: all, single: false, outside: [], aliases: [] }),
  };
}

/** Which files each of these formats detects. */
export function shownBy(formats: readonly Format[], files: readonly InputFile[]): { file: InputFile; id: string }[] {
  return files.flatMap((file) =>
    formats.filter(({ detect }) => detect(sampleOf(file)).match === "yes").map(({ id }) => ({ file, id })),
  );
}

/** Reads a folder in one format: the files that it detects, or those given. */
export async function record(format: Format, root: string, input?: ReadInput): Promise<Recording> {
  const { recording, sink } = newRecording();
  const given = input ?? inputOf(root, (sample) => format.detect(sample).match === "yes");
  await format.read(given, sink, (file, error) => recording.errors.push({ file: file.path, error }));
  return recording;
}
