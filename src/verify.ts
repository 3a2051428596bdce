import { type AssessOptions, assess } from "./assess.js";
import { UsageError } from "./records/errors.js";
import type { ProfileDocument } from "./records/grammar.gen.js";
import type { Report } from "./records/report.gen.js";
import { serialise } from "./report/digest.js";
import { digestOf } from "./standards/digest.js";
import { findStandard } from "./standards/find.js";

/** One thing that is not as the report has it. */
export interface Difference {
  readonly kind: "tool" | "edition" | "input" | "record" | "finding" | "score" | "verdict";
  readonly what: string;
}

export interface Verification {
  readonly same: boolean;
  /** Why the bytes do not come out the same: the tool's version, an edition, an input, or a finding; most fundamental first. */
  readonly differences: readonly Difference[];
}

/** What a report cannot hold and its maker gives again; digests are compared. */
export interface Given extends Pick<AssessOptions, "evidence" | "baseline" | "media" | "onProgress"> {
  /** Folders of standards that do not ship; each stands for the `ID@edition` that it holds. */
  readonly standards?: readonly string[];
  /** The profile, where a redacted report leaves its paths out. */
  readonly profile?: ProfileDocument;
}

/**
 * Runs an assessment again with the options of a report, and says whether the bytes come out the same.
 *
 * @throws UsageError evidence, baseline or profile are not those of the report, or an edition is not there
 */
export async function verify(report: Report, bytes: string, data: string, given: Given = {}): Promise<Verification> {
  const { options } = report;
  wantDigest(options.evidence_digest, given.evidence?.digest, "--evidence");
  wantDigest(options.baseline_digest, given.baseline?.digest, "--baseline");
  const again = await assess(data, optionsOf(report, given));
  if (serialise(again) === bytes) return { same: true, differences: [] };
  const differences = compare(report, again);
  if (differences.length === 0)
    differences.push({ kind: "record", what: "the bytes differ in something that is neither an input nor a finding" });
  return { same: false, differences };
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
  const { standards: folders = [], profile: _profile, ...rest } = given;
  const byName = new Map(
    folders.map((folder) => {
      const { id, edition } = findStandard(folder).document;
      return [`${id}@${edition}`, folder];
    }),
  );
  const found = (name: string): string => byName.get(name) ?? name;
  const profile = profileOf(options, given.profile);
  return {
    ...rest,
    ...(options.scheme === null ? {} : { scheme: found(options.scheme) }),
    standards: options.standards.map(found),
    ...(options.format === null ? {} : { format: options.format }),
    rules: options.rules,
    maxExamples: options.max_examples,
    redact: options.redact,
    ...(options.date === null ? {} : { date: options.date }),
    ...(profile === undefined ? {} : { profile }),
    ...(issue === null ? {} : { issue }),
    name: object.name,
  };
}

/** The profile as the report holds it; a redacted one is given again. */
export function profileOf(options: Report["options"], given: ProfileDocument | undefined): ProfileDocument | undefined {
  const held = options.profile as ProfileDocument | null;
  if (held === null) return undefined;
  if (digestOf(held) === options.profile_digest) return held;
  wantDigest(options.profile_digest, given === undefined ? undefined : digestOf(given), "--profile");
  return given;
}

function compare(old: Report, now: Report): Difference[] {
  const differences = [...tools(old, now), ...editions(old, now), ...inputs(old, now)];
  if (text(old.records) !== text(now.records))
    differences.push({
      kind: "record",
      what: `records read ${text(old.records.read)}, here ${text(now.records.read)}`,
    });
  differences.push(...findings(old, now), ...scores(old, now));
  if (old.verdict !== now.verdict) differences.push({ kind: "verdict", what: `${old.verdict}, here ${now.verdict}` });
  return differences;
}

const text = (value: unknown): string => JSON.stringify(value);
const short = (digest: string): string => digest.slice(0, 12);

function tools(old: Report, now: Report): Difference[] {
  if (old.tool.version === now.tool.version && old.tool.digest === now.tool.digest) return [];
  const name = ({ version, digest }: Report["tool"]) => `${version} (${short(digest)})`;
  return [{ kind: "tool", what: `made by ${name(old.tool)}, this is ${name(now.tool)}` }];
}

function editions(old: Report, now: Report): Difference[] {
  const found: Difference[] = [];
  const left = new Map(now.standards.map((standard) => [`${standard.id}@${standard.edition}`, standard]));
  for (const { id, edition, deciding_digest, full_digest } of old.standards) {
    const name = `${id}@${edition}`;
    const other = left.get(name);
    left.delete(name);
    if (other === undefined) found.push({ kind: "edition", what: `${name} was applied, and is not here` });
    else if (other.deciding_digest !== deciding_digest)
      found.push({
        kind: "edition",
        what: `${name}: deciding digest ${short(deciding_digest)}, here ${short(other.deciding_digest)}`,
      });
    else if (other.full_digest !== full_digest)
      found.push({
        kind: "edition",
        what: `${name}: other texts (full digest ${short(full_digest)}, here ${short(other.full_digest)}), the same decisions`,
      });
  }
  for (const name of left.keys()) found.push({ kind: "edition", what: `${name} was not applied, and is here` });
  if (old.scheme !== null && now.scheme !== null && old.scheme.digest !== now.scheme.digest)
    found.push({
      kind: "edition",
      what: `scheme ${old.scheme.id}@${old.scheme.edition}: deciding digest ${short(old.scheme.digest)}, here ${short(now.scheme.digest)}`,
    });
  return found;
}

function inputs(old: Report, now: Report): Difference[] {
  const found: Difference[] = [];
  const digests = new Map(now.inputs.map(({ path, sha256 }) => [path, sha256]));
  for (const { path, sha256 } of old.inputs) {
    const other = digests.get(path);
    if (other === undefined) found.push({ kind: "input", what: `${path} is not there any more` });
    else if (other !== sha256)
      found.push({ kind: "input", what: `${path}: SHA-256 ${short(sha256)}, here ${short(other)}` });
    digests.delete(path);
  }
  for (const path of digests.keys()) found.push({ kind: "input", what: `${path} is new` });
  return found;
}

function findings(old: Report, now: Report): Difference[] {
  const found: Difference[] = [];
  for (const rule of old.rules) {
    const other = now.rules.find(({ id, standard }) => id === rule.id && standard === rule.standard);
    if (other === undefined || (other.violations === rule.violations && other.evaluated === rule.evaluated)) continue;
    found.push({
      kind: "finding",
      what: `${rule.id}: ${rule.violations} of ${rule.evaluated}, here ${other.violations} of ${other.evaluated}`,
    });
  }
  if (found.length > 0) return found;
  const count = Math.max(old.findings.length, now.findings.length);
  for (let at = 0; at < count; at++) {
    const [mine, other] = [old.findings[at], now.findings[at]];
    if (text(mine) === text(other)) continue;
    const name = (finding: typeof mine) =>
      finding === undefined ? "none" : `${finding.rule} ${finding.fingerprint} in ${finding.file}`;
    return [{ kind: "finding", what: `finding ${at + 1} is ${name(mine)}, here ${name(other)}` }];
  }
  return [];
}

function scores(old: Report, now: Report): Difference[] {
  const shown = ({ lower, upper }: { readonly lower?: number; readonly upper?: number }) =>
    lower === undefined ? "none" : `${lower} … ${upper}`;
  return old.dimensions.flatMap((dimension) => {
    const other = now.dimensions.find(({ code }) => code === dimension.code);
    if (other === undefined || shown(other) === shown(dimension)) return [];
    return [{ kind: "score" as const, what: `${dimension.code}: ${shown(dimension)}, here ${shown(other)}` }];
  });
}
