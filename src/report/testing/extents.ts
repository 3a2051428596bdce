import type { Report, ReportRule } from "../../records/report.gen.js";
import { sampleReport } from "./sample.js";
import { finding } from "./sample-parts.js";
import { emptyWhere } from "./sample-rules.js";

/** Sample reports that say little: one finding of the dataset as a whole, and rules that were not asked. */

/** Conforming, with one finding of an advisory rule on the dataset; its place is that of the first file, as the engine gives it. */
export function wholeReport(): Report {
  const report = sampleReport("conforming");
  const {
    line: _line,
    column: _column,
    record: _record,
    offset: _offset,
    ...placeless
  } = finding("label-imbalance", "observation", 0);
  return {
    ...report,
    rules: report.rules.map((rule): ReportRule => {
      const where = emptyWhere();
      where[0] = 1;
      return rule.id === "label-imbalance"
        ? { ...rule, on: "dataset", evaluated: 1, violations: 1, kept: 1, where }
        : rule;
    }),
    findings: [{ ...placeless, kind: "dataset" }],
  };
}

/** Conforming without a medium found, and four rules not asked for three reasons. */
export function unaskedReport(): Report {
  const report = sampleReport("conforming");
  const reasons: Readonly<Record<string, Partial<ReportRule>>> = {
    "media-size-missing": { not_asked: "no-media" },
    "label-undefined": { not_asked: "no-media" },
    "box-too-small": { not_asked: "open-parameter", open_params: ["min_side_px"] },
    "area-mismatch": {},
  };
  return {
    ...report,
    object: { ...report.object, scope: "annotations" },
    records: { ...report.records, media_files: { declared: 24, found: 0 } },
    rules: report.rules.map((rule) => {
      const reason = reasons[rule.id];
      return reason === undefined ? rule : { ...rule, evaluated: 0, verdict: "not-applicable", ...reason };
    }),
  };
}
