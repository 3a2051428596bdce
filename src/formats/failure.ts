import { InputError, type TouchstoneError } from "../records/errors.js";
import { newFile } from "../records/types.gen.js";
import type { Format, InputFile, Sink } from "./format.js";

/** The rule that reports what ended a file; a file whose format has no rule of its own for it is unreadable. */
function ruleOf(error: TouchstoneError, format: Format | undefined): string {
  switch (error.code) {
    case "TS-FORMAT-0010":
    case "TS-FORMAT-0012":
    case "TS-FORMAT-0014":
    case "TS-FORMAT-0018":
    case "TS-FORMAT-0021":
      return format === undefined || format.faults["json-parse-error"] !== undefined
        ? "json-parse-error"
        : "file-unreadable";
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
  format: Format | undefined,
  error: unknown,
): InputError {
  if (!(error instanceof InputError)) throw error;
  if (current !== file) {
    const record = newFile();
    record.path = file.path;
    record.format = format?.id;
    record.bytes = file.bytes;
    sink.file(record, file);
  }
  const { code, details } = error;
  sink.fault({
    rule: ruleOf(error, format),
    kind: "file",
    offset: details.offset ?? 0,
    element: -1,
    values: [
      { name: code, value: details.found ?? "", relation: "expected", bound: details.expected ?? "a whole file" },
    ],
  });
  return error;
}
