import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { listData } from "../../formats/walk.js";
import { writers } from "../../formats/writers.js";
import { TouchstoneError, UsageError } from "../../records/errors.js";
import { type Comparison, newComparison } from "../converter/compare.js";
import { readRecords } from "../converter/read-records.js";
import { askedFormat } from "../drawn-files.js";
import type { ConversionRow } from "../tool-report.js";
import type { Scored } from "./score-findings.js";

/** What was put through the tool: the conforming cases, and apart from them those with a defect. */
const dataOf = { conforming: "generated", violating: "generated, defects" } as const;

/** A row for each format that came back and each side; what could not be read has a row of its own. */
export async function scoreExports(
  all: readonly Scored[],
  at: { readonly pack: string; readonly results: string },
): Promise<readonly ConversionRow[]> {
  const read = new Map<
    string,
    { readonly row: Omit<ConversionRow, "kept" | "tolerance">; readonly comparison: Comparison }
  >();
  const refused: ConversionRow[] = [];
  for (const { case: given, result } of all) {
    if (!("export" in result)) continue;
    const data = dataOf[given.side];
    const path = join(dirname(at.results), result.export);
    if (!existsSync(path))
      throw new UsageError("TS-PACK-0003", {
        file: at.results,
        place: `${result.line}`,
        found: `export ${result.export}`,
        expected: "a file or folder that is there, from the file of results",
      });
    const from = writers.find(({ format }) => format === given.format);
    if (from === undefined || from.carries.node === true) {
      refused.push(
        refusal(given.format, given.format, data, `${given.case}: exports of ${given.format} are not compared`),
      );
      continue;
    }
    const before = await readRecords(listData(join(at.pack, given.path)), askedFormat(given.format));
    const after = await readRecords(listData(path)).catch((error: unknown) => {
      if (!(error instanceof TouchstoneError) || error.code.startsWith("TS-IO")) throw error;
      return error.message;
    });
    const to = typeof after === "string" ? undefined : writers.find(({ format }) => format === after.format);
    if (typeof after === "string" || to === undefined) {
      const reason = typeof after === "string" ? after : `read as ${after.format}`;
      refused.push(refusal(given.format, to?.format ?? "", data, `${given.case}: ${reason}`));
      continue;
    }
    const key = `${to.format} ${given.side}`;
    const entry = read.get(key) ?? {
      row: { from: given.format, to: to.format, way: wayOf(given.format, to.format), data, outcome: "read" as const },
      comparison: newComparison(from.carries, to.carries),
    };
    read.set(key, entry);
    entry.comparison.add(before, after, given.case);
  }
  return [
    ...[...read.values()].map(({ row, comparison }) => ({
      ...row,
      tolerance: comparison.tolerance,
      kept: comparison.rows("all"),
    })),
    ...refused,
  ];
}

function wayOf(from: string, to: string): ConversionRow["way"] {
  return from === to ? "back" : "there";
}

function refusal(from: string, to: string, data: string, reason: string): ConversionRow {
  return { from, to, way: wayOf(from, to), data, outcome: "refused", reason, kept: [] };
}
