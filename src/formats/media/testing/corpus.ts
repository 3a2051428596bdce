import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The corpus of real datasets lies beside the checkout, or where TOUCHSTONE_CORPUS says; tests over it are skipped by name without it. */
const beside = fileURLToPath(new URL("../../../../../shared/corpus", import.meta.url));
export const corpus = process.env["TOUCHSTONE_CORPUS"] ?? beside;
export const hasCorpus = existsSync(join(corpus, "MANIFEST.json"));
if (!hasCorpus)
  console.warn("corpus tests are skipped: no MANIFEST.json in ../shared/corpus and TOUCHSTONE_CORPUS is not set");

export interface CorpusCase {
  readonly format: string;
  readonly case: string;
  readonly dir: string;
  readonly counts: Readonly<Record<string, unknown>>;
}

export function corpusCases(format: string): readonly CorpusCase[] {
  if (!hasCorpus) return [];
  const manifest = JSON.parse(readFileSync(join(corpus, "MANIFEST.json"), "utf8")) as { cases: readonly CorpusCase[] };
  return manifest.cases.filter((entry) => entry.format === format);
}

/** Files of the corpus whose path is wanted, sorted. */
export function corpusFiles(wanted: (path: string) => boolean): readonly string[] {
  if (!hasCorpus) return [];
  return readdirSync(corpus, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(wanted)
    .sort();
}
