import { InputError } from "../../records/errors.js";
import type { LocalText } from "../../records/grammar.gen.js";
import { newFile } from "../../records/types.gen.js";
import type { InputFile, Sink } from "../format.js";
import { folderOf, nameOf, stemOf } from "../media/media-index.js";
import { linesOf } from "../text/whole.js";

type Split = "train" | "val" | "trainval" | "test";

/** ImageSets/Main/{train,val,trainval,test}.txt: which images are in a split. Source: VOC2012 development kit, §3.1. */
export function splitFiles(all: ReadonlyMap<string, InputFile>): readonly InputFile[] {
  return [...all.values()].filter(({ path }) => /(^|\/)ImageSets\/Main\/(train|val|trainval|test)\.txt$/.test(path));
}

/** Folder beside which ImageSets lies; that of an XML file is the folder above its own. */
const baseOf = (path: string): string => folderOf(folderOf(folderOf(path)));

interface List {
  readonly file: InputFile;
  readonly split: Split;
  readonly stems: ReadonlySet<string>;
}

/**
 * Reads the lists of splits and holds them against the XML files and against each other: an image listed for training or validation that has no XML
 * file (VOC itself withholds those of its test lists), and an image in two splits. One fault a list, with all the images it is about.
 */
export function readLists(
  files: readonly InputFile[],
  xml: readonly InputFile[],
  sink: Sink,
  onError: (file: InputFile, error: unknown) => void,
): void {
  const lists: List[] = [];
  for (const file of files) {
    try {
      const lines = linesOf(file).filter(({ text }) => !text.trimStart().startsWith("#"));
      const stems = new Set(lines.map(({ text }) => text.trim().split(/\s+/, 1)[0] ?? ""));
      stems.delete("");
      lists.push({ file, split: stemOf(nameOf(file.path)) as Split, stems });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      onError(file, new InputError(error.code, { ...error.details, file: file.path }));
    }
  }
  const byBase = new Map<string, Set<string>>();
  const everywhere = new Set<string>();
  for (const { path } of xml) {
    const base = folderOf(folderOf(path));
    const stem = stemOf(nameOf(path));
    byBase.set(base, (byBase.get(base) ?? new Set<string>()).add(stem));
    everywhere.add(stem);
  }
  // Lists that lie elsewhere than beside the XML files are about these when one list of their folder names one of them.
  const about = new Set(byBase.keys());
  for (const { file, stems } of lists) {
    if ([...stems].some((stem) => everywhere.has(stem))) about.add(baseOf(file.path));
  }
  for (const list of lists) {
    announce(list, sink);
    const base = baseOf(list.file.path);
    const own = byBase.get(base) ?? everywhere;
    const missing = about.has(base) ? [...list.stems].filter((stem) => !own.has(stem)) : [];
    if (list.split !== "test" && missing.length > 0) {
      const share = `${missing.length} / ${list.stems.size}`;
      const says = { zh: `缺少标注文件的图像（${share}）`, en: `images without an annotation file (${share})` };
      tell(sink, "manifest-file-missing", missing, says);
    }
    for (const other of lists) {
      // trainval is train and val together: it shares images with them by design, and with test by mistake.
      if (other.split === list.split || isJoined(list, other) || isJoined(other, list)) continue;
      const shared = [...list.stems].filter((stem) => other.stems.has(stem));
      if (shared.length === 0) continue;
      const { path } = other.file;
      const says = { zh: `${path} 中也有的图像（${shared.length}）`, en: `images also in ${path} (${shared.length})` };
      tell(sink, "split-list-overlap", shared, says);
    }
  }
}

function isJoined(joined: List, part: List): boolean {
  return joined.split === "trainval" && part.split !== "test";
}

function tell(sink: Sink, rule: string, stems: readonly string[], says: LocalText): void {
  const value = [...stems].sort().join(" ");
  sink.fault({ rule, kind: "file", offset: 0, element: -1, values: [{ name: "images", value, says }] });
}

function announce({ file, split }: List, sink: Sink): void {
  const record = newFile();
  record.path = file.path;
  record.format = "voc";
  record.bytes = file.bytes;
  // A list of two splits is in neither.
  record.split = split === "trainval" ? undefined : split;
  sink.file(record, file);
}
