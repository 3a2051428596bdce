import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Answer } from "../../src/generate/dataset.js";
import { type CopySink, type GeneratedFrom, openRealData } from "../../src/generate-from.js";
import { TouchstoneError } from "../../src/records/errors.js";
import type { LoadedStandard } from "../../src/standards/load.js";
import { type Assessed, assessWhole, type PlacedFinding } from "./findings.js";

/** What came of planting one rule in a copy of a dataset. */
export interface PlantedProof {
  readonly rule: string;
  /** Defects in the copy. */
  readonly planted: number;
  /** Answers of the key, and those of them that the rule finds at their file and place. */
  readonly answers: number;
  readonly found: number;
  /** New findings that neither the defect nor what its break names explains, and answers that are not found. */
  readonly problems: readonly string[];
  /** Why nothing could be planted. */
  readonly refused?: string;
}

/** Plants defects of one rule after another in a dataset, each in a copy of its own, and holds what is found then against the answer key. */
export async function plantEach(
  root: string,
  standard: LoadedStandard,
  rules: readonly string[],
  { count, seed }: { count: number; seed: number },
): Promise<readonly PlantedProof[]> {
  const before = await assessWhole(root, standard.document.id);
  const source = await openRealData(root, { standard });
  const proofs: PlantedProof[] = [];
  for (const rule of rules) {
    const proof = await withFolder(async (folder) => {
      let made: GeneratedFrom;
      try {
        made = await source.plant(new Map([[rule, count]]), seed, folderSink(folder));
      } catch (error) {
        if (!(error instanceof TouchstoneError)) throw error;
        return {
          rule,
          planted: 0,
          answers: 0,
          found: 0,
          problems: [],
          refused: error.details.says?.en ?? error.message,
        };
      }
      const copy = join(folder, "data");
      const planted = made.rules[0]?.planted ?? 0;
      const answers = made.answers.length;
      let after: Assessed;
      try {
        after = await assessWhole(copy, standard.document.id);
      } catch (error) {
        if (!(error instanceof TouchstoneError)) throw error;
        return { rule, planted, answers, found: 0, problems: [error.message] };
      }
      const { found, problems } = holdAgainst({ answers: made.answers, before, after, standard, copy });
      return { rule, planted, answers, found, problems };
    });
    proofs.push(proof);
  }
  return proofs;
}

/** A folder that is gone afterwards. */
async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "touchstone-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes a copy into a folder. */
export function folderSink(folder: string): CopySink {
  const put = (path: string, write: (absolute: string) => void): void => {
    const absolute = join(folder, path);
    mkdirSync(dirname(absolute), { recursive: true });
    write(absolute);
  };
  return {
    copy: (path, from) => put(path, (absolute) => copyFileSync(from, absolute)),
    bytes: (path, bytes) => put(path, (absolute) => writeFileSync(absolute, bytes)),
  };
}

export interface KeyCheck {
  readonly answers: readonly Answer[];
  readonly before: Assessed;
  readonly after: Assessed;
  readonly standard: LoadedStandard;
  /** Root of the broken copy. */
  readonly copy: string;
}

/** Whether the findings of a broken copy differ from those of the dataset by what the answer key says. */
export function holdAgainst({ answers, before, after, standard, copy }: KeyCheck): {
  found: number;
  problems: readonly string[];
} {
  const fresh = withoutOnes(after.findings, before.findings);
  const problems: string[] = [];
  let found = 0;
  for (const answer of answers)
    if (fresh.some((finding) => finding.rule === answer.rule && isAt(finding, answer, copy))) found += 1;
    else problems.push(`${answer.rule} is not found at ${answer.file}:${answer.line} ${answer.pointer ?? ""}`);
  const planted = new Set(answers.map(({ rule }) => rule));
  const named = new Set([...planted, ...answers.flatMap(({ also }) => also)]);
  const heuristic = new Set(standard.rules.filter(({ certainty }) => certainty === "heuristic").map(({ id }) => id));
  for (const { id, break: source, within } of standard.rules) {
    if (!planted.has(id)) continue;
    for (const may of source?.may ?? []) named.add(may);
    // Of a group every member is found.
    if (within === undefined) named.delete(id);
  }
  // What counts over the whole, or over a label or a medium, changes with every annotation that joins another or none.
  const counting = new Set(standard.rules.filter(isCounting).map(({ id }) => id));
  // A copy of a medium has annotations like those of the first.
  const copied = new Set(
    fresh.flatMap(({ kind, media, rule }) =>
      kind === "media" && planted.has(rule) && media !== undefined ? [media] : [],
    ),
  );
  for (const finding of fresh)
    if (
      !counting.has(finding.rule) &&
      !(finding.kind === "file" && planted.has(finding.rule)) &&
      !(finding.media !== undefined && copied.has(finding.media)) &&
      !heuristic.has(finding.rule) &&
      !named.has(finding.rule) &&
      !answers.some((answer) => isAt(finding, answer, copy))
    )
      problems.push(`${finding.rule} is found at ${finding.file}:${finding.line} ${finding.pointer ?? ""}`);
  for (const answer of answers)
    for (const also of answer.also)
      if (!after.findings.some(({ rule }) => rule === also)) problems.push(`${also} does not come with ${answer.rule}`);
  return { found, problems };
}

/** Whether a rule reads measurements, or says something of the whole. */
function isCounting({ on, assert = "", when = "" }: LoadedStandard["rules"][number]): boolean {
  return on === "dataset" || /\bmeasure\(|\bcategory\.leaf\b/.test(`${assert} ${when}`);
}

/**
 * Findings of the first list that the second does not have. A finding that is there no more, and one of the same rule about the same record, are one: the
 * fingerprint tells the medium and the category too, which a defect may have changed.
 */
function withoutOnes(all: readonly PlacedFinding[], known: readonly PlacedFinding[]): readonly PlacedFinding[] {
  const byContent = ({ rule, file, fingerprint }: PlacedFinding): string => `${rule} ${file} ${fingerprint}`;
  const byRecord = ({ rule, file, kind, record, line }: PlacedFinding): string =>
    `${rule} ${file} ${kind} ${record ?? `at ${line}`}`;
  const { left, rest } = matched(all, known, byContent);
  return matched(left, rest, byRecord).left;
}

function matched(
  all: readonly PlacedFinding[],
  known: readonly PlacedFinding[],
  keyOf: (finding: PlacedFinding) => string,
): { left: readonly PlacedFinding[]; rest: readonly PlacedFinding[] } {
  const open = new Map<string, PlacedFinding[]>();
  for (const one of known) open.set(keyOf(one), [...(open.get(keyOf(one)) ?? []), one]);
  const left = all.filter((one) => open.get(keyOf(one))?.pop() === undefined);
  return { left, rest: [...open.values()].flat() };
}

function isAt(finding: PlacedFinding, { kind, file, line, pointer }: Answer, copy: string): boolean {
  if (kind === "dataset") return true;
  if (finding.file !== file) return false;
  if (kind === "file") return true;
  if (pointer !== null && finding.pointer !== undefined)
    return (
      finding.pointer === pointer ||
      (pointer !== "" && finding.pointer.startsWith(`${pointer}/`)) ||
      (pointer === "" && finding.line === line)
    );
  if (finding.line === line) return true;
  return file.endsWith(".xml") && finding.line > line && !endsBetween(join(copy, file), line, finding.line);
}

/** Whether an object of a VOC file ends between two lines: a fault is found at its field. */
function endsBetween(path: string, first: number, last: number): boolean {
  const lines = readFileSync(path, "latin1").split("\n");
  return lines.slice(first - 1, last - 1).some((text) => text.includes("</object>"));
}
