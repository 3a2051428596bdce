import type { InputFile } from "../format.js";

/** Looks up a dataset's images where the data say less than a path: a bare name, or the name of the label file. */
export interface MediaIndex {
  readonly images: readonly InputFile[];
  /** Images of that file name, wherever they lie. */
  named(name: string): readonly InputFile[];
  /** Images of that name without its extension. */
  withStem(stem: string): readonly InputFile[];
}

const imageName = /\.(avif|bmp|dib|gif|heic|heif|jfif|jp2|jpe?g|jxl|mpo|png|tiff?|webp)$/i;

/** Whether the name is one that an image would have; a hint for looking one up, never a proof. */
export function namesImage(path: string): boolean {
  return imageName.test(path);
}

const indexes = new WeakMap<ReadonlyMap<string, InputFile>, MediaIndex>();

/** The images among all files, by their names alone (no file is opened); made once for a map of files. */
export function mediaIndex(all: ReadonlyMap<string, InputFile>): MediaIndex {
  const known = indexes.get(all);
  if (known !== undefined) return known;
  const names = new Map<string, InputFile[]>();
  const stems = new Map<string, InputFile[]>();
  const images: InputFile[] = [];
  for (const file of all.values()) {
    if (!namesImage(file.path)) continue;
    images.push(file);
    const name = nameOf(file.path);
    append(names, name, file);
    append(stems, stemOf(name), file);
  }
  const index: MediaIndex = {
    images,
    named: (name) => names.get(name) ?? [],
    withStem: (stem) => stems.get(stem) ?? [],
  };
  indexes.set(all, index);
  return index;
}

/** The image nearest to a file: in its folder, else the only one in a folder beside it, else undefined. */
export function nearest(images: readonly InputFile[], from: string): InputFile | undefined {
  const folder = folderOf(from);
  const beside = images.filter(({ path }) => folderOf(path) === folder);
  if (beside.length > 0) return beside[0];
  const parent = folderOf(folder);
  const near =
    folder === "" ? [] : images.filter(({ path }) => folderOf(folderOf(path)) === parent && folderOf(path) !== "");
  return near.length === 1 ? near[0] : undefined;
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Path without the last segment; "" for a file at the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** Path without its extension. */
export function stemOf(path: string): string {
  const dot = path.lastIndexOf(".");
  return dot > path.lastIndexOf("/") + 1 ? path.slice(0, dot) : path;
}

function append(map: Map<string, InputFile[]>, key: string, file: InputFile): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [file]);
  else list.push(file);
}
