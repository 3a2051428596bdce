import { readHeld } from "../engine/read-files.js";
import type { StreamedFinding } from "../engine/recorder.js";
import { createRun } from "../engine/run.js";
import { faultsOf, formats, settlers } from "../formats/index.js";
import type { FileSink, Writer, WrittenPlace } from "../formats/write.js";
import type { Breaker, Broken } from "../generate/break.js";
import type { Draw } from "../generate/draw.js";
import { drawSample } from "../generate/draw-sample.js";
import { type Sample, writtenSample } from "../generate/sample.js";
import type { Wish } from "../generate/wish.js";
import { measures } from "../measures/index.js";
import type { ActiveRule } from "../standards/ruleset.js";

/** A dataset as files, with the place of each record. */
export interface Files {
  readonly files: Map<string, Buffer>;
  readonly places: ReadonlyMap<object, WrittenPlace>;
}

/** Writes a sample into files in memory. */
export function writeFiles(sample: Sample, writer: Writer): Files {
  const places = new Map<object, WrittenPlace>();
  const { sink, files } = memorySink();
  writer.write(writtenSample(sample), sink, ({ record }, place) => places.set(record, place));
  return { files: files(), places };
}

/** Files that are kept in memory while they are written; `files` gives them when all is there. */
export function memorySink(): { readonly sink: FileSink; files(): Map<string, Buffer> } {
  const parts = new Map<string, (string | Uint8Array)[]>();
  const add = (path: string, part: string | Uint8Array): void => {
    const list = parts.get(path);
    if (list === undefined) parts.set(path, [part]);
    else list.push(part);
  };
  return {
    sink: { text: add, bytes: add },
    files: () =>
      new Map([...parts].map(([path, list]) => [path, Buffer.concat(list.map((part) => Buffer.from(part as string)))])),
  };
}

/** A dataset in which a rule is broken, as records and as files. */
export interface Drawn extends Files {
  readonly sample: Sample;
  readonly broken: Broken;
  /** Files that the break changed after they were written. */
  readonly changed: readonly string[];
}

/** Draws a dataset and breaks a rule in it; undefined with the files where no record of it can be broken. */
export function drawBroken(
  draw: Draw,
  breaker: Breaker,
  { writer, wish }: { readonly writer: Writer; readonly wish: Wish },
): Drawn | (Files & { readonly broken?: undefined }) {
  const sample = drawSample(draw, wish);
  const targets = breaker.targets(sample, writer.carries);
  if (targets.length === 0) return writeFiles(sample, writer);
  const broken = breaker.apply(sample, targets, draw, writer.carries);
  const written = writeFiles(sample, writer);
  const before = new Map(written.files);
  for (const { mutate, record } of broken.files)
    mutate(written.files, written.places.get(record) ?? firstPlace(written), draw, record);
  const changed = [...written.files].flatMap(([path, bytes]) => (before.get(path) === bytes ? [] : [path]));
  return { ...written, sample, broken, changed };
}

/** The rules of a standard, that of a break with the parameters that the break sets; where it sets none, the very list: its rules stay bound. */
export function activeWith({ rule, source }: Breaker, applied: readonly ActiveRule[]): readonly ActiveRule[] {
  if (source.params === undefined) return applied;
  return applied.map((one) => (one.rule.id === rule.rule.id ? { ...rule, index: one.index } : one));
}

/** A place for what is done to a file of no record that was written. */
export function firstPlace({ places }: Files): WrittenPlace {
  const first = [...places.values()][0];
  if (first === undefined) throw new Error("nothing was written");
  return first;
}

/** Every finding, with its line. */
export interface Found extends StreamedFinding {
  readonly line: number;
}

/** All findings of a dataset in memory, with the real readers. */
export async function findingsOf(
  files: ReadonlyMap<string, Buffer>,
  active: readonly ActiveRule[],
  format: string,
): Promise<readonly Found[]> {
  const found: Found[] = [];
  const run = await readHeld(
    files,
    (inputs, pointer) =>
      createRun(active, [], measures, inputs, {
        maxExamples: 0,
        pointer,
        faultsOf,
        onFinding: (finding) => found.push({ ...finding, line: lineOf(files.get(finding.file), finding.offset) }),
      }),
    askedFormat(format),
  );
  run.close();
  return found;
}

/** A file of YOLO alone does not show its task, which data.yaml tells: the format is settled as it is for a user who names the family. */
export function askedFormat(format: string): string {
  const family = formats.find(({ id }) => id === format)?.family;
  return family !== undefined && settlers[family] !== undefined ? family : format;
}

/** The line of a byte, from 1. */
export function lineOf(bytes: Uint8Array | undefined, offset: number): number {
  let line = 1;
  for (let at = bytes?.indexOf(10) ?? -1; at >= 0 && at < offset; at = bytes?.indexOf(10, at + 1) ?? -1) line++;
  return line;
}
