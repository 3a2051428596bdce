import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The corpus of real datasets lies beside the checkout, or where TOUCHSTONE_CORPUS says; tests over it are skipped by name without it. */
export const corpus =
  process.env["TOUCHSTONE_CORPUS"] ?? fileURLToPath(new URL("../../../../shared/corpus", import.meta.url));
export const hasCorpus = existsSync(join(corpus, "MANIFEST.json"));

if (!hasCorpus)
  console.warn(
    "corpus-absent: no MANIFEST.json in ../shared/corpus and TOUCHSTONE_CORPUS is not set, so no measure is taken of real answers",
  );
