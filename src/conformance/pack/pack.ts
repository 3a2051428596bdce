import { createHash } from "node:crypto";
import type { Kind, LocalText } from "../../records/grammar.gen.js";
import type { Tool } from "../../records/report.gen.js";

/** One dataset of a pack: `violating` breaks its rule, `conforming` is the same dataset before it was broken. */
export interface PackCase {
  readonly case: string;
  readonly rule: string;
  readonly side: "conforming" | "violating";
  readonly format: string;
  /** Folder below that of the manifest. */
  readonly path: string;
  /** See `digestOfFiles`. */
  readonly sha256: string;
}

/** `manifest.json` */
export interface Manifest {
  readonly pack: 1;
  readonly made_by: Tool;
  readonly standard: { readonly id: string; readonly edition: string; readonly deciding_digest: string };
  readonly format: string;
  readonly seed: number;
  /** SHA-256 of answers.jsonl, which is kept apart. */
  readonly answers_sha256: string;
  readonly cases: readonly PackCase[];
  /** Rules of the standard that no case is about. */
  readonly left_out: readonly { readonly rule: string; readonly reason: LocalText }[];
}

/** Where a rule must find something. */
export interface ExpectedFinding {
  readonly rule: string;
  readonly kind: Kind;
  /** The id that the file gives the record; where it gives none, its JSON Pointer or `file:line`. */
  readonly record: string;
  readonly file: string;
  readonly line: number;
  readonly pointer: string | null;
  readonly media: string | null;
}

/** A line of `answers.jsonl`. */
export interface PackAnswer {
  readonly case: string;
  readonly findings: readonly ExpectedFinding[];
  /** Rules that find something in the case too, or may: they are neither asked for nor held against a tool. */
  readonly may: readonly string[];
  readonly media: number;
  readonly annotations: number;
}

/** SHA-256 of a folder: over a line `<sha256 of the file>  <path>` for each file, sorted by path, as `sha256sum` writes them. */
export function digestOfFiles(files: ReadonlyMap<string, Uint8Array>): string {
  const lines = [...files]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([path, bytes]) => `${sha256(bytes)}  ${path}\n`);
  return sha256(lines.join(""));
}

export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
