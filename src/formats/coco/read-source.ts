import { InputError } from "../../records/errors.js";
import type { Fault } from "../../records/finding.js";
import type { Kind } from "../../records/grammar.gen.js";
import { newDataset, newFile } from "../../records/types.gen.js";
import type { InputFile, Sink } from "../format.js";
import type { ByteSource, JsonFault, JsonPull } from "../json/api.js";
import { openJson } from "../json/reader.js";
import { rootKeyNearEnd } from "../json/tail.js";
import { splitOf } from "../split.js";
import type { CocoVariant } from "./detect.js";
import { type ElementReader, newElementReader, type Report } from "./elements.js";
import { knownFields } from "./fields.js";
import type { PanopticMasks } from "./panoptic.js";

/** Records between two looks at the clock and the keyboard. */
const recordsPerTick = 2048;

export interface CocoOptions {
  readonly variant: CocoVariant;
  /** Adds to each annotation, before it goes to the sink, what lies elsewhere (a panoptic PNG). */
  readonly masks?: PanopticMasks;
}

/** Reads the bytes of one COCO file: categories and images before annotations, in whatever order the sections stand. */
export async function readCocoSource(
  source: ByteSource,
  file: InputFile,
  options: CocoOptions,
  sink: Sink,
): Promise<void> {
  /** The unit at hand, which faults of reading name. */
  const at: { kind: Kind; element: number } = { kind: "file", element: -1 };
  const onFault = (fault: JsonFault): void => {
    sink.fault({
      rule: fault.id,
      kind: at.kind,
      offset: fault.offset,
      element: at.element,
      values: [{ name: nameOf(fault), value: fault.value }],
    });
  };
  const pull = openJson(source, { onFault });
  const split = splitOf(file.path);
  const record = newFile();
  record.path = file.path;
  record.format = options.variant;
  record.bytes = file.bytes;
  record.split = split;
  sink.file(record, file);
  const report: Report = (rule, kind, field, found, expected, offset) => {
    const fault: Fault = {
      rule,
      kind,
      offset,
      element: at.element,
      values: [{ name: field, value: found, relation: "expected", bound: expected }],
    };
    sink.fault(fault);
  };
  const main: Cursor = { pull, elements: newElementReader(pull, report) };
  /** A second place in the same file, with a window of its own. */
  const cursorAt = (offset: number): Cursor => {
    const other = openJson(source, { onFault });
    other.seek(offset);
    return { pull: other, elements: newElementReader(other, report) };
  };
  const { masks } = options;

  /** Reads on until it is time for a look at the clock; false at the end of the list. */
  const readSome = (kind: SectionKind, { pull, elements }: Cursor): boolean => {
    while (pull.nextElement()) {
      const offset = pull.offset();
      if (pull.peek() !== "object") {
        report("record-schema-violation", kind, "record", pull.peek(), "an object", offset);
        pull.skip();
        sink.notRead(kind, offset, at.element, "not an object");
      } else if (kind === "media") {
        elements.readMedia();
        elements.media.split = split;
        masks?.media(elements.media);
        sink.media(elements.media, offset, at.element);
      } else if (kind === "category") {
        elements.readCategory();
        masks?.category(elements.category);
        sink.category(elements.category, offset, at.element);
      } else {
        elements.readAnnotation();
        required(options.variant, elements.annotation, report, offset);
        const fault = masks?.complete(elements.annotation);
        if (fault !== undefined) report(fault.rule, "annotation", "file_name", fault.found, fault.expected, offset);
        sink.annotation(elements.annotation, offset, at.element);
      }
      at.element++;
      if (at.element % recordsPerTick === 0) return true;
    }
    return false;
  };

  const section = async (kind: SectionKind, cursor: Cursor = main): Promise<void> => {
    sink.declares(kind);
    cursor.pull.enterArray();
    at.kind = kind;
    at.element = 0;
    while (readSome(kind, cursor)) {
      const wait = sink.tick(cursor.pull.offset());
      if (wait !== undefined) await wait;
    }
    at.kind = "file";
    at.element = -1;
  };

  if (options.variant === "coco-results") {
    await section("annotation");
    pull.end();
    return;
  }
  const early = (): Cursor | undefined => {
    const offset = rootKeyNearEnd(source, "categories");
    const cursor = offset === undefined ? undefined : cursorAt(offset);
    // What is no list is reported where the pass over the file meets it.
    return cursor?.pull.peek() === "array" ? cursor : undefined;
  };
  await readSections(pull, file, section, early, report, sink);
}

type SectionKind = "media" | "category" | "annotation";

/** A place in the file and what reads records there. */
interface Cursor {
  readonly pull: JsonPull;
  readonly elements: ElementReader;
}

/**
 * @param early where the categories are when they stand behind the annotations, as COCO's own files have them: they are then read first, and the
 * annotations need not be passed over to find them
 */
async function readSections(
  pull: JsonPull,
  file: InputFile,
  section: (kind: SectionKind, cursor?: Cursor) => Promise<void>,
  early: () => Cursor | undefined,
  report: Report,
  sink: Sink,
): Promise<void> {
  const seen = new Set<string>();
  const later: number[] = [];
  let readEarly = false;
  const kindOf: Readonly<Record<string, SectionKind>> = {
    images: "media",
    categories: "category",
    annotations: "annotation",
  };
  pull.enterObject();
  for (let key = pull.nextKey(); key !== undefined; key = pull.nextKey()) {
    const kind = kindOf[key];
    if (kind !== undefined && pull.peek() !== "array") {
      throw new InputError("TS-FORMAT-0021", {
        file: file.path,
        offset: pull.offset(),
        found: `${key}: ${pull.peek()}`,
        expected: `${key}: a list`,
        hint: "Nothing after it was read.",
      });
    }
    if (kind === "annotation" && seen.has("images") && !seen.has("categories")) {
      const categories = early();
      if (categories !== undefined) {
        await section("category", categories);
        seen.add("categories");
        readEarly = true;
      }
    }
    if (kind === "annotation" && !(seen.has("images") && seen.has("categories"))) later.push(pull.leap());
    else if (kind === "category" && readEarly) {
      pull.leap();
      readEarly = false;
    } else if (kind !== undefined) await section(kind);
    else if (key === "info") readInfo(pull, sink);
    else {
      if (!knownFields.root.has(key)) report("field-unknown", "file", key, key, "a field of the format", pull.offset());
      pull.skip();
    }
    seen.add(key);
  }
  pull.end();
  for (const offset of later) {
    pull.seek(offset);
    await section("annotation");
  }
}

function readInfo(pull: JsonPull, sink: Sink): void {
  const offset = pull.offset();
  const info = pull.value();
  if (info === null || typeof info !== "object" || Array.isArray(info)) return;
  const record = newDataset();
  const version = info["version"];
  if (typeof version === "string" || typeof version === "number") record.version = String(version);
  sink.dataset(record, offset, 0);
}

/** What every annotation of the variant must have, beside the image that it refers to. */
function required(
  variant: CocoVariant,
  annotation: { id: unknown; category_id: unknown; score: unknown; caption: unknown },
  report: Report,
  offset: number,
): void {
  const want = (field: string): void =>
    report("field-missing", "annotation", field, "nothing", `a field "${field}"`, offset);
  if (variant === "coco-results") {
    if (annotation.score === undefined && annotation.caption === undefined) want("score");
    return;
  }
  if (variant === "coco-panoptic") return;
  if (annotation.id === undefined) want("id");
  if (annotation.category_id === undefined && variant !== "coco-captions") want("category_id");
}

function nameOf(fault: JsonFault): string {
  return fault.id === "json-duplicate-key" ? "key" : fault.id === "json-number-unsafe" ? "number" : "text";
}
