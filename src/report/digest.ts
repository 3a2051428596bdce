import { createHash } from "node:crypto";
import type { Report } from "../records/report.gen.js";

/** SHA-256 of report.json as `serialise` writes it. */
export function reportDigest(report: Report): string {
  return createHash("sha256").update(serialise(report)).digest("hex");
}

/** The bytes of report.json: one blank, fields in the order of the schema, one line feed at the end. */
export function serialise(report: Report): string {
  return `${JSON.stringify(report, undefined, 1)}\n`;
}
