import type { CountBy, Report, ReportValue } from "../records/report.gen.js";

const hidden = "[redacted]";

/** `--redact`: ids and geometry only. No names of categories, annotators or media, no texts from the data, no pictures. */
export function redact(report: Report): Report {
  return {
    ...report,
    object: { ...report.object, name: hidden },
    inputs: report.inputs.map((input, at) => ({ ...input, path: fileName(at) })),
    records: {
      ...report.records,
      files_not_recognised: { count: report.records.files_not_recognised.count, first: [] },
    },
    rules: report.rules.map((rule) => ({
      ...rule,
      by_category: withoutKeys(rule.by_category),
      ...(rule.by_annotator === undefined ? {} : { by_annotator: withoutKeys(rule.by_annotator) }),
    })),
    findings: report.findings.map((finding) => {
      const { media: _media, category: _category, drawing, ...kept } = finding;
      const values = finding.values.map(redactValue);
      const { media: _path, ...shapes } = drawing ?? { shapes: [], marks: [] };
      return {
        ...kept,
        file: fileName(report.inputs.findIndex(({ path }) => path === finding.file)),
        values,
        message: {
          zh: report.rules.find(({ id }) => id === finding.rule)?.title.zh ?? "",
          en: report.rules.find(({ id }) => id === finding.rule)?.title.en ?? "",
        },
        ...(drawing === undefined ? {} : { drawing: shapes }),
      };
    }),
    distributions: report.distributions.map((one) =>
      one.keys === undefined ? one : { ...one, keys: one.keys.map((_, at) => `#${at + 1}`) },
    ),
  };
}

function fileName(at: number): string {
  return `file-${at + 1}`;
}

function redactValue(value: ReportValue): ReportValue {
  const text = (one: ReportValue["value"] | undefined) => (typeof one === "string" ? hidden : one);
  const { bound } = value;
  return {
    ...value,
    value: text(value.value) ?? null,
    ...(bound === undefined ? {} : { bound: value.relation === "expected" ? bound : (text(bound) ?? null) }),
  };
}

function withoutKeys(counts: CountBy): CountBy {
  return { ...counts, counts: counts.counts.map(({ count }, at) => ({ key: `#${at + 1}`, count })) };
}
