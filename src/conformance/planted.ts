import type { Writer, WrittenMedium, WrittenPlace } from "../formats/write.js";
import { type Answer, type DatasetOptions, generateDataset } from "../generate/dataset.js";
import type { Kind } from "../records/grammar.gen.js";
import type { MediaRecord } from "../records/types.gen.js";
import type { DataFiles } from "./call-tool.js";
import { memorySink } from "./drawn-files.js";
import type { ToolFinding } from "./tool-output.js";

/** One defect: a rule is broken at one medium, at one record or at several that belong together. */
export interface Defect {
  readonly rule: string;
  readonly answers: readonly Answer[];
  /** What a tool may call the medium: its path, its name with and without the ending, its id. */
  readonly mediumNames: ReadonlySet<string>;
}

/** A dataset in memory, with what was planted in it. */
export interface PlantedData {
  readonly files: DataFiles;
  readonly defects: readonly Defect[];
  readonly records: Readonly<Partial<Record<Kind, number>>>;
  /** Lines at which records begin, sorted, by file. */
  readonly lines: LineIndex;
}

export type LineIndex = ReadonlyMap<string, readonly number[]>;

/** A generated dataset with its answer key, grouped by defect. */
export async function plantedData(options: DatasetOptions): Promise<PlantedData> {
  const { dataset, answersAt, defectOf } = await generateDataset(options);
  const { sink, files } = memorySink();
  const mediumOf = new WeakMap<object, MediaRecord>();
  function* media(): Iterable<WrittenMedium> {
    for (const medium of dataset.media()) {
      // Only media that are broken are the same objects each time; the others have no answers.
      if (!Object.getOwnPropertyDescriptor(medium, "annotations")?.get)
        for (const { record } of medium.annotations) mediumOf.set(record, medium.record);
      yield medium;
    }
  }
  const records: Partial<Record<Kind, number>> = {};
  const places: WrittenPlace[] = [];
  const found = new Map<string, { rule: string; answers: Answer[]; mediumNames: Set<string> }>();
  options.writer.write({ ...dataset, media }, sink, (written, place) => {
    places.push(place);
    const { record } = written;
    for (const answer of answersAt(written, place)) {
      const key = `${defectOf(record)} ${answer.rule}`;
      const defect = found.get(key) ?? { rule: answer.rule, answers: [], mediumNames: new Set<string>() };
      found.set(key, defect);
      defect.answers.push(answer);
      for (const name of namesOf(mediumOf.get(record) ?? (record as MediaRecord))) defect.mediumNames.add(name);
    }
  });
  let annotations = 0;
  let count = 0;
  for (const medium of dataset.media()) {
    count++;
    annotations += medium.annotations.length;
  }
  records.media = count;
  records.annotation = annotations;
  records.category = dataset.categories.length;
  return {
    files: files(),
    defects: [...found.values()],
    records,
    lines: lineIndex(places),
  };
}

/** A dataset of a writer's without defects and with so many of each rule. */
export function optionsFor(
  base: Pick<DatasetOptions, "standard" | "seed">,
  writer: Writer,
  images: number,
  defects: DatasetOptions["defects"],
): DatasetOptions {
  return { ...base, writer, images, pictures: true, defects };
}

export function lineIndex(places: Iterable<WrittenPlace>): LineIndex {
  const lines = new Map<string, number[]>();
  for (const { file, line } of places) {
    const own = lines.get(file) ?? [];
    lines.set(file, own);
    own.push(line);
  }
  return new Map([...lines].map(([file, own]) => [file, [...new Set(own)].sort((a, b) => a - b)]));
}

export function namesOf({ id, path }: Partial<Pick<MediaRecord, "id" | "path">>): ReadonlySet<string> {
  const name = path?.split("/").at(-1);
  const all = [
    id === undefined ? undefined : String(id),
    path,
    path?.replace(/\.\w+$/, ""),
    name,
    name?.replace(/\.\w+$/, ""),
  ];
  return new Set(all.filter((one) => one !== undefined));
}

/**
 * Whether a finding of a tool is at a defect: by the closest place that it gives. One that gives none is at no defect.
 */
export function isAt(
  finding: ToolFinding,
  { answers, mediumNames }: Pick<Defect, "answers" | "mediumNames">,
  lines: LineIndex,
): boolean {
  const { pointer, line, record, media } = finding;
  return answers.some((answer) => {
    if (pointer !== undefined && answer.pointer !== null)
      return (
        sameFile(finding.file, answer.file) && (pointer === answer.pointer || pointer.startsWith(`${answer.pointer}/`))
      );
    if (line !== undefined && finding.file !== undefined)
      return sameFile(finding.file, answer.file) && isWithin(line, answer.line, lines.get(answer.file) ?? []);
    if (record !== undefined && answer.id !== null) return record === String(answer.id);
    if (media !== undefined) return mediumNames.has(media) || mediumNames.has(media.replace(/\.\w+$/, ""));
    return false;
  });
}

/** A tool may give a path from its own root, or a name alone. */
function sameFile(told: string | undefined, file: string): boolean {
  return told === undefined || told === file || told.endsWith(`/${file}`) || file.endsWith(`/${told}`);
}

/** Whether a line lies between the start of a record and that of the next. */
function isWithin(line: number, first: number, starts: readonly number[]): boolean {
  if (line < first) return false;
  const next = starts.find((start) => start > first);
  return next === undefined || line < next;
}
