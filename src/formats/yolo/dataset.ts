import { InputError } from "../../records/errors.js";
import type { InputFile, ReadInput } from "../format.js";
import { folderOf, nameOf, namesImage, stemOf } from "../media/media-index.js";
import { splitOf } from "../split.js";
import { linesOf } from "../text/whole.js";
import { readDarknetData, readDataYaml, readNames, type YoloConfig, type YoloSource } from "./config.js";
import { type Pairing, pair, placeOf } from "./pairing.js";

type Split = "train" | "val" | "test";

/** A YOLO dataset put together from its folder: names, lists, images and label files. */
export interface YoloDataset extends Pairing {
  readonly config: YoloConfig | undefined;
  /** Images that a list names and that have neither file nor label file, as written. */
  readonly listed: readonly { readonly path: string; readonly split: Split }[];
  splitOf(path: string): Split | undefined;
  /** Path of the image of a label file that has none: as a list has it, else the label file's own, without extension. */
  missingImage(label: InputFile): string;
}

const namesFile = /^(obj\.names|.*\.names|classes\.txt|names\.txt|predefined_classes\.txt|_darknet\.labels)$/i;
const dataYaml = /^(data|dataset)\.ya?ml$/i;

/** An InputError of a file beside the labels goes to `onError`; the dataset is then read without it. */
export function openYolo(input: ReadInput, onError: (file: InputFile, error: unknown) => void): YoloDataset {
  const config = findConfig(input.all, onError);
  // A list of images is a file of the dataset and no label file, whatever its name.
  const aside = new Set(config === undefined ? [] : besideConfig(input.all, config));
  const pairing = pair({ ...input, files: input.files.filter((file) => !aside.has(file)) });
  const entries = (config?.sources ?? []).flatMap((source) => {
    const list = config === undefined ? undefined : listOf(input.all, config, source);
    return list === undefined ? [] : listEntries(list, source.split, onError);
  });
  const { byPath, listed } = matchEntries(entries, [...pairing.labels, ...pairing.unlabelled]);
  return {
    ...pairing,
    config,
    listed,
    splitOf: (path) => byPath.get(path)?.split ?? splitOf(path) ?? folderSplit(config?.sources ?? [], path),
    missingImage: ({ path }) => byPath.get(path)?.path ?? stemOf(path),
  };
}

/** The nearest to the root of the files that give names: data.yaml before obj.data before a bare list of names. */
export function findConfig(
  all: ReadonlyMap<string, InputFile>,
  onError: (file: InputFile, error: unknown) => void,
): YoloConfig | undefined {
  const files = [...all.values()].sort((left, right) => depthOf(left) - depthOf(right));
  const attempt = <T>(file: InputFile, work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      // Another YAML file is no part of the dataset, so what is wrong with it is not reported here.
      if (dataYaml.test(nameOf(file.path)) || namesFile.test(nameOf(file.path))) {
        onError(file, new InputError(error.code, { ...error.details, file: file.path }));
      }
      return undefined;
    }
  };
  const yamls = files.filter(({ path }) => /\.ya?ml$/i.test(path));
  for (const file of [...yamls.filter(isDataYaml), ...yamls.filter((other) => !isDataYaml(other))]) {
    const config = attempt(file, () => readDataYaml(file));
    if (config !== undefined) return config;
  }
  const bare = { keypoints: undefined, keypointNames: undefined, task: undefined };
  for (const file of files.filter(({ path }) => /\.data$/i.test(path))) {
    const data = attempt(file, () => readDarknetData(file));
    const names = data === undefined ? undefined : besideNamed(all, file, data.names);
    const list = names === undefined ? undefined : attempt(names, () => readNames(names));
    if (data !== undefined && names !== undefined && list !== undefined) {
      return { ...bare, file: names, names: list, sources: data.sources, data: file };
    }
  }
  for (const file of files.filter(({ path }) => namesFile.test(nameOf(path)))) {
    const names = attempt(file, () => readNames(file));
    if (names !== undefined && names.length > 0) return { ...bare, file, names, sources: [] };
  }
  return undefined;
}

function isDataYaml({ path }: InputFile): boolean {
  return dataYaml.test(nameOf(path));
}

function depthOf({ path }: InputFile): number {
  return path.split("/").length;
}

/** A path of obj.data begins where darknet was run; the file's own folder is the end of that path, or holds the file itself. */
function besideNamed(all: ReadonlyMap<string, InputFile>, from: InputFile, written: string): InputFile | undefined {
  const folder = folderOf(from.path);
  const parts = written.replaceAll("\\", "/").split("/");
  for (let skip = 0; skip < parts.length; skip += 1) {
    const rest = parts.slice(skip).join("/");
    const found = all.get(folder === "" ? rest : `${folder}/${rest}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The files beside data.yaml or the names that say what the dataset is: obj.data, and the lists of images of its splits. */
export function besideConfig(all: ReadonlyMap<string, InputFile>, config: YoloConfig): readonly InputFile[] {
  const lists = config.sources.flatMap((source) => listOf(all, config, source) ?? []);
  return [...new Set([...(config.data === undefined ? [] : [config.data]), ...lists])];
}

/** The file of a source that is a list of images; undefined for a folder. */
function listOf(all: ReadonlyMap<string, InputFile>, config: YoloConfig, source: YoloSource): InputFile | undefined {
  return /\.txt$/i.test(source.path) ? besideNamed(all, config.file, source.path) : undefined;
}

/** Images that a list names; a list that cannot be read goes to `onError` and names none. */
function listEntries(
  list: InputFile,
  split: Split,
  onError: (file: InputFile, error: unknown) => void,
): readonly ListEntry[] {
  try {
    return linesOf(list)
      .map(({ text }) => text.trim())
      .filter(namesImage)
      .map((path) => ({ path: path.replaceAll("\\", "/"), split }));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    onError(list, new InputError(error.code, { ...error.details, file: list.path }));
    return [];
  }
}

interface ListEntry {
  readonly path: string;
  readonly split: Split;
}

/**
 * Which file each listed image is. Paths of a list begin somewhere else than ours (where darknet was run), so files of the same stem are compared by
 * their folders from the end; of several equally near ones none is taken. What is left over is in `listed`.
 */
function matchEntries(entries: readonly ListEntry[], files: readonly InputFile[]) {
  const byStem = new Map<string, InputFile[]>();
  for (const file of files) {
    const stem = stemOf(nameOf(file.path));
    const same = byStem.get(stem);
    if (same === undefined) byStem.set(stem, [file]);
    else same.push(file);
  }
  const byPath = new Map<string, ListEntry>();
  const listed: ListEntry[] = [];
  for (const entry of entries) {
    const same = byStem.get(stemOf(nameOf(entry.path))) ?? [];
    const scores = same.map(({ path }) => commonEnd(placeOf(path), placeOf(entry.path)));
    const best = Math.max(...scores);
    const nearest = same.filter((_, index) => scores[index] === best);
    if (same.length === 0) listed.push(entry);
    else for (const file of nearest.length === 1 ? nearest : []) byPath.set(file.path, entry);
  }
  return { byPath, listed };
}

/** How many segments two folders have in common, counted from their ends. */
function commonEnd(left: string, right: string): number {
  const a = left.split("/").reverse();
  const b = right.split("/").reverse();
  let common = 0;
  while (common < a.length && a[common] === b[common]) common += 1;
  return common;
}

/** The split whose folder in data.yaml ends the folder of the image or of its label file. */
function folderSplit(sources: readonly YoloSource[], path: string): Split | undefined {
  const place = `/${placeOf(path)}/`;
  const of = ({ path: folder }: YoloSource) =>
    placeOf(`${folder.replaceAll("\\", "/").replace(/^(\.{1,2}\/)+/, "")}/x`);
  return sources.find((source) => of(source) !== "" && place.endsWith(`/${of(source)}/`))?.split;
}
