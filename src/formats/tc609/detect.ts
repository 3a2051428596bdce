import { memorySource } from "../bytes/memory-source.js";
import type { Detection, FileSample } from "../format.js";
import { outlineOf } from "../json/outline.js";
import { openJson } from "../json/reader.js";
import { reason } from "../reasons.js";

/** Fields of a record beside `data_content`; `id`, `version` and `source` are in too many other formats to tell anything. */
const telling = [
  "rid",
  "annotation",
  "original_time",
  "last_modified_time",
  "license",
  "source_details",
  "generated_data_indicator",
];

/** So many lines are looked at: a broken first line does not hide the format. */
const mostLines = 20;

/** By the first line that is an object with a list `data_content` and at least one other field of the record. */
export function detectTc609({ head }: FileSample): Detection {
  const start = head.subarray(0, 3).equals(bom) ? 3 : 0;
  let from = start;
  for (let line = 1; line <= mostLines && from < head.length; line++) {
    const feed = head.indexOf(0x0a, from);
    const end = feed < 0 ? head.length : feed;
    const keys = keysOf(head.subarray(from, end));
    from = end + 1;
    if (keys === undefined || keys.get("data_content")?.type !== "array") continue;
    const beside = telling.find((key) => keys.has(key));
    if (beside !== undefined) return { match: "yes", reason: reason("tc609", { line, field: beside }).message };
  }
  return {
    match: "no",
    reason: reason("tc609-none", {}).message,
  };
}

const bom = Buffer.from([0xef, 0xbb, 0xbf]);

/** Keys of the object that a line begins; a line that is broken, or longer than the sample, still shows those before its end. */
function keysOf(line: Buffer): ReturnType<typeof outlineOf>["keys"] | undefined {
  if (!/^[ \t]*\{/.test(line.toString("latin1", 0, 64))) return undefined;
  return outlineOf(openJson(memorySource(line), { onFault: () => {} }), { at: "", after: "" }).keys;
}
