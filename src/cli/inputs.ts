import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { UsageError } from "../records/errors.js";
import type { EvidenceItem, ProfileDocument } from "../records/grammar.gen.js";
import type { IssueData, Report } from "../records/report.gen.js";
import { parseSource } from "../standards/load.js";
import { checkAgainst } from "../standards/schema.js";

/** Reads a YAML or JSON file of options and holds it against its schema. */
function readOptions<T>(path: string, schema: string, pointer?: string): T {
  if (!existsSync(path)) throw new UsageError("TS-USAGE-0002", { file: path });
  const source = parseSource(readFileSync(path, "utf8"), path);
  const problem = source.problems[0];
  if (problem !== undefined)
    throw new UsageError("TS-USAGE-0004", {
      file: path,
      place: `${problem.line}:${problem.column}`,
      found: problem.message,
      expected: "YAML without warnings",
    });
  const violation = checkAgainst(schema, source.data, pointer)[0];
  if (violation !== undefined) {
    const { line, column } = source.position(violation.path);
    throw new UsageError("TS-USAGE-0004", {
      file: path,
      place: `${line}:${column}`,
      found: violation.message,
      expected: `what touchstone schema ${schema} says`,
    });
  }
  return source.data as T;
}

export function readProfile(path: string): ProfileDocument {
  return readOptions<ProfileDocument>(path, "profile");
}

export function readIssue(path: string): IssueData {
  return readOptions<IssueData>(path, "report", "#/properties/issue");
}

/** Evidence with the digests that its files really have: a file that is missing or has another digest is refused. */
export function readEvidence(path: string): { readonly items: readonly EvidenceItem[]; readonly digest: string } {
  const items = readOptions<EvidenceItem[]>(path, "evidence");
  for (const item of items) {
    const file = join(dirname(path), item.path);
    if (!existsSync(file)) throw new UsageError("TS-USAGE-0002", { file: item.path, hint: `named in ${path}` });
  }
  return { items, digest: createHash("sha256").update(readFileSync(path)).digest("hex") };
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
      found: violation.message,
      expected: "a report.json",
    });
  return { report: report as Report, digest: createHash("sha256").update(bytes).digest("hex") };
}
