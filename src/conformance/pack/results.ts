import { existsSync, readFileSync } from "node:fs";
import { UsageError } from "../../records/errors.js";

/** What a tool says of one case: its findings, where its export lies, or why there is neither. */
export type CaseResult =
  | { readonly case: string; readonly line: number; readonly findings: readonly ReportedFinding[] }
  | { readonly case: string; readonly line: number; readonly export: string }
  | { readonly case: string; readonly line: number; readonly refused: string };

export interface ReportedFinding {
  readonly rule: string;
  /** Undefined: the tool does not say where. */
  readonly record: string | undefined;
}

/**
 * The results of a tool for a pack, a line a case.
 *
 * @throws UsageError TS-PACK-0001 a case that the pack does not hold; -0003 a line that is not one result, or the second of a case; with the line
 */
export function readResults(path: string, cases: { has(name: string): boolean }): readonly CaseResult[] {
  if (!existsSync(path)) throw new UsageError("TS-USAGE-0002", { file: path });
  const results = new Map<string, CaseResult>();
  const lines = readFileSync(path, "utf8")
    .replace(/^\ufeff/, "")
    .split("\n");
  lines.forEach((text, at) => {
    if (text.trim() === "") return;
    const place = { file: path, place: `${at + 1}` };
    const result = resultOf(text, at + 1, place);
    if (!cases.has(result.case))
      throw new UsageError("TS-PACK-0001", { ...place, found: result.case, expected: "a case of manifest.json" });
    const before = results.get(result.case);
    if (before !== undefined)
      throw new UsageError("TS-PACK-0003", {
        ...place,
        found: `${result.case} again`,
        expected: "one line a case",
        hint: `The first is on line ${before.line}`,
      });
    results.set(result.case, result);
  });
  return [...results.values()];
}

type Place = { readonly file: string; readonly place: string };

const forms = '{"case", "findings": [{"rule", "record"}]}, {"case", "export"} or {"case", "refused"}';

function resultOf(text: string, line: number, place: Place): CaseResult {
  const wrong = (found: string): UsageError => new UsageError("TS-PACK-0003", { ...place, found, expected: forms });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : "no JSON");
  }
  if (value === null || typeof value !== "object") throw wrong(JSON.stringify(value));
  const { case: name, findings, export: exported, refused } = value as Readonly<Record<string, unknown>>;
  if (typeof name !== "string") throw wrong("no case");
  if ([findings, exported, refused].filter((one) => one !== undefined).length !== 1)
    throw wrong(`a line with ${Object.keys(value).join(", ")}`);
  if (typeof exported === "string") return { case: name, line, export: exported };
  if (typeof refused === "string") return { case: name, line, refused };
  if (!Array.isArray(findings)) throw wrong(JSON.stringify(findings ?? exported ?? refused));
  return { case: name, line, findings: findings.map((one) => findingOf(one, wrong)) };
}

function findingOf(value: unknown, wrong: (found: string) => UsageError): ReportedFinding {
  const { rule, record } = (value ?? {}) as Readonly<Record<string, unknown>>;
  const fits = record === undefined || record === null || typeof record === "string" || typeof record === "number";
  if (typeof rule !== "string" || !fits) throw wrong(`a finding ${JSON.stringify(value)}`);
  return { rule, record: record === undefined || record === null ? undefined : String(record) };
}
