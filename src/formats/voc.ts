import { InputError, quote } from "../records/errors.js";
import type { Fault } from "../records/finding.js";
import type { Kind } from "../records/grammar.gen.js";
import { clearCategory, newAnnotation, newCategory, newFile, newMedia } from "../records/types.gen.js";
import { openFile } from "./bytes/source.js";
import type { Detection, FileSample, Format, InputFile, ReadInput, Settle, Sink } from "./format.js";
import { reason } from "./reasons.js";
import { splitOf } from "./split.js";
import { guarded } from "./text/guarded.js";
import { readLines } from "./text/lines.js";
import { wholeFile } from "./text/whole.js";
import { type FieldFault, fillAnnotation } from "./voc/annotation.js";
import { findLabelMap, labelOf, splitLists } from "./voc/dataset.js";
import { readLists, splitFiles } from "./voc/lists.js";
import { fillMedia } from "./voc/media.js";
import { parseXml, type XmlElement } from "./voc/xml.js";

/** One image's objects; parsed whole, in several times this memory. */
const mostBytes = 64 * 1024 * 1024;

/** Pascal VOC: one XML file an image, its objects inside. Source: VOC2012 development kit, §4 and the annotation guidelines. */
export const voc: Format = {
  id: "voc",
  family: "voc",
  title: { zh: "Pascal VOC XML", en: "Pascal VOC XML" },
  faults: {
    "bom-present": ["file"],
    "invalid-utf8": ["file"],
    "newline-mixed": ["file"],
    "file-unreadable": ["file"],
    "xml-external-entity": ["file"],
    "manifest-file-missing": ["file"],
    "split-list-overlap": ["file"],
    "field-missing": ["media", "annotation"],
    "field-type-mismatch": ["media", "annotation"],
    "field-unknown": ["media", "annotation"],
    "value-not-finite": ["media", "annotation"],
  },
  detect,
  async read(input, sink, onError) {
    const labelMap = findLabelMap(input.files, input.all);
    const lists = splitFiles(input.all);
    const done = new Set<InputFile>(lists);
    const splits = splitLists(input.all, (file, error) => {
      // What is wrong with a list of Main is told when the lists are read.
      if (done.has(file)) return;
      done.add(file);
      onError(file, error);
    });
    const reader: Reader = { input, sink, hasLabels: labelMap !== undefined, splitOf: splits };
    if (labelMap !== undefined) guarded(labelMap, onError, () => readLabelMap(labelMap, sink));
    let bytesRead = 0;
    for (const file of input.files) {
      if (file.path === labelMap?.path || done.has(file)) continue;
      guarded(file, onError, () => readXml(reader, file));
      bytesRead += file.bytes;
      const pause = sink.tick(bytesRead);
      if (pause !== undefined) await pause;
    }
    const xml = input.files.filter((file) => file.path !== labelMap?.path && !done.has(file));
    readLists(lists, xml, sink, onError);
  },
};

/** VOC is one format; the list of labels belongs to it. */
export const settleVoc: Settle = (detected, all) => ({
  format: voc,
  candidates: [voc.id],
  reason: reason("voc-settled", {}).message,
  files: withLists(
    detected.map(({ file }) => file),
    all,
  ),
});

/**
 * The XML files that were detected, the list of labels beside them, the lists of splits, and lists of other tasks that cannot be read: all files that
 * reading them looks into or finds broken.
 */
export function withLists(files: readonly InputFile[], all: ReadonlyMap<string, InputFile>): readonly InputFile[] {
  const lists = new Set<InputFile>(splitFiles(all));
  splitLists(all, (file) => lists.add(file));
  const labelMap = findLabelMap(files, all);
  if (labelMap !== undefined) lists.add(labelMap);
  return [...new Set([...files, ...lists])].sort((a, b) => a.index - b.index);
}

interface Reader {
  readonly input: ReadInput;
  readonly sink: Sink;
  /** Whether there is a list of labels, which the labels then refer to. */
  readonly hasLabels: boolean;
  readonly splitOf: ReturnType<typeof splitLists>;
}

/** By the root and what stands under it. LabelMe's web tool has the same root, but `imagesize` and polygons of `pt`. */
function detect({ head }: FileSample): Detection {
  if (!/^(\ufeff|\s)*</.test(head.toString("utf8", 0, 256)))
    return { match: "no", reason: reason("not-xml", {}).message };
  const parsed = tryParse(head);
  const root = parsed?.root;
  if (parsed === undefined || root === undefined) return { match: "no", reason: reason("voc-no-element", {}).message };
  if (root.name !== "annotation")
    return { match: "no", reason: reason("voc-root", { name: quote(root.name) }).message };
  const names = new Set(root.children.map(({ name }) => name));
  if (names.has("imagesize")) return { match: "no", reason: reason("voc-imagesize", {}).message };
  const objects = objectsOf(root);
  const boxed = objects.some((object) => object.children.some(({ name }) => name === "bndbox"));
  if (!boxed && objects.some((object) => object.children.some(isLabelMePolygon))) {
    return { match: "no", reason: reason("voc-polygons", {}).message };
  }
  const signs = ["filename", "size", "object"].filter((name) => names.has(name));
  if (signs.length === 0) return { match: "no", reason: reason("voc-nothing", {}).message };
  return { match: "yes", reason: reason("voc", { signs: signs.join(", ") }).message };
}

function isLabelMePolygon(field: XmlElement): boolean {
  return field.name === "polygon" && field.children.some(({ name }) => name === "pt");
}

function tryParse(head: Buffer) {
  try {
    return parseXml(head);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

function readXml({ input, sink, hasLabels, splitOf: listed }: Reader, file: InputFile): void {
  announce(file, sink);
  sink.declares("media");
  const bytes = wholeFile(file, mostBytes);
  const { root, faults, error } = parseXml(bytes);
  for (const { id, offset, value } of faults) {
    sink.fault({ rule: id, kind: "file", offset, element: -1, values: [{ name: "bytes", value }] });
  }
  noteLineEnds(bytes, sink);
  if (error !== undefined) throw new InputError(error.code, { offset: error.offset, found: error.message });
  if (root === undefined) throw new InputError("TS-FORMAT-0019", { offset: 0, expected: "an element" });

  const media = newMedia();
  fillMedia(media, root, file, input, (fault) => sink.fault(faultOf(fault, "media", 0)));
  media.split = listed(file) ?? media.split;
  sink.media(media, root.offset, 0);

  const annotation = newAnnotation();
  objectsOf(root).forEach((object, element) => {
    fillAnnotation(annotation, object, (fault) => sink.fault(faultOf(fault, "annotation", element)));
    annotation.media_id = file.path;
    // The label is its own id where the dataset has a list of labels; without one there is no vocabulary to refer to.
    if (hasLabels) annotation.category_id = annotation.label;
    sink.annotation(annotation, object.offset, element);
  });
}

function readLabelMap(file: InputFile, sink: Sink): void {
  announce(file, sink);
  sink.declares("category");
  const source = openFile(file);
  try {
    const category = newCategory();
    const lines = readLines(source, {
      onFault: ({ id, offset, value }) =>
        sink.fault({ rule: id, kind: "file", offset, element: -1, values: [{ name: "bytes", value }] }),
    });
    for (let element = 0; lines.next(); ) {
      const label = labelOf(lines.text);
      if (label === undefined) continue;
      clearCategory(category);
      category.id = label;
      category.name = label;
      sink.category(category, lines.offset, element);
      element += 1;
    }
  } finally {
    source.close();
  }
}

function announce(file: InputFile, sink: Sink): void {
  const record = newFile();
  record.path = file.path;
  record.format = "voc";
  record.bytes = file.bytes;
  record.split = splitOf(file.path);
  sink.file(record, file);
}

function noteLineEnds(bytes: Buffer, sink: Sink): void {
  const first = bytes.indexOf(0x0a);
  if (first < 0) return;
  const crlf = first > 0 && bytes[first - 1] === 0x0d;
  for (let at = bytes.indexOf(0x0a, first + 1); at >= 0; at = bytes.indexOf(0x0a, at + 1)) {
    if ((bytes[at - 1] === 0x0d) === crlf) continue;
    const value = crlf ? "LF after CRLF" : "CRLF after LF";
    sink.fault({ rule: "newline-mixed", kind: "file", offset: at, element: -1, values: [{ name: "bytes", value }] });
    return;
  }
}

function objectsOf(root: XmlElement): readonly XmlElement[] {
  return root.children.filter(({ name }) => name === "object");
}

function faultOf({ rule, offset, field, value, expected }: FieldFault, kind: Kind, element: number): Fault {
  const relation = expected === undefined ? {} : { relation: "expected", bound: expected };
  return { rule, kind, offset, element, values: [{ name: field, value, ...relation }] };
}
