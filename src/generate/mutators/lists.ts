import type { Mutator } from "./mutator.js";

/** What is wrong with the lists of splits that lie beside the annotations (VOC). */
export const lists: Readonly<Record<string, Mutator>> = {
  "list-names-missing-file": {
    files(files) {
      append(files, listsOf(files)[0] ?? "", "missing-000000");
    },
  },
  "lists-overlap": {
    /** The first name of the first list stands in the second too. */
    files(files) {
      const [first = "", second = ""] = listsOf(files);
      append(files, second, files.get(first)?.toString("utf8").split("\n")[0] ?? "");
    },
  },
};

function listsOf(files: ReadonlyMap<string, Buffer>): readonly string[] {
  return [...files.keys()].filter((path) => path.startsWith("ImageSets/")).sort();
}

function append(files: Map<string, Buffer>, path: string, name: string): void {
  const bytes = files.get(path);
  if (bytes === undefined) throw new Error(`the dataset has no list of a split (${path})`);
  files.set(path, Buffer.concat([bytes, Buffer.from(`${name}\n`)]));
}
