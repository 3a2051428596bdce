import { InputError, type TouchstoneError } from "../records/errors.js";
import { newFile } from "../records/types.gen.js";
import { positions } from "./bytes/position.js";
import { isGzip, openFile } from "./bytes/source.js";
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
      return "invalid-utf8";
    default:
      return "file-unreadable";
  }
}

/** Whether an error is about the machine (permission, room on the disk) and not about the data: it ends the run and is no finding. */
export function isAboutMachine({ code }: TouchstoneError): boolean {
  return code.startsWith("TS-IO-");
}

/** The same error with its file and, where it has an offset, with line and column. */
export function located(error: InputError, file: InputFile): InputError {
  const { code, details } = error;
  const place = details.place ?? (details.offset === undefined ? undefined : placeOf(file, details.offset));
  return new InputError(code, { ...details, file: file.path, ...(place === undefined ? {} : { place }) });
}

/** `line:column`; in a .gz the byte of the decompressed text, for which it would have to be decompressed again. */
function placeOf(file: InputFile, offset: number): string {
  const source = openFile(file);
  try {
    const head = new Uint8Array(2);
    if (isGzip(head.subarray(0, source.read(head, 0)))) return `byte ${offset}`;
    const [at] = positions(source, [offset]);
    return `${at?.line}:${at?.column}`;
  } finally {
    source.close();
  }
}

/** An error that ended a file becomes a fault of that file; anything that is not about the input is a fault of ours or the machine's and rises. */
export function reportUnreadable(
  sink: Sink,
  current: InputFile | undefined,
  file: InputFile,
  format: Format | undefined,
  error: unknown,
): InputError {
  if (!(error instanceof InputError)) throw error;
  const placed = located(error, file);
  if (isAboutMachine(error)) throw placed;
  if (current !== file) {
    const record = newFile();
    record.path = file.path;
    record.format = format?.id;
    record.bytes = file.bytes;
    sink.file(record, file);
  }
  const { code, details } = placed;
  sink.fault({
    rule: ruleOf(error, format),
    kind: "file",
    offset: details.offset ?? 0,
    element: -1,
    values: [
      { name: code, value: details.found ?? "", relation: "expected", bound: details.expected ?? "a whole file" },
    ],
  });
  return placed;
}
