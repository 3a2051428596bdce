import type { InputFile, ReadInput } from "../format.js";
import { folderOf, mediaIndex, nameOf, stemOf } from "../media/media-index.js";
import { isReserved } from "./detect.js";

/** Label files and images that belong together. */
export interface Pairing {
  /** Sorted by path. */
  readonly labels: readonly InputFile[];
  /** Image of a label file, by its path. */
  readonly images: ReadonlyMap<string, InputFile>;
  /** Images in folders of the dataset that have no label file, sorted by path. */
  readonly unlabelled: readonly InputFile[];
}

/** Folder names that YOLO and its converters exchange to come from an image to its label file. */
const exchanged = new Set([
  "labels",
  "label",
  "annotations",
  "images",
  "image",
  "imgs",
  "img",
  "jpegimages",
  "obj_train_data",
]);

/** Folder of a path without the segments that differ between images and labels: `train/images/a.jpg` and `train/labels/a.txt` have the same. */
export function placeOf(path: string): string {
  const segments = folderOf(path).split("/");
  return segments.filter((segment) => segment !== "" && !exchanged.has(segment.toLowerCase())).join("/");
}

function keyOf(path: string): string {
  return `${placeOf(path)}/${stemOf(nameOf(path))}`;
}

/**
 * Label files are those that were detected by their content, and beside them (in the same folders, or in any folder `labels`) other .txt files that are
 * empty, have an image, or are fewer than the detected ones: what is wrong with them is then reported instead of passed over.
 */
export function pair(input: ReadInput): Pairing {
  const byKey = imagesByKey(input.all);
  const labels = labelFiles(input.files, input.all);
  const images = new Map<string, InputFile>();
  const paired = new Set<InputFile>();
  for (const label of labels) {
    const image = sameFolder(input, label) ?? byKey.get(keyOf(label.path)) ?? elsewhere(input, label);
    if (image === undefined) continue;
    images.set(label.path, image);
    paired.add(image);
  }
  const places = new Set(labels.map(({ path }) => placeOf(path)));
  const labelled = new Set(labels.map(({ path }) => keyOf(path)));
  const unlabelled = mediaIndex(input.all).images.filter(
    (image) => !paired.has(image) && places.has(placeOf(image.path)) && !labelled.has(keyOf(image.path)),
  );
  return { labels, images, unlabelled };
}

/** Of the files that were detected, and of all others, those that are label files. */
export function labelFiles(files: readonly InputFile[], all: ReadonlyMap<string, InputFile>): readonly InputFile[] {
  const images = imagesByKey(all);
  const detected = new Set(files.map(({ path }) => path));
  const texts = [...all.values()].filter(({ path }) => /\.txt$/i.test(path) && !isReserved(path));
  /** Of each folder: how many of its texts were detected, and how many not. */
  const known = new Map<string, number>();
  const others = new Map<string, number>();
  for (const { path } of texts) {
    const counts = detected.has(path) ? known : others;
    counts.set(folderOf(path), (counts.get(folderOf(path)) ?? 0) + 1);
  }
  return texts.filter(({ path, bytes }) => {
    if (detected.has(path)) return true;
    const folder = folderOf(path);
    if (/(^|\/)labels(\/|$)/i.test(folder)) return true;
    const labels = known.get(folder) ?? 0;
    return labels > 0 && (bytes === 0 || images.has(keyOf(path)) || (others.get(folder) ?? 0) < labels);
  });
}

function imagesByKey(all: ReadonlyMap<string, InputFile>): ReadonlyMap<string, InputFile> {
  const byKey = new Map<string, InputFile>();
  for (const image of mediaIndex(all).images) {
    const key = keyOf(image.path);
    if (!byKey.has(key)) byKey.set(key, image);
  }
  return byKey;
}

function sameFolder(input: ReadInput, label: InputFile): InputFile | undefined {
  const folder = folderOf(label.path);
  return mediaIndex(input.all)
    .withStem(stemOf(nameOf(label.path)))
    .find(({ path }) => folderOf(path) === folder);
}

const extensions = [".jpg", ".jpeg", ".png", ".bmp", ".webp", ".JPG"];

/** Where the dataset's folder holds no image at all they may lie under another root; asked there by path, then by name. */
function elsewhere(input: ReadInput, label: InputFile): InputFile | undefined {
  if (mediaIndex(input.all).images.length > 0) return undefined;
  const stem = stemOf(label.path);
  for (const path of [stem.replace(/(^|\/)labels\//i, "$1images/"), nameOf(stem)]) {
    for (const extension of extensions) {
      const found = input.resolve(`${path}${extension}`, label);
      if (found !== undefined && found !== "unsafe") return found;
    }
  }
  return undefined;
}
