import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { UsageError } from "../records/errors.js";
import type { ProfileDocument } from "../records/grammar.gen.js";
import type { IssueData, Report } from "../records/report.gen.js";
import { readOptions } from "../standards/options-file.js";
import { checkAgainst } from "../standards/schema.js";

export { readEvidence } from "../standards/evidence.js";

export function readProfile(path: string): ProfileDocument {
  return readOptions<ProfileDocument>(path, "profile").data;
}

export function readIssue(path: string): IssueData {
  return readOptions<IssueData>(path, "report", "#/properties/issue").data;
}

export function readReport(path: string): { readonly report: Report; readonly digest: string } {
  if (!existsSync(path)) throw new UsageError("TS-USAGE-0002", { file: path });
  const bytes = readFileSync(path);
  let report: unknown;
  try {
    report = JSON.parse(bytes.toString("utf8"));
  } catch (cause) {
    throw new UsageError("TS-USAGE-0004", {
      file: path,
      found: cause instanceof Error ? cause.message : "",
      expected: "a report.json",
      cause,
    });
  }
  const violation = checkAgainst("report", report)[0];
  if (violation !== undefined)
    throw new UsageError("TS-USAGE-0004", {
      file: path,
      place: `/${violation.path.join("/")}`,
      says: violation.message,
      hint: "touchstone schema report shows the schema",
    });
  return { report: report as Report, digest: createHash("sha256").update(bytes).digest("hex") };
}

/** @throws UsageError where an option is not such a number */
export function wantWhole(option: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least)
    throw new UsageError("TS-USAGE-0001", { found: `${option} ${value}`, expected: `a whole number from ${least}` });
}
