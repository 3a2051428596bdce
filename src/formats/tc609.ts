import type { InputError } from "../records/errors.js";
import type { Fault } from "../records/finding.js";
import type { Kind } from "../records/grammar.gen.js";
import { newAnnotation, newFile, newMedia } from "../records/types.gen.js";
import { openMaybeGzip } from "./bytes/source.js";
import type { Format, InputFile, Sink } from "./format.js";
import type { JsonFault, JsonValue } from "./json/api.js";
import { type LinePlace, openJsonLines } from "./json/lines.js";
import { splitOf } from "./split.js";
import { detectTc609 } from "./tc609/detect.js";
import { clearedAnnotation, entriesOf, fillEntry } from "./tc609/labels.js";
import { fillFirst, fillMore, moreFiles } from "./tc609/media.js";
import { describe, isObject, type JsonObject, type Report } from "./tc609/values.js";

const linesPerTick = 512;

/**
 * TC609-5-2025-02 JSONL: one record a line. The text of the document was not seen; the fields are those that independent users write alike
 * (standards/cn-tc609-5-2025-02-partial). How a line becomes records is ours:
 *
 * - A line is one **medium**: `id` is its id; its path is the first item of `data_content` that is an image named by a path (a text is the content
 *   itself; sounds and videos are no media that can be examined yet, and an address is fetched by nobody). Each further image of the line is a medium of
 *   its own, `<id>/data_content/<n>`. `width` and `height` of an item are the declared size. The whole line goes to the sink as the raw record.
 * - An entry of `annotation.label` is one **annotation**, as a box is in COCO: whoever counts annotations counts boxes, not lines. A label that is no
 *   list is read as its one entry, and reported. A record whose `annotation` is null or absent has none.
 * - In an entry, `category` or a plain text is the label; `bbox` is x, y, width, height in px, as COCO, whose `iscrowd` stands beside it, has them;
 *   `bbox_yolo`, or `bbox` with `bbox_format` "normalized_xywh", is centre and extent as shares of the size. A box of another `bbox_format` is kept as
 *   an attribute and not drawn. All other fields of an entry are its attributes.
 * - `annotation.annotator` (in what was seen a class of annotators, such as 专业标注员, no person) is the annotator of each entry. `original_time` and
 *   `last_modified_time` are `created_at` and `modified_at` where they are instants: a date alone, as users write it, is no instant to compare.
 *
 * A line that is no JSON object is a fault of one lost medium, and the next line is read.
 */
export const tc609Jsonl: Format = {
  id: "tc609-jsonl",
  family: "tc609",
  title: {
    zh: "TC609-5-2025-02 JSONL（一行为一个数据项，annotation.label 的每一项为一条标注）",
    en: "TC609-5-2025-02 JSONL (a line is one medium, an entry of annotation.label one annotation)",
  },
  faults: {
    "bom-present": ["file"],
    "newline-mixed": ["file"],
    "json-parse-error": ["file", "media"],
    "tc609-line-not-record": ["media"],
    "invalid-utf8": ["file", "media"],
    "json-duplicate-key": ["media"],
    "json-number-unsafe": ["media"],
    "text-control-characters": ["media"],
    "field-type-mismatch": ["media", "annotation"],
  },
  detect: detectTc609,
  async read(input, sink, onError) {
    for (const file of input.files) {
      try {
        await readFile(file, sink);
      } catch (error) {
        onError(file, error);
      }
    }
  },
};

async function readFile(file: InputFile, sink: Sink): Promise<void> {
  const source = await openMaybeGzip(file);
  try {
    const record = newFile();
    record.path = file.path;
    record.format = tc609Jsonl.id;
    record.bytes = file.bytes;
    record.split = splitOf(file.path);
    sink.file(record, file);
    sink.declares("media");
    const reader = newRecordReader(file, sink);
    const lines = openJsonLines(source, { onFault: reader.onFault, onBroken: reader.onBroken });
    for (let count = 1; lines.next(); count++) {
      reader.inLine = true;
      const value = lines.value();
      reader.inLine = false;
      if (value !== undefined) reader.take(value, lines.offset);
      const pause = count % linesPerTick === 0 ? sink.tick(lines.offset) : undefined;
      if (pause !== undefined) await pause;
    }
  } finally {
    source.close();
  }
}

/** Makes records of lines, and names the unit that a fault is about: the medium of the line, or the file. */
function newRecordReader(file: InputFile, sink: Sink) {
  const media = newMedia();
  const annotation = newAnnotation();
  const split = splitOf(file.path);
  let mediaRead = 0;
  let annotationsRead = 0;

  function fault(rule: string, kind: Kind, offset: number, values: Fault["values"], pointer?: string): void {
    const element = kind === "media" ? mediaRead : kind === "annotation" ? annotationsRead : -1;
    sink.fault({ rule, kind, offset, element, ...(pointer === undefined ? {} : { pointer }), values });
  }

  const reportFor = (kind: Kind, offset: number): Report => {
    return (pointer, found, expected) =>
      fault(
        "field-type-mismatch",
        kind,
        offset,
        [{ name: pointer, value: found, relation: "expected", bound: expected }],
        pointer,
      );
  };

  const reader = {
    /** Between lines, what is broken is an empty line: no medium is lost with it. */
    inLine: false,
    onFault({ id, offset, value }: JsonFault): void {
      const kind = tc609Jsonl.faults[id]?.includes("media") === true ? "media" : "file";
      const name = id === "json-duplicate-key" ? "key" : id === "json-number-unsafe" ? "number" : "text";
      fault(id, kind, offset, [{ name, value }]);
    },
    onBroken({ code, details }: InputError, line: LinePlace): void {
      const { found = "", expected = "a JSON object" } = details;
      fault("json-parse-error", reader.inLine ? "media" : "file", details.offset ?? line.offset, [
        { name: code, value: found, relation: "expected", bound: expected },
      ]);
      if (reader.inLine) lost(line.offset, "not JSON", found);
    },
    take(value: JsonValue, offset: number): void {
      if (!isObject(value)) {
        const shown = describe(value);
        reportFor("media", offset)("", shown, "an object");
        lost(offset, "not an object", shown);
        return;
      }
      takeRecord(value, offset);
    },
  };

  /** Beside the fault that every JSON format has, one of this format's own: its standard is then asked of no other. */
  function lost(offset: number, reason: string, found: string): void {
    fault("tc609-line-not-record", "media", offset, [
      { name: reason, value: found, relation: "expected", bound: "one JSON object" },
    ]);
    sink.notRead("media", offset, mediaRead, reason);
    mediaRead++;
  }

  function takeRecord(record: JsonObject, offset: number): void {
    fillFirst(media, record, split, reportFor("media", offset));
    const id = media.id;
    sink.media(media, offset, mediaRead++, record);
    const size = { width: media.width, height: media.height };
    for (const more of moreFiles(record)) {
      fillMore(media, more, id, split);
      sink.media(media, offset, mediaRead++);
    }
    const report = reportFor("annotation", offset);
    for (const entry of entriesOf(record, report)) {
      if (entry.value === null) {
        sink.notRead("annotation", offset, annotationsRead++, "null");
        continue;
      }
      clearedAnnotation(annotation, record, id);
      fillEntry(annotation, entry, size, report);
      sink.annotation(annotation, offset, annotationsRead++);
    }
  }

  return reader;
}
