import { finishRun } from "./engine/finish.js";
import { readDetected } from "./engine/read-files.js";
import { createRun } from "./engine/run.js";
import { type DetectedData, detectData } from "./formats/detect.js";
import type { InputFile } from "./formats/format.js";
import { faultsOf } from "./formats/index.js";
import { examineMedia } from "./formats/media/examine.js";
import { nothingRecognised } from "./formats/read.js";
import { newResolver, type Resolve } from "./formats/resolve.js";
import { rewriters } from "./formats/rewriters.js";
import { type DataRoot, listData } from "./formats/walk.js";
import type { Answer } from "./generate/dataset.js";
import { type PlantedRule, plantDefects } from "./generate/plant.js";
import { type RealPlace, readRealData } from "./generate/real-data.js";
import { measures } from "./measures/index.js";
import { UsageError } from "./records/errors.js";
import { applyStandards } from "./standards/apply.js";
import type { LoadedStandard } from "./standards/load.js";

export interface GenerateFromOptions {
  readonly standard: LoadedStandard;
  readonly seed: number;
  /** Rule → how many times it is to be broken. */
  readonly defects: ReadonlyMap<string, number>;
  /** Another root for media: its files come out too, in a folder beside that of the data. */
  readonly media?: string | undefined;
}

/** Takes the files of the copy: data/…, and media/… where media have a root of their own. */
export interface CopySink {
  copy(path: string, from: string): void;
  bytes(path: string, bytes: Uint8Array): void;
}

export interface GeneratedFrom {
  readonly rules: readonly PlantedRule[];
  readonly answers: readonly Answer[];
  readonly format: string;
  /** Files that differ from the dataset's. */
  readonly changed: number;
}

/**
 * Copies a dataset and breaks it: what no defect concerns stays byte for byte as it was. The dataset is read into memory, and once more by the rules of
 * the plan, so that no record is broken that they find already.
 *
 * @throws UsageError for data that are not there, not recognised or of formats without a writer, an unknown rule, or one of which nothing can be planted
 */
export async function generateFrom(
  path: string,
  options: GenerateFromOptions,
  files: CopySink,
): Promise<GeneratedFrom> {
  const source = await openRealData(path, options, [...options.defects.keys()]);
  return source.plant(options.defects, options.seed, files);
}

/** A dataset that was read, to be copied and broken as often as is wanted. */
export interface RealSource {
  plant(defects: ReadonlyMap<string, number>, seed: number, files: CopySink): Promise<GeneratedFrom>;
}

/** @param only the rules that it may be broken by; none: all */
export async function openRealData(
  path: string,
  { standard, media }: Pick<GenerateFromOptions, "standard" | "media">,
  only: readonly string[] = [],
): Promise<RealSource> {
  const data = listData(path);
  const detected = await detectData(data.files);
  if (detected.files.length === 0) throw nothingRecognised(path, detected);
  const writable = new Set(rewriters.flatMap(({ formats }) => formats));
  if (!detected.files.some(({ format }) => writable.has(format.id)))
    throw new UsageError("TS-USAGE-0001", {
      found: `--from ${path}: ${detected.format}`,
      expected: `data in one of ${[...writable].join(", ")}`,
    });
  const resolve = newResolver(data, media);
  const all = new Map(data.files.map((file) => [file.path, file]));
  const raised = await raisedIn(data, detected, resolve, standard, only);
  const own = new Set(data.files);
  // A picture of another root lies in a folder of its own beside the data.
  const placed: Resolve = (wanted, from) => {
    const file = resolve(wanted, from);
    return file === undefined || file === "unsafe" || own.has(file) ? file : { ...file, path: `../media/${file.path}` };
  };
  const real = await readRealData(detected, all, placed);
  return { plant };

  async function plant(defects: ReadonlyMap<string, number>, seed: number, files: CopySink): Promise<GeneratedFrom> {
    const { rules, rewriting } = await plantDefects({ standard, data: real, seed, defects, raised });
    const rewritten = rewriting.finish();
    const put = (name: string, file: InputFile | undefined): void => {
      const path = name.startsWith("../") ? name.slice(3) : `data/${name}`;
      const bytes = rewritten.files.get(name);
      if (bytes !== undefined) files.bytes(path, bytes);
      else if (file !== undefined && !rewritten.files.has(name)) files.copy(path, file.absolute);
    };
    const written = new Map<string, InputFile | undefined>([
      ...[...rewritten.files.keys()].map((name) => [name, undefined] as const),
      ...data.files.map((file) => [file.path, file] as const),
      ...(media === undefined ? [] : listData(media).files.map((file) => [`../media/${file.path}`, file] as const)),
    ]);
    for (const [name, file] of written) put(name, file);
    return { rules, answers: rewritten.answers, format: detected.format ?? "", changed: rewritten.files.size };
  }
}

/** What the rules of the plan find in the data as they are. */
async function raisedIn(
  data: DataRoot,
  detected: DetectedData,
  resolve: Resolve,
  standard: LoadedStandard,
  only: readonly string[],
): Promise<(rule: string, place?: RealPlace) => boolean> {
  const { rules } = await applyStandards([standard], {
    scheme: undefined,
    profile: undefined,
    only,
  });
  const found = new Set<string>();
  const inputs = detected.files.map(({ file }) => file);
  const run = createRun(rules, [], measures, inputs, {
    maxExamples: 0,
    // An element tells entries of one line apart, an offset does not.
    pointer: (_, __, element) => `${element}`,
    faultsOf,
    onFinding: ({ rule, file, kind, pointer, offset }) => {
      found.add(rule).add(`${rule} ${file}`);
      const isElement = pointer !== undefined && /^\d+$/.test(pointer);
      found.add(`${rule} ${file} ${kind} ${isElement ? pointer : `at ${offset}`}`);
    },
  });
  try {
    await readDetected(run, detected, data, resolve);
    const byIndex = new Map(data.files.map((file) => [file.index, file]));
    await finishRun(run, { resolve: (wanted, from) => resolve(wanted, byIndex.get(from)), examine: examineMedia });
  } finally {
    run.close();
  }
  return (rule, place) => {
    if (place === undefined) return found.has(rule);
    const { file, kind, element, offset } = place;
    if (kind === "file") return found.has(`${rule} ${file.path}`);
    return (
      found.has(`${rule} ${file.path} ${kind} ${element}`) || found.has(`${rule} ${file.path} ${kind} at ${offset}`)
    );
  };
}
