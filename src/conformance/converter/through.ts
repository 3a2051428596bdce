import { heldData } from "../../formats/walk.js";
import { TouchstoneError } from "../../records/errors.js";
import { type Called, callConverter, type DataFiles } from "../call-tool.js";
import { askedFormat } from "../drawn-files.js";
import type { Isolation } from "../isolation.js";
import type { FormatPair, LoadedTool } from "../tool-file.js";
import type { ConversionRow } from "../tool-report.js";
import { type Records, readRecords } from "./read-records.js";

type Way = ConversionRow["way"];

/** What came of one way: the records that our reader finds, or why there are none. */
export interface Passed {
  readonly way: Way;
  readonly called: Called<DataFiles>;
  readonly records?: Records;
  readonly reason?: string;
}

/** Data through the tool to the other format, and back where that is asked and there was something to go back from. */
export async function throughTool(
  tool: LoadedTool,
  { from, to }: FormatPair,
  files: DataFiles,
  { isolation, back }: { readonly isolation: Isolation; readonly back: boolean },
): Promise<readonly Passed[]> {
  const there = await callConverter(tool, files, { from: from.format, to: to.format }, isolation);
  const first = await read("there", there, files, to.format);
  if (!back || there.answer === undefined || first.records === undefined) return [first];
  const given = withPictures(there.answer, files);
  const again = await callConverter(tool, given, { from: to.format, to: from.format }, isolation);
  return [first, await read("back", again, files, from.format)];
}

async function read(way: Way, called: Called<DataFiles>, given: DataFiles, format: string): Promise<Passed> {
  if (called.answer === undefined) return { way, called, reason: reasonOf(called) };
  const records = await recordsOf(withPictures(called.answer, given), format);
  return typeof records === "string"
    ? { way, called: { ...called, ended: "unreadable", reason: records }, reason: records }
    : { way, called, records };
}

function reasonOf({ ended, status, reason = "" }: Called<DataFiles>): string {
  return `${ended}${status === null ? "" : ` ${status}`}${reason === "" ? "" : `: ${reason}`}`;
}

/** The records of data in a format, or why they are none of it. */
export async function recordsOf(files: DataFiles, format: string): Promise<Records | string> {
  try {
    const records = await readRecords(heldData(files), askedFormat(format));
    return records.format === format ? records : `it reads as ${records.format}, not ${format}`;
  } catch (error) {
    if (!(error instanceof TouchstoneError)) throw error;
    return error.message;
  }
}

const picture = /\.(jpe?g|png|bmp|gif|webp|tiff?)$/i;

/** A tool that writes annotations alone leaves the pictures where they were: what it wrote is read beside them. */
function withPictures(written: DataFiles, given: DataFiles): DataFiles {
  if ([...written.keys()].some((path) => picture.test(path))) return written;
  return new Map([...written, ...[...given].filter(([path]) => picture.test(path))]);
}
