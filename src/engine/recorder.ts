import type { InputFile } from "../formats/format.js";
import type { FindingValue } from "../records/finding.js";
import type { Kind, LocalText, Severity } from "../records/grammar.gen.js";
import type { Drawing } from "../records/report.gen.js";
import type { BoundRule } from "../standards/cel/api.js";
import { type Fingerprint, fingerprintOf, hex } from "./fingerprint.js";
import { bins, counted, type RuleState, withMedium } from "./rule-state.js";

/** Decides whether a finding is waived. */
export type WaiverTest = (rule: string, fingerprint: string, mediaPath: string | undefined, file: string) => boolean;

/** One finding of `--findings`: every one, in the order of reading. */
export interface StreamedFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly certainty: "exact" | "heuristic";
  /** Whether a finding of the rule counts for the verdict; all others are hints. */
  readonly deciding: boolean;
  readonly title: LocalText;
  readonly fingerprint: string;
  readonly waived: boolean;
  readonly kind: Kind;
  readonly file: string;
  /** Position of the file among those that were read, from 1: its name in a redacted report. */
  readonly file_number: number;
  readonly offset: number;
  readonly pointer?: string;
  readonly record?: string;
  readonly media?: string;
  readonly category?: string;
  readonly values: readonly FindingValue[];
  /** Ids of the other members of a pair or group. */
  readonly others?: readonly string[];
  /** Outline of what was found, px of the medium. */
  readonly shapes?: Drawing["shapes"];
}

/** Where a finding lies and what it is about. */
export interface Subject {
  readonly kind: Kind;
  readonly file: number;
  readonly offset: number;
  readonly element: number;
  readonly record: string | undefined;
  readonly mediaRow: number;
  readonly mediaPath: string | undefined;
  readonly categoryRow: number;
  readonly categoryName: string | undefined;
  readonly annotator: string | undefined;
  /** JSON Pointer, where the record brings its own. */
  readonly pointer?: string;
}

/** What is worked out only for findings that are kept or streamed. */
export interface FindingDetails {
  values(): readonly FindingValue[];
  drawing?(): Drawing | undefined;
  others?(): readonly string[];
  readonly pointer?: string;
}

export interface Recorder {
  /** Counts a finding and keeps it where it is among the smallest; gives whether it is waived. */
  violation(state: RuleState, subject: Subject, content: Fingerprint, field: string, details: FindingDetails): boolean;
  notEvaluated(state: RuleState, bound: BoundRule): void;
}

export interface RecorderOptions {
  readonly waived?: WaiverTest;
  readonly onFinding?: (finding: StreamedFinding) => void;
  /** JSON Pointer of a record in a file. */
  readonly pointer: (file: number, kind: Kind, element: number) => string | undefined;
}

export function createRecorder(files: readonly InputFile[], options: RecorderOptions): Recorder {
  const starts: number[] = [];
  const paths: string[] = [];
  const numbers: number[] = [];
  let totalBytes = 0;
  for (const [number, file] of files.entries()) {
    numbers[file.index] = number;
    starts[file.index] = totalBytes;
    paths[file.index] = file.path;
    totalBytes += file.bytes;
  }

  /** Bin over the concatenated bytes of the sorted files. */
  function bin(file: number, offset: number): number {
    if (totalBytes === 0) return 0;
    return Math.min(bins - 1, Math.floor((((starts[file] ?? 0) + offset) * bins) / totalBytes));
  }

  return {
    violation(state, subject, content, field, details) {
      const { rule } = state.active;
      const { high, low } = fingerprintOf(rule.id, content, field);
      const fingerprint = hex(high, low);
      const path = paths[subject.file] ?? "";
      const waived = options.waived?.(rule.id, fingerprint, subject.mediaPath, path) ?? false;
      state.violations++;
      if (waived) state.waived++;
      if (subject.categoryRow >= 0) state.byCategory = counted(state.byCategory, subject.categoryRow);
      if (subject.annotator !== undefined) state.byAnnotator = counted(state.byAnnotator, subject.annotator);
      if (subject.mediaRow >= 0) state.media = withMedium(state.media, subject.mediaRow);
      const at = bin(subject.file, subject.offset);
      state.where ??= new Float64Array(bins);
      state.where[at] = (state.where[at] ?? 0) + 1;
      const admitted = state.examples.admits(high, low);
      if (!admitted && options.onFinding === undefined) return waived;
      const values = details.values();
      const { record, mediaPath, categoryName } = subject;
      const drawing = details.drawing?.();
      const others = details.others?.() ?? [];
      const pointer =
        details.pointer ??
        subject.pointer ??
        (subject.element < 0 ? undefined : options.pointer(subject.file, subject.kind, subject.element));
      const about = {
        ...(pointer === undefined ? {} : { pointer }),
        ...(record === undefined ? {} : { record }),
        ...(mediaPath === undefined ? {} : { media: mediaPath }),
        ...(categoryName === undefined ? {} : { category: categoryName }),
        ...(others.length === 0 ? {} : { others }),
      };
      options.onFinding?.({
        rule: rule.id,
        severity: state.active.severity,
        certainty: rule.certainty,
        deciding: state.active.deciding,
        title: rule.title,
        fingerprint,
        waived,
        kind: subject.kind,
        file: path,
        file_number: (numbers[subject.file] ?? 0) + 1,
        offset: subject.offset,
        values,
        ...about,
        ...(drawing === undefined ? {} : { shapes: drawing.shapes }),
      });
      if (!admitted) return waived;
      state.examples.add({
        high,
        low,
        kind: subject.kind,
        file: subject.file,
        offset: subject.offset,
        element: subject.element,
        waived,
        values,
        ...about,
        ...(drawing === undefined ? {} : { drawing }),
      });
      return waived;
    },
    notEvaluated(state, bound) {
      state.notEvaluated++;
      state.codes = counted(state.codes, bound.error().code);
    },
  };
}
