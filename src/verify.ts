import { type AssessOptions, assess } from "./assess.js";
import { UsageError } from "./records/errors.js";
import type { ProfileDocument } from "./records/grammar.gen.js";
import type { Report } from "./records/report.gen.js";
import { serialise } from "./report/digest.js";
import { toolOf } from "./report/tool.js";
import { findStandard } from "./standards/find.js";

export interface Verification {
  readonly same: boolean;
  /** Why the bytes do not come out the same: the tool's version, an edition, an input, or a finding; most fundamental first. */
  readonly differences: readonly {
    readonly kind: "tool" | "edition" | "options" | "input" | "record" | "finding" | "verdict";
    readonly what: string;
  }[];
}

/** What a report cannot hold and its maker gives again: evidence and baseline, whose digests are compared. */
export type Given = Pick<AssessOptions, "evidence" | "baseline" | "media" | "onProgress">;

/** Runs an assessment again with the options of a report, and says whether the bytes come out the same. */
export async function verify(report: Report, bytes: string, data: string, given: Given = {}): Promise<Verification> {
  const differences: Verification["differences"][number][] = [];
  const tool = toolOf();
  if (report.tool.version !== tool.version || report.tool.digest !== tool.digest) {
    differences.push({
      kind: "tool",
      what: `made by ${report.tool.version} (${report.tool.digest.slice(0, 12)}), this is ${tool.version} (${tool.digest.slice(0, 12)})`,
    });
  }
  for (const standard of report.standards) {
    const now = editionOf(standard.id, standard.edition);
    if (now !== standard.deciding_digest)
      differences.push({
        kind: "edition",
        what: `${standard.id}@${standard.edition}: deciding digest ${standard.deciding_digest.slice(0, 12)}, here ${now?.slice(0, 12) ?? "not found"}`,
      });
  }
  wantDigest(report.options.evidence_digest, given.evidence?.digest, "--evidence");
  wantDigest(report.options.baseline_digest, given.baseline?.digest, "--baseline");
  const again = await assess(data, optionsOf(report, given));
  const text = serialise(again);
  if (text === bytes) return { same: true, differences };
  differences.push(...compare(report, again));
  if (differences.length === 0)
    differences.push({ kind: "finding", what: "the bytes differ in something that is neither an input nor a finding" });
  return { same: false, differences };
}

function editionOf(id: string, edition: string): string | undefined {
  try {
    return findStandard(`${id}@${edition}`).digests.deciding;
  } catch {
    return undefined;
  }
}

function wantDigest(wanted: string | undefined, found: string | undefined, option: string): void {
  if (wanted === found) return;
  throw new UsageError("TS-USAGE-0004", {
    found: found === undefined ? `no ${option}` : `${option} with SHA-256 ${found}`,
    expected:
      wanted === undefined ? `no ${option}: the report was made without it` : `${option} with SHA-256 ${wanted}`,
  });
}

function optionsOf({ options, object, issue }: Report, given: Given): AssessOptions {
  return {
    ...given,
    ...(options.scheme === null ? {} : { scheme: options.scheme }),
    standards: options.standards,
    ...(options.format === null ? {} : { format: options.format }),
    rules: options.rules,
    maxExamples: options.max_examples,
    redact: options.redact,
    ...(options.date === null ? {} : { date: options.date }),
    ...(options.profile === null ? {} : { profile: options.profile as ProfileDocument }),
    ...(issue === null ? {} : { issue }),
    name: object.name,
  };
}

function compare(old: Report, now: Report): Verification["differences"][number][] {
  const found: Verification["differences"][number][] = [];
  const digests = new Map(now.inputs.map(({ path, sha256 }) => [path, sha256]));
  for (const { path, sha256 } of old.inputs) {
    const other = digests.get(path);
    if (other === undefined) found.push({ kind: "input", what: `${path} is not there any more` });
    else if (other !== sha256)
      found.push({ kind: "input", what: `${path}: SHA-256 ${sha256.slice(0, 12)}, here ${other.slice(0, 12)}` });
    digests.delete(path);
  }
  for (const path of digests.keys()) found.push({ kind: "input", what: `${path} is new` });
  if (JSON.stringify(old.records) !== JSON.stringify(now.records))
    found.push({
      kind: "record",
      what: `records read ${JSON.stringify(old.records.read)}, here ${JSON.stringify(now.records.read)}`,
    });
  for (const rule of old.rules) {
    const other = now.rules.find(({ id, standard }) => id === rule.id && standard === rule.standard);
    if (other === undefined) found.push({ kind: "edition", what: `rule ${rule.id} is not there any more` });
    else if (other.violations !== rule.violations || other.evaluated !== rule.evaluated) {
      found.push({
        kind: "finding",
        what: `${rule.id}: ${rule.violations} of ${rule.evaluated}, here ${other.violations} of ${other.evaluated}`,
      });
    }
  }
  const changed = old.findings.filter((finding, at) => JSON.stringify(finding) !== JSON.stringify(now.findings[at]));
  if (changed.length > 0 && found.length === 0)
    found.push({
      kind: "finding",
      what: `${changed.length} findings differ; the first is ${changed[0]?.rule} ${changed[0]?.fingerprint}`,
    });
  if (old.verdict !== now.verdict) found.push({ kind: "verdict", what: `${old.verdict}, here ${now.verdict}` });
  return found;
}
