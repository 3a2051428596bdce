import type { Mutator } from "./mutator.js";

/** What is wrong with the lists of splits that lie beside the annotations (VOC). */
export const lists: Readonly<Record<string, Mutator>> = {
  "list-names-missing-file": {
    files(files) {
      // A test list may name what has no annotations.
      append(files, listsOf(files).find((path) => !path.endsWith("/test.txt")) ?? "", "missing-000000");
    },
  },
  "lists-overlap": {
    /** The first name of the first list stands in the second too. */
    files(files) {
      const [first = "", second = ""] = listsOf(files);
      append(files, second, files.get(first)?.toString("utf8").split("\n")[0]?.trim() ?? "");
    },
  },
};

function listsOf(files: ReadonlyMap<string, Buffer>): readonly string[] {
  return [...files.keys()].filter((path) => /^ImageSets\/Main\/(train|val|test)\.txt$/.test(path)).sort();
}

function append(files: Map<string, Buffer>, path: string, name: string): void {
  const bytes = files.get(path);
  if (bytes === undefined) throw new Error(`the dataset has no list of a split (${path})`);
  const gap = bytes.length === 0 || bytes.at(-1) === 10 ? "" : "\n";
  files.set(path, Buffer.concat([bytes, Buffer.from(`${gap}${name}\n`)]));
}
