import { isDeepStrictEqual } from "node:util";
import type { CorpusCase } from "./manifest.js";
import type { FileTally, Tally } from "./tally.js";

export interface CountDifference {
  readonly key: string;
  readonly manifest: unknown;
  readonly ours: unknown;
}

/** Counts of the manifest that differ from what the readers yield, and how many were compared. */
export function compareCounts(entry: CorpusCase, tally: Tally): { compared: number; differences: CountDifference[] } {
  const differences: CountDifference[] = [];
  let compared = 0;
  for (const [key, manifest] of Object.entries(entry.counts)) {
    const [ours, theirs] = pairOf(entry, key, manifest, tally);
    if (ours === notCompared) continue;
    compared += 1;
    if (!isDeepStrictEqual(ours, theirs)) differences.push({ key, manifest: theirs, ours });
  }
  return { compared, differences };
}

const notCompared = Symbol("not compared");

/** Our count and the manifest's, in one form. A key is `file:name` (COCO), `file:image.png:png_segments`, or the name alone (VOC, YOLO). */
function pairOf(entry: CorpusCase, key: string, manifest: unknown, tally: Tally): readonly [unknown, unknown] {
  const name = key.slice(key.lastIndexOf(":") + 1);
  if (name === "columns_per_line") return [listed(ofDataset(name, tally), manifest), manifest];
  if (!key.includes(":")) return [ofDataset(name, tally), manifest];
  const path = key.slice(0, key.indexOf(":"));
  const file = tally.files.find((one) => one.path === path);
  if (name === "results" || name === "result_kinds") return ofResults(entry, path, name, manifest, file, tally);
  if (file === undefined) return ["the file was not read", manifest];
  if (name === "png_segments") return [file.maskValues.get(key.split(":")[1] ?? ""), manifest];
  if (name === "types") return [typesOf(file), withEmptyPolygonsLeftOut(entry, manifest, file)];
  return [ofFile(name, file), manifest];
}

/** The manifest lists the twelve commonest at most; the others are left out of ours as well. */
function listed(ours: unknown, manifest: unknown): unknown {
  const keys = Object.keys(manifest as object);
  const entries = Object.entries(ours as object);
  return Object.fromEntries(keys.length < 12 ? entries : entries.filter(([key]) => keys.includes(key)));
}

/** The manifest calls every list at a root "results"; one whose elements are of no kind is no file of results, and must not be taken for one. */
function ofResults(
  entry: CorpusCase,
  path: string,
  name: string,
  manifest: unknown,
  file: FileTally | undefined,
  tally: Tally,
): readonly [unknown, unknown] {
  const kinds = entry.counts[`${path}:result_kinds`] as Readonly<Record<string, number>> | undefined;
  if (Object.keys(kinds ?? {}).length === 0) return [tally.notRecognised.has(path), true];
  if (file === undefined) return ["the file was not read", manifest];
  if (name === "results") return [file.annotations, manifest];
  const kindOf = { bbox: "bbox", segmentation: "rle", keypoints: "keypoints", caption: "caption" };
  const ours = Object.keys(kinds ?? {}).map((kind) => [kind, file.types.get(kindOf[kind as keyof typeof kindOf]) ?? 0]);
  return [Object.fromEntries(ours), manifest];
}

function ofFile(name: string, file: FileTally): unknown {
  switch (name) {
    case "images":
      return file.media;
    case "annotations":
      return file.annotations;
    case "categories":
      return file.categories;
    case "iscrowd":
      return file.crowds;
    case "unused_categories":
      return [...file.categoryIds].filter((id) => !file.labels.has(id)).length;
    case "images_without_annotations":
      return [...file.mediaIds].filter((id) => !file.annotatedMedia.has(id)).length;
    default:
      return `no count of ours answers ${name}`;
  }
}

/** The manifest's `polygon` counts lists, empty ones too; an empty list is no polygon of ours. */
function withEmptyPolygonsLeftOut(entry: CorpusCase, manifest: unknown, file: FileTally): unknown {
  const types = { ...(manifest as Readonly<Record<string, number>>) };
  const empty = entry.known_defects?.find(({ code }) => code === "segmentation-empty-list");
  const missing = (types["polygon"] ?? 0) - (file.types.get("polygon") ?? 0);
  // How many of the case's empty lists stand in this file is not said; their sum over the files is checked by `emptyPolygons`.
  if (empty !== undefined && missing > 0 && missing <= empty.count) types["polygon"] = file.types.get("polygon") ?? 0;
  return Object.fromEntries(Object.entries(types).filter(([, count]) => count > 0));
}

function typesOf(file: FileTally): unknown {
  const types = Object.fromEntries(file.types);
  return file.segments > 0 ? { panoptic: types["panoptic"], panoptic_segments: file.segments } : types;
}

/** How many lists of the manifest's `polygon` are no polygon of ours, over the whole case: as many as it has empty lists. */
export function emptyPolygons(entry: CorpusCase, tally: Tally): CountDifference | undefined {
  const empty = entry.known_defects?.find(({ code }) => code === "segmentation-empty-list");
  if (empty === undefined) return undefined;
  let missing = 0;
  for (const file of tally.files) {
    const types = entry.counts[`${file.path}:types`] as Readonly<Record<string, number>> | undefined;
    missing += (types?.["polygon"] ?? 0) - (file.types.get("polygon") ?? 0);
  }
  return missing === empty.count ? undefined : { key: empty.code, manifest: empty.count, ours: missing };
}

function ofDataset(name: string, { files }: Tally): unknown {
  const labelled = files.filter(({ path }) => /\.(xml|txt)$/i.test(path) && !path.endsWith("labelmap.txt"));
  const labels = labelled.filter(({ format, path }) => !format.startsWith("yolo") || /\.txt$/i.test(path));
  const classes = new Map<string, number>();
  const columns = new Map<string, number>();
  for (const file of files) {
    for (const [label, count] of file.labels) classes.set(label, (classes.get(label) ?? 0) + count);
    for (const [column, count] of file.columns) columns.set(String(column), (columns.get(String(column)) ?? 0) + count);
  }
  const names = files.flatMap((file) => file.names);
  switch (name) {
    case "xml_files":
    case "label_files":
      return labels.filter(({ media }) => media > 0).length;
    case "objects":
    case "boxes_or_polys":
      return files.reduce((sum, { annotations }) => sum + annotations, 0);
    case "classes":
    case "classes_seen":
      return Object.fromEntries(classes);
    case "class_count":
      return classes.size;
    case "columns_per_line":
      return Object.fromEntries(columns);
    case "names":
      return names;
    case "names_count":
      return names.length;
    case "empty_label_files":
      return labels.filter(({ bytes }) => bytes === 0).length;
    // Lines of lists and notes beside the XML files: they are no records.
    case "txt_lines":
      return notCompared;
    default:
      return `no count of ours answers ${name}`;
  }
}
