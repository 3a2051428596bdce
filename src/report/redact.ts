import type { StreamedFinding } from "../engine/recorder.js";
import { errorCatalogue } from "../records/errors.js";
import type {
  CountBy,
  Drawing,
  GoldData,
  InputFailure,
  Report,
  ReportFinding,
  ReportIndicator,
  ReportInput,
  ReportValue,
} from "../records/report.gen.js";

export const hidden = "[redacted]";

/**
 * `--redact`: ids and geometry only. No names of files, media, categories or annotators, no texts from the data, no pictures. Names of fields stay: they
 * are the form of the data and not what it says.
 */
export function redact(report: Report): Report {
  const { baseline, gold, options } = report;
  return {
    ...report,
    object: { ...report.object, name: hidden },
    options: { ...options, profile: options.profile === null ? null : redactProfile(options.profile) },
    inputs: report.inputs.map(redactInput),
    records: {
      ...report.records,
      files_not_recognised: { count: report.records.files_not_recognised.count, first: [] },
    },
    rules: report.rules.map((rule) => ({
      ...rule,
      by_category: withoutKeys(rule.by_category),
      ...(rule.by_annotator === undefined ? {} : { by_annotator: withoutKeys(rule.by_annotator) }),
    })),
    findings: report.findings.map((finding) => redactFinding(finding, report)),
    distributions: report.distributions.map((one) =>
      one.keys === undefined ? one : { ...one, keys: one.keys.map((_, at) => `#${at + 1}`) },
    ),
    indicators: report.indicators.map(redactIndicator),
    waivers: report.waivers.map((waiver) => (waiver.path === undefined ? waiver : { ...waiver, path: hidden })),
    ...(gold === undefined ? {} : { gold: redactGold(gold) }),
    ...(baseline === undefined
      ? {}
      : {
          baseline: {
            ...baseline,
            ...(baseline.fixed_findings === undefined
              ? {}
              : { fixed_findings: baseline.fixed_findings.map(({ rule, fingerprint }) => ({ rule, fingerprint })) }),
          },
        }),
  };
}

/** Digests stay: they say which gold it was, and nothing else. */
function redactGold(gold: GoldData): GoldData {
  const { only_gold, only_data, paired } = gold.categories;
  return {
    ...gold,
    name: hidden,
    files: gold.files.map(({ sha256 }, at) => ({ path: `#${at + 1}`, sha256 })),
    categories: { paired, only_gold: only_gold.map(() => hidden), only_data: only_data.map(() => hidden) },
  };
}

function redactFinding(finding: ReportFinding, report: Report): ReportFinding {
  const { media: _media, category: _category, drawing, record, others, ...kept } = finding;
  const title = report.rules.find(({ id, standard }) => id === finding.rule && standard === finding.standard)?.title;
  return {
    ...kept,
    ...idsOf(finding.kind, record, others),
    file: fileName(report.inputs.findIndex(({ path }) => path === finding.file)),
    values: finding.values.map(redactValue),
    message: title ?? { zh: "", en: "" },
    ...(drawing === undefined ? {} : { drawing: redactDrawing(drawing) }),
  };
}

function redactDrawing({ media: _path, media_sha256: _digest, ...drawing }: Drawing): Drawing {
  return { ...drawing, shapes: drawing.shapes.map(withoutLabel) };
}

/** Why a format was recognised quotes the data; the text of an error names the file and what was found in it. */
function redactInput({ reason: _reason, error, ...input }: ReportInput, at: number): ReportInput {
  return { ...input, path: fileName(at), ...(error === undefined ? {} : { error: redactError(error) }) };
}

function redactError({ code }: InputFailure): InputFailure {
  const entry = Object.hasOwn(errorCatalogue, code) ? errorCatalogue[code as keyof typeof errorCatalogue] : undefined;
  return { code, message: { zh: entry?.zh ?? "", en: entry?.en ?? "" } };
}

/** Evidence stays with its conclusion and digest; a description that was read beside the data goes by the dataset's name. */
function redactIndicator(indicator: ReportIndicator): ReportIndicator {
  const { supplied } = indicator;
  return supplied === undefined ? indicator : { ...indicator, supplied: { ...supplied, path: hidden, by: hidden } };
}

/** The path patterns of waivers name media. */
function redactProfile(profile: Record<string, unknown>): Record<string, unknown> {
  const { waivers } = profile;
  if (!Array.isArray(waivers)) return profile;
  return {
    ...profile,
    waivers: waivers.map((waiver: Record<string, unknown>) =>
      waiver["path"] === undefined ? waiver : { ...waiver, path: hidden },
    ),
  };
}

function fileName(at: number): string {
  return at < 0 ? hidden : `file-${at + 1}`;
}

function redactValue(value: ReportValue): ReportValue {
  const text = (one: ReportValue["value"] | undefined) => (typeof one === "string" ? hidden : one);
  const { bound, name } = value;
  return {
    ...value,
    name: name.startsWith("sha256 ") ? "sha256" : name,
    value: text(value.value) ?? null,
    ...(bound === undefined ? {} : { bound: value.relation === "expected" ? bound : (text(bound) ?? null) }),
  };
}

function withoutKeys(counts: CountBy): CountBy {
  return { ...counts, counts: counts.counts.map(({ count }, at) => ({ key: `#${at + 1}`, count })) };
}

/** A finding of `--findings`, redacted as the report is: ids and geometry only. */
export function redactStreamed(streamed: StreamedFinding): StreamedFinding {
  const { media: _media, category: _category, file_number, record, others, shapes, ...kept } = streamed;
  return {
    ...kept,
    ...idsOf(streamed.kind, record, others),
    ...(shapes === undefined ? {} : { shapes: shapes.map(withoutLabel) }),
    file_number,
    file: fileName(file_number - 1),
    values: streamed.values.map(redactValue) as StreamedFinding["values"],
  };
}

/** What stands for a node of a description, or for another medium or category, is its name. */
function idsOf(kind: ReportFinding["kind"], record: string | undefined, others: readonly string[] | undefined) {
  return {
    ...(record === undefined || kind === "node" ? {} : { record }),
    ...(others === undefined || kind !== "annotation" ? {} : { others: [...others] }),
  };
}

function withoutLabel({ label: _label, ...shape }: Drawing["shapes"][number]): Drawing["shapes"][number] {
  return shape;
}
