import type { Fault } from "../records/finding.js";
import type { Kind, LocalText } from "../records/grammar.gen.js";
import type {
  AnnotationRecord,
  CategoryRecord,
  DatasetRecord,
  FileRecord,
  MediaRecord,
  NodeRecord,
} from "../records/types.gen.js";
import type { JsonValue } from "./json/api.js";
import type { JsonOutline } from "./json/outline.js";

/**
 * Takes records as they are read. A record is reused by the reader: copy what you keep. `offset` is the byte at which the record begins,
 * `element` its position among its kind in the file. A fault about a record comes before that record, with the same element.
 */
export interface Sink {
  /** Begins a file; all that follows belongs to it until the next call. */
  file(record: FileRecord, file: InputFile): void;
  /** The file declares this kind, though perhaps with no record: references to it are asked. */
  declares(kind: Kind): void;
  dataset(record: DatasetRecord, offset: number, element: number): void;
  category(record: CategoryRecord, offset: number, element: number): void;
  /** `raw` is the record as the file has it, from formats that are held against record schemas (`schema` rules); it is kept by nobody. */
  media(record: MediaRecord, offset: number, element: number, raw?: JsonValue): void;
  annotation(record: AnnotationRecord, offset: number, element: number): void;
  /** A node of the dataset's documentation (Croissant). */
  node(record: NodeRecord, offset: number, element: number): void;
  fault(fault: Fault): void;
  /** SHA-256 of the file at hand, where reading it gave that too. */
  digest(sha256: string): void;
  /** A unit that could not be made into a record. */
  notRead(kind: Kind, offset: number, element: number, reason: string): void;
  /** Called now and then by readers at record boundaries: progress, and a chance for Ctrl-C. */
  tick(bytesRead: number): Promise<void> | undefined;
}

/** One file of the dataset. */
export interface InputFile {
  /** Path below the root, / between segments. */
  readonly path: string;
  /** Where it lies on this machine; never printed. */
  readonly absolute: string;
  /** Its bytes, where it is not on the disk. */
  readonly held?: Uint8Array;
  readonly bytes: number;
  /** Index in the sorted list of files. */
  readonly index: number;
}

/** The start of a file, for detection: at most 64 kB, decompressed when it is a .gz. */
export interface FileSample {
  readonly file: InputFile;
  readonly head: Buffer;
  /** Whether `head` is the whole file. */
  readonly whole: boolean;
  /** The file from above, where it begins as JSON; worked out once. */
  outline(): JsonOutline | undefined;
}

export interface Detection {
  readonly match: "yes" | "no";
  /** Why, for a person: `root key "images" is a list`. */
  readonly reason: LocalText;
}

/** What a reader is given: the files that were detected as its format, all files, and a safe way to other paths. */
export interface ReadInput {
  readonly files: readonly InputFile[];
  /** All files below the root, by path; media among them. */
  readonly all: ReadonlyMap<string, InputFile>;
  /** The file that a path of the data names, or undefined when it is not there. A path that leaves the root is `unsafe` and is never opened. */
  resolve(path: string, from: InputFile): InputFile | "unsafe" | undefined;
}

/** One annotation format: detect, read, read one record again. Registered in formats/index.ts. */
export interface Format {
  readonly id: string;
  readonly family: string;
  readonly title: LocalText;
  /** Faults that reading can raise, with the kinds of unit that they name: those rules count as asked of these units. */
  readonly faults: Readonly<Partial<Record<string, readonly Kind[]>>>;
  /** By content, never by name alone. */
  detect(sample: FileSample): Detection;
  /** Reads all `input.files`, in order. An InputError ends its file: report it through `onError` and go on. */
  read(input: ReadInput, sink: Sink, onError: (file: InputFile, error: unknown) => void): Promise<void>;
  /** JSON Pointer of a record, where the format is JSON. */
  pointer?(kind: Kind, element: number): string | undefined;
}

/** One dataset of a family as its files together show it. */
export interface Settled {
  /** undefined: the files do not decide between the candidates. */
  readonly format: Format | undefined;
  readonly candidates: readonly string[];
  readonly reason: LocalText;
  /** All files that reading takes records from, those that show nothing by themselves too. */
  readonly files: readonly InputFile[];
}

/** Settles what single files cannot show: which of the family's formats it is, and which other files belong to it. */
export type Settle = (
  detected: readonly { readonly file: InputFile; readonly id: string }[],
  all: ReadonlyMap<string, InputFile>,
) => Settled;
