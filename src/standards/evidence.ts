import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";
import { hashingSource, openFile } from "../formats/bytes/source.js";
import { UsageError } from "../records/errors.js";
import type { EvidenceItem } from "../records/grammar.gen.js";
import { readOptions } from "./options-file.js";

/** A piece of evidence whose file is not the one that was judged. */
export interface EvidenceMismatch {
  readonly item: EvidenceItem;
  /** SHA-256 of the file as it is. */
  readonly actual: string;
}

export interface Evidence {
  /** What counts: the file is there and has the digest that was written down when it was judged. */
  readonly items: readonly EvidenceItem[];
  /** SHA-256 of evidence.yaml itself. */
  readonly digest: string;
  readonly mismatches?: readonly EvidenceMismatch[];
  /** `evidence.yaml:4:3`, for messages. */
  readonly placeOf?: (item: EvidenceItem) => string;
}

/** Id of the fault that a digest which differs is; a scheme's standard has a rule for it. */
export const digestFault = "evidence-digest-mismatch";

/**
 * Reads evidence.yaml and holds the digest of each file against the file. One that differs does not count, and is a finding.
 *
 * @throws UsageError the YAML does not fit, a file is not there, a path is absolute, a > b, or an indicator has two conclusions
 */
export function readEvidence(path: string): Evidence {
  const { data, place } = readOptions<EvidenceItem[]>(path, "evidence");
  const places = new Map(data.map((item, index) => [item, place([index])]));
  const seen = new Set<string>();
  const items: EvidenceItem[] = [];
  const mismatches: EvidenceMismatch[] = [];
  for (const item of data) {
    const at = { file: path, place: places.get(item) ?? "" };
    if (seen.has(item.indicator))
      throw new UsageError("TS-USAGE-0004", {
        ...at,
        found: `a second item for ${item.indicator}`,
        expected: "one conclusion an indicator",
        hint: "Put what it rests on into one document",
      });
    seen.add(item.indicator);
    if ((item.a ?? 0) > (item.b ?? Number.POSITIVE_INFINITY))
      throw new UsageError("TS-USAGE-0004", { ...at, found: `a ${item.a}, b ${item.b}`, expected: "a of at most b" });
    const actual = digestOfFile(path, item, at);
    if (actual === item.sha256) items.push(item);
    else mismatches.push({ item, actual });
  }
  return {
    items,
    digest: createHash("sha256").update(readFileSync(path)).digest("hex"),
    mismatches,
    placeOf: (item) => `${basename(path)}:${places.get(item) ?? ""}`,
  };
}

function digestOfFile(path: string, item: EvidenceItem, at: { readonly file: string; readonly place: string }): string {
  if (isAbsolute(item.path))
    throw new UsageError("TS-USAGE-0004", {
      ...at,
      found: `path ${item.path}`,
      expected: "a path relative to the file",
    });
  const file = join(dirname(path), item.path);
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true)
    throw new UsageError("TS-USAGE-0002", { ...at, found: item.path });
  const source = hashingSource(openFile({ absolute: file }));
  try {
    return source.digest();
  } finally {
    source.close();
  }
}
