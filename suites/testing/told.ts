import type { Report } from "../../src/records/report.gen.js";

/** What a report says of the data, without where it says it: what must not depend on order, ids and files. */
export function told(report: Report): unknown {
  const { verdict, reasons, rules, findings, measurements, distributions, indicators, dimensions, records } = report;
  return {
    verdict,
    reasons,
    rules: rules.map(({ where: _place, ...rule }) => rule),
    fingerprints: fingerprintsOf(findings),
    measurements,
    distributions,
    indicators,
    dimensions,
    records,
  };
}

export function fingerprintsOf(findings: Report["findings"]): readonly string[] {
  return findings.map(({ rule, fingerprint }) => `${rule} ${fingerprint}`).sort();
}

/** Scores of indicators and dimensions, by code. */
export function scoresOf({ indicators, dimensions }: Pick<Report, "indicators" | "dimensions">) {
  return [...indicators, ...dimensions].map(({ code, lower, upper }) => ({ code, lower, upper }));
}
