import { InputError } from "../../records/errors.js";
import type { InputFile } from "../format.js";
import { folderOf, nameOf, stemOf } from "../media/media-index.js";
import { linesOf } from "../text/whole.js";

type Split = "train" | "val" | "test";
type Files = ReadonlyMap<string, InputFile>;
type OnError = (file: InputFile, error: unknown) => void;

/** CVAT's list of labels, beside the folder of the XML files or in it; undefined where there is none. */
export function findLabelMap(files: readonly InputFile[], all: Files): InputFile | undefined {
  const folders = new Set(files.flatMap(({ path }) => [folderOf(path), folderOf(folderOf(path))]));
  return [...all.values()].find(({ path }) => nameOf(path) === "labelmap.txt" && folders.has(folderOf(path)));
}

/** A line of labelmap.txt (CVAT, datumaro): `label:color_rgb:parts:actions`. */
export function labelOf(line: string): string | undefined {
  if (line.startsWith("#") || !line.includes(":")) return undefined;
  const label = line.slice(0, line.indexOf(":")).trim();
  // The colour of what no object covers; it is no label of an object.
  return label === "" || label === "background" ? undefined : label;
}

/**
 * The split that ImageSets/<task>/{train,val,test}.txt give a file, by its stem, beside the folder that holds it; Main comes before the lists of other
 * tasks. An InputError of a list goes to `onError`.
 */
export function splitLists(all: Files, onError: OnError): (file: InputFile) => Split | undefined {
  const lists = new Map<string, Map<string, Split>>();
  const files = [...all.values()].filter(({ path }) => /(^|\/)ImageSets\/[^/]+\/(train|val|test)\.txt$/.test(path));
  const isMain = ({ path }: InputFile) => path.includes("ImageSets/Main/");
  for (const file of [...files.filter(isMain), ...files.filter((other) => !isMain(other))]) {
    const base = folderOf(folderOf(folderOf(file.path)));
    const stems = lists.get(base) ?? new Map<string, Split>();
    lists.set(base, stems);
    try {
      addStems(stems, file);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      onError(file, new InputError(error.code, { ...error.details, file: file.path }));
    }
  }
  return (file) => {
    const stem = stemOf(nameOf(file.path));
    const own = lists.get(folderOf(folderOf(file.path)));
    if (own !== undefined) return own.get(stem);
    // Lists that lie elsewhere than beside the folder of the XML files still name them.
    for (const stems of lists.values()) if (stems.has(stem)) return stems.get(stem);
    return undefined;
  };
}

function addStems(stems: Map<string, Split>, file: InputFile): void {
  const split = nameOf(stemOf(file.path)) as Split;
  for (const { text } of linesOf(file)) {
    const stem = text.trim().split(/\s+/, 1)[0] ?? "";
    if (stem !== "" && !stems.has(stem)) stems.set(stem, split);
  }
}
