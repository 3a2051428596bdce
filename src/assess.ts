import { resolve as absolutePath, basename } from "node:path";
import type { HeldAgainstGold } from "./comparison/gold.js";
import { raiseEvidence } from "./engine/evidence.js";
import { finishRun, type MediaAccess } from "./engine/finish.js";
import { readDetected } from "./engine/read-files.js";
import type { StreamedFinding } from "./engine/recorder.js";
import { createRun } from "./engine/run.js";
import { hashFile } from "./formats/bytes/source.js";
import { type DetectedData, detectData } from "./formats/detect.js";
import type { InputFile } from "./formats/format.js";
import { faultsOf } from "./formats/index.js";
import { examineMedia } from "./formats/media/examine.js";
import { nothingRecognised } from "./formats/read.js";
import { newResolver } from "./formats/resolve.js";
import { listData } from "./formats/walk.js";
import { measures } from "./measures/index.js";
import type { Measure } from "./measures/measure.js";
import { type InputError, UsageError } from "./records/errors.js";
import type { ProfileDocument } from "./records/grammar.gen.js";
import type { IssueData, Report } from "./records/report.gen.js";
import { compareBaseline } from "./report/baseline.js";
import { composeReport, decidedIndicators, type ReportSettings } from "./report/compose.js";
import { redact } from "./report/redact.js";
import { wantFitting } from "./schemes/evidence.js";
import { applyStandards, type RuleSet } from "./standards/apply.js";
import { type Basis, basisOf } from "./standards/basis.js";
import { digestFault, type Evidence } from "./standards/evidence.js";
import { waiverTest } from "./standards/waivers.js";

/** How an assessment goes on: for a progress line, and for stopping it. */
export interface Progress {
  readonly phase: "read" | "media" | "rules";
  readonly done: number;
  readonly of: number;
}

export interface AssessOptions {
  /** A scheme that joins standards; default `ref-dataset-assessment`, unless `standards` are given. */
  readonly scheme?: string;
  /** Standards without a scheme: judged strictly. IDs, ID@edition, or folders. */
  readonly standards?: readonly string[];
  readonly profile?: ProfileDocument;
  readonly evidence?: Evidence;
  readonly issue?: IssueData;
  readonly baseline?: { readonly report: Report; readonly digest: string };
  /** A dataset that is taken for true: the data are held against it. */
  readonly gold?: string;
  /** Another root for media. */
  readonly media?: string;
  readonly format?: string;
  readonly redact?: boolean;
  /** YYYY-MM-DD: the only time there is. */
  readonly date?: string;
  readonly name?: string;
  readonly maxExamples?: number;
  /** Only these rules. */
  readonly rules?: readonly string[];
  readonly onFinding?: (finding: StreamedFinding) => void;
  readonly onProgress?: (progress: Progress) => Promise<void> | undefined;
}

/**
 * The whole way of the data: list, detect, read, ask the rules, score, report.
 *
 * @throws UsageError nothing recognised, an ambiguous format, no record at all, an unknown standard; no report is made then
 */
export async function assess(path: string, options: AssessOptions = {}): Promise<Report> {
  const data = listData(path);
  const detected = await detectData(data.files, options.format);
  if (detected.files.length === 0) throw nothingRecognised(path, detected);
  const basis = basisOf(options.scheme, options.standards ?? []);
  const applied = await applyStandards(basis.standards, {
    scheme: basis.scheme?.scheme,
    profile: options.profile,
    only: options.rules ?? [],
  });
  if (options.evidence !== undefined) wantEvidence(options.evidence, basis, applied);
  const inputs = detected.files.map(({ file }) => file);
  const formatOf = new Map(detected.files.map(({ file, format }) => [file.index, format]));
  const waivers = waiverTest(options.profile?.waivers ?? [], options.date);
  const totalBytes = inputs.reduce((sum, file) => sum + file.bytes, 0);
  let bytesBefore = 0;
  const gold = await againstGold(path, options);
  const run = createRun(
    applied.rules,
    decidedIndicators(basis.scheme?.scheme),
    [...measures, ...gold.measures],
    inputs,
    {
      maxExamples: options.maxExamples ?? 100,
      waived: waivers.test,
      ...(options.onFinding === undefined ? {} : { onFinding: options.onFinding }),
      pointer: (file, kind, element) => formatOf.get(file)?.pointer?.(kind, element),
      faultsOf,
      tick: (bytes) => options.onProgress?.({ phase: "read", done: bytesBefore + bytes, of: totalBytes }),
    },
  );
  try {
    const failures = new Map<number, InputError>();
    const resolve = newResolver(data, options.media);
    await readDetected(run, detected, data, resolve, {
      onFailure: (file, error) => failures.set(file.index, error),
      onFormat: (files) => {
        bytesBefore += files.reduce((sum, file) => sum + file.bytes, 0);
      },
    });
    const access = mediaAccess(options, resolve, inputs);
    const found = await finishRun(run, access);
    if (options.evidence !== undefined) raiseEvidence(run, options.evidence);
    if (run.read.media + run.read.annotation + run.read.category + run.read.node === 0)
      throw nothingRead(failures, detected);
    const report = await composeReport({
      name: options.name ?? basename(absolutePath(path)),
      settings: settingsOf(options),
      basis,
      applied,
      detected,
      run,
      failures,
      found,
      waivers,
      gold: gold.held,
      digest: (file) => hashFile(file),
    });
    return finished(report, options);
  } finally {
    run.close();
  }
}

/** The data held against gold, where there is some; measures of it are there for rules as well. */
async function againstGold(
  path: string,
  { gold, format, media }: AssessOptions,
): Promise<{ readonly held?: HeldAgainstGold; readonly measures: readonly Measure<undefined>[] }> {
  if (gold === undefined) return { measures: [] };
  // Late: most assessments have none.
  const { holdAgainstGold } = await import("./comparison/gold.js");
  const held = await holdAgainstGold(gold, path, {
    ...(format === undefined ? {} : { format }),
    ...(media === undefined ? {} : { media }),
  });
  return { held, measures: held.measures };
}

/** What is done to a report as a whole: the comparison with an earlier one, then the redaction. */
function finished(report: Report, { baseline, redact: redacted }: AssessOptions): Report {
  let result = report;
  if (baseline !== undefined) {
    const compared = compareBaseline(result, baseline.report, baseline.digest);
    result = { ...result, findings: compared.findings, baseline: compared.baseline };
  }
  return redacted === true ? redact(result) : result;
}

function settingsOf(options: AssessOptions): ReportSettings {
  return {
    scheme: options.scheme,
    format: options.format,
    rules: options.rules ?? [],
    maxExamples: options.maxExamples ?? 100,
    redact: options.redact ?? false,
    date: options.date,
    profile: options.profile,
    evidence: options.evidence,
    issue: options.issue,
    baselineDigest: options.baseline?.digest,
  };
}

/** Evidence fits the scheme; a digest that differs has a rule that reports it, or ends the run: it is never passed over. */
function wantEvidence(evidence: Evidence, basis: Basis, applied: RuleSet): void {
  wantFitting(basis.scheme?.scheme, evidence);
  const mismatch = evidence.mismatches?.[0];
  if (mismatch === undefined || applied.rules.some(({ rule }) => rule.fault === digestFault)) return;
  throw new UsageError("TS-USAGE-0004", {
    file: evidence.placeOf?.(mismatch.item) ?? "evidence",
    found: `${mismatch.item.path} with SHA-256 ${mismatch.actual}`,
    expected: mismatch.item.sha256,
    hint: "The file is not the one that was judged",
  });
}

function mediaAccess(
  options: AssessOptions,
  resolve: ReturnType<typeof newResolver>,
  inputs: readonly InputFile[],
): MediaAccess {
  const byIndex = new Map(inputs.map((file) => [file.index, file]));
  return {
    resolve: (path, from) => resolve(path, byIndex.get(from)),
    examine: (file) => examineMedia(file),
    tick: (done, of) => options.onProgress?.({ phase: "media", done, of }),
  };
}

function nothingRead(failures: ReadonlyMap<number, InputError>, detected: DetectedData): UsageError | InputError {
  const first = [...failures.values()][0];
  if (first !== undefined) return first;
  return new UsageError("TS-FORMAT-0003", {
    file: detected.files[0]?.file.path ?? "",
    found: "no record",
    expected: "at least one medium, category, annotation or node of a description",
  });
}
