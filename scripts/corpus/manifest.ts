import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What a script that is not ours found wrong with a case. */
export interface KnownDefect {
  readonly code: string;
  readonly severity: "error" | "warning" | "info";
  readonly how: string;
  readonly count: number;
}

export interface CorpusCase {
  readonly format: string;
  readonly case: string;
  readonly dir: string;
  readonly counts: Readonly<Record<string, unknown>>;
  readonly known_defects?: readonly KnownDefect[];
}

export interface Corpus {
  readonly root: string;
  readonly cases: readonly CorpusCase[];
  /** Rules that answer for a code of a known defect. */
  readonly rulesOf: Readonly<Record<string, readonly string[]>>;
}

/** Folders of the corpus whose format is one that Touchstone reads; Croissant has a test of its own beside its reader. */
const formatsRead: ReadonlySet<string> = new Set([
  ...["coco-instances", "coco-keypoints", "coco-captions", "coco-panoptic", "coco-results", "lvis"],
  ...["voc", "yolo", "tc609-jsonl"],
]);

/** Cases that are not what their folder says: to be reported as unknown or ambiguous, never guessed. */
export const notWhatTheySay: ReadonlySet<string> = new Set(["mmocr-textdet", "scalabel-coco-rle", "cartucho-map"]);

/** Reads the corpus' own lists. They are ours, not data to be judged, so JSON.parse is fair. */
export function loadCorpus(root: string): Corpus {
  const manifest = JSON.parse(readFileSync(join(root, "MANIFEST.json"), "utf8")) as { cases: readonly CorpusCase[] };
  const defects = JSON.parse(readFileSync(join(root, "defects.json"), "utf8")) as {
    rules: Corpus["rulesOf"];
  };
  return { root, cases: manifest.cases.filter(({ format }) => formatsRead.has(format)), rulesOf: defects.rules };
}
