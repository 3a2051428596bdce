import { memorySource } from "../../formats/bytes/memory-source.js";
import { guessCoco } from "../../formats/coco/detect.js";
import { cocoPointer } from "../../formats/coco/pointer.js";
import { readCocoSource } from "../../formats/coco/read-source.js";
import type { Sink } from "../../formats/format.js";
import { outlineOf } from "../../formats/json/outline.js";
import { openJson } from "../../formats/json/reader.js";
import { InputError } from "../../records/errors.js";
import type { Fault } from "../../records/finding.js";
import type { Kind, LocalText } from "../../records/grammar.gen.js";
import type { Assessor } from "../assessor.js";

/** What reading a file gave beside its records. */
export interface ReadFile {
  readonly format: string;
  readonly counts: Readonly<Record<"media" | "category" | "annotation", number>>;
  /** Faults of reading, with the place of the record that each is about. */
  readonly faults: readonly { readonly fault: Fault; readonly pointer: string | undefined }[];
  /** What ended the file, where it could not be read to its end. */
  readonly broken: InputError | undefined;
  /** JSON Pointer of the record at a position. */
  pointer(position: number): string | undefined;
}

/** Why a file is not read. */
export interface NotRead {
  readonly reason: LocalText;
}

/** Reads the bytes of a COCO file with the reader that `touchstone assess` has, and hands its records to an assessor. */
export async function readCocoBytes(
  bytes: Uint8Array,
  path: string,
  assessor: Pick<Assessor, "add" | "declares">,
  tick: () => Promise<void> | undefined,
): Promise<ReadFile | NotRead> {
  const source = memorySource(bytes);
  const outline = outlineOf(openJson(source, { onFault: () => {} }), { at: "annotations", after: "images" });
  const { variant, reason } = guessCoco(outline);
  if (variant === undefined) return { reason };
  const faults: { fault: Fault; pointer: string | undefined }[] = [];
  const kinds: Kind[] = [];
  const elements: number[] = [];
  const counts = { media: 0, category: 0, annotation: 0 };
  const take = (kind: Kind, record: object, element: number): void => {
    kinds.push(kind);
    elements.push(element);
    assessor.add({ [kind]: record });
  };
  const sink: Sink = {
    file: (record) => take("file", record, -1),
    declares: (kind) => assessor.declares(kind),
    dataset: (record, _, element) => take("dataset", record, element),
    node: () => {},
    category(record, _, element) {
      counts.category++;
      take("category", record, element);
    },
    media(record, _, element) {
      counts.media++;
      take("media", record, element);
    },
    annotation(record, _, element) {
      counts.annotation++;
      take("annotation", record, element);
    },
    fault(fault) {
      const pointer = fault.element < 0 ? undefined : cocoPointer(variant, fault.kind, fault.element);
      faults.push({ fault, pointer: fault.pointer ?? pointer });
    },
    digest: () => {},
    notRead: () => {},
    tick,
  };
  let broken: InputError | undefined;
  const file = { path, absolute: path, bytes: bytes.length, index: 0 };
  try {
    await readCocoSource(source, file, { variant }, sink);
  } catch (error) {
    if (!isInputError(error)) throw error;
    broken = error;
  }
  return {
    format: variant,
    counts,
    faults,
    broken,
    pointer: (position) => {
      const kind = kinds[position];
      return kind === undefined ? undefined : cocoPointer(variant, kind, elements[position] ?? 0);
    },
  };
}

function isInputError(error: unknown): error is InputError {
  return error instanceof InputError;
}
