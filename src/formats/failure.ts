import { InputError, type TouchstoneError } from "../records/errors.js";
import { newFile } from "../records/types.gen.js";
import type { InputFile, Sink } from "./format.js";

/** The rule that reports what ended a file. */
function ruleOf(error: TouchstoneError): string {
  switch (error.code) {
    case "TS-FORMAT-0010":
    case "TS-FORMAT-0012":
    case "TS-FORMAT-0014":
    case "TS-FORMAT-0018":
    case "TS-FORMAT-0021":
      return "json-parse-error";
    case "TS-FORMAT-0013":
    case "TS-FORMAT-0015":
      return "invalid-utf8";
    default:
      return "file-unreadable";
  }
}

/** An error that ended a file becomes a fault of that file; anything that is not about the input is a fault of ours and rises. */
export function reportUnreadable(
  sink: Sink,
  current: InputFile | undefined,
  file: InputFile,
  format: string,
  error: unknown,
): InputError {
  if (!(error instanceof InputError)) throw error;
  if (current !== file) {
    const record = newFile();
    record.path = file.path;
    record.format = format;
    record.bytes = file.bytes;
    sink.file(record, file);
  }
  const { code, details } = error;
  sink.fault({
    rule: ruleOf(error),
    kind: "file",
    offset: details.offset ?? 0,
    element: -1,
    values: [
      { name: code, value: details.found ?? "", relation: "expected", bound: details.expected ?? "a whole file" },
    ],
  });
  return error;
}
