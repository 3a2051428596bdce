import type { Report, ReportFinding, ReportRule, ReportWaiver } from "../records/report.gen.js";
import { ruleKey } from "./rules.js";
import { isWhole } from "./subjects.js";
import { visible } from "./text.js";

export interface SarifOptions {
  readonly lang: "zh" | "en";
}

/** Levels as code hosts understand them. A suspicion is never more than a note. */
const levels = { critical: "error", major: "error", minor: "warning", observation: "note" } as const;

/** SARIF 2.1.0 (OASIS, 27 March 2020): kept findings as results, rules with their text and their counts, waivers as suppressions. */
export function renderSarif(report: Report, options: SarifOptions): string {
  const index = new Map(report.rules.map((rule, i) => [ruleKey(rule.standard, rule.id), i]));
  const artifacts = new Map(report.inputs.map((input, i) => [input.path, i]));
  const run = {
    tool: {
      driver: {
        name: "Touchstone",
        semanticVersion: report.tool.version,
        // The standards are part of what decides; two reports of one tool may rest on different editions.
        rules: report.rules.map((rule) => descriptor(rule, options.lang)),
        notifications: notificationDescriptors(report),
      },
    },
    language: options.lang === "zh" ? "zh-CN" : "en-US",
    columnKind: "utf16CodeUnits",
    originalUriBaseIds: { DATA: { description: { text: "The folder of the data that were assessed." } } },
    invocations: [
      {
        executionSuccessful: true,
        toolExecutionNotifications: report.inputs.flatMap((input, i) =>
          input.error === undefined
            ? []
            : [
                {
                  descriptor: { id: input.error.code },
                  level: "error",
                  message: { text: visible(input.error.message[options.lang]) },
                  locations: [{ physicalLocation: { artifactLocation: location(input.path, i) } }],
                },
              ],
        ),
      },
    ],
    artifacts: report.inputs.map((input) => ({
      location: location(input.path),
      length: input.bytes,
      hashes: { "sha-256": input.sha256 },
    })),
    results: [
      ...report.findings.map((finding) => result(report, finding, { index, artifacts, lang: options.lang })),
      ...absentResults(report, index, options.lang),
    ],
    properties: {
      verdict: report.verdict,
      scope: report.object.scope,
      mediaFiles: report.records.media_files,
      standards: report.standards.map((one) => ({
        id: one.id,
        edition: one.edition,
        claim: one.claim,
        partial: one.partial,
        decidingDigest: one.deciding_digest,
      })),
      departures: report.departures.length,
    },
  };
  const log = { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function descriptor(rule: ReportRule, lang: "zh" | "en"): object {
  return {
    id: rule.id,
    shortDescription: { text: visible(rule.title[lang]) },
    fullDescription: { text: visible(rule.means[lang]) },
    help: { text: visible(rule.fix[lang]) },
    defaultConfiguration: { enabled: rule.off !== true, level: levelOf(rule) },
    properties: {
      standard: rule.standard,
      clause: rule.clause,
      claim: rule.claim,
      obligation: rule.obligation,
      severity: rule.severity,
      certainty: rule.certainty,
      verdict: rule.verdict,
      ...(rule.proven === undefined ? {} : { proven: rule.proven }),
      evaluated: rule.evaluated,
      violations: rule.violations,
      notEvaluated: rule.not_evaluated,
      waived: rule.waived,
    },
  };
}

interface Lookups {
  readonly index: ReadonlyMap<string, number>;
  readonly artifacts: ReadonlyMap<string, number>;
  readonly lang: "zh" | "en";
}

function result(report: Report, finding: ReportFinding, { index, artifacts, lang }: Lookups): object {
  const ruleIndex = index.get(ruleKey(finding.standard, finding.rule));
  return {
    ruleId: finding.rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: levelOf(finding),
    message: { text: visible(finding.message[lang]) },
    locations: [isWhole(finding) ? whole(report) : place(finding, artifacts)],
    partialFingerprints: { "touchstone/v1": finding.fingerprint },
    ...(report.baseline === undefined
      ? {}
      : { baselineState: finding.baseline === "persisting" ? "unchanged" : "new" }),
    ...(finding.waived === true ? { suppressions: suppressions(report, finding) } : {}),
    properties: {
      severity: finding.severity,
      certainty: finding.certainty,
      kind: finding.kind,
      ...(finding.record === undefined ? {} : { record: visible(finding.record) }),
      ...(finding.media === undefined ? {} : { media: visible(finding.media) }),
      ...(finding.category === undefined ? {} : { category: visible(finding.category) }),
      ...(finding.offset === undefined ? {} : { byteOffset: finding.offset }),
    },
  };
}

function place(finding: ReportFinding, artifacts: Lookups["artifacts"]): object {
  const { line, column, pointer } = finding;
  const region =
    line === undefined ? {} : { region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) } };
  return {
    physicalLocation: { artifactLocation: location(finding.file, artifacts.get(finding.file)), ...region },
    ...(pointer === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: visible(pointer), kind: "member" }] }),
  };
}

/** The dataset as a whole lies in no file: an empty URI would name the folder, the first file one that is not at fault. */
function whole({ object }: Report): object {
  return { logicalLocations: [{ name: visible(object.name), kind: "resource" }] };
}

/** Findings of the baseline that are gone; they have no place any more. */
function absentResults(report: Report, index: ReadonlyMap<string, number>, lang: "zh" | "en"): object[] {
  return (report.baseline?.fixed_findings ?? []).map((fixed) => {
    const rule = report.rules.find((one) => one.id === fixed.rule);
    const ruleIndex = rule === undefined ? undefined : index.get(ruleKey(rule.standard, rule.id));
    return {
      ruleId: fixed.rule,
      ...(ruleIndex === undefined ? {} : { ruleIndex }),
      kind: "pass",
      level: "none",
      message: { text: visible(rule?.title[lang] ?? fixed.rule) },
      partialFingerprints: { "touchstone/v1": fixed.fingerprint },
      baselineState: "absent",
    };
  });
}

/** Whoever waived it and why; the waiver of the finding itself before one of its rule. */
function suppressions(report: Report, finding: ReportFinding): object[] {
  const applying = report.waivers.filter((waiver) => waiver.applies);
  const waiver: ReportWaiver | undefined =
    applying.find((one) => one.fingerprint === finding.fingerprint) ??
    applying.find((one) => one.rule === finding.rule);
  const why = waiver === undefined ? {} : { justification: visible(`${waiver.reason} (${waiver.by})`) };
  return [{ kind: "external", status: "accepted", ...why }];
}

function notificationDescriptors(report: Report): object[] {
  const codes = new Set(report.inputs.flatMap((input) => (input.error === undefined ? [] : [input.error.code])));
  return [...codes].sort().map((id) => ({ id }));
}

function levelOf({ severity, certainty }: Pick<ReportFinding, "severity" | "certainty">): string {
  return certainty === "heuristic" ? "note" : levels[severity];
}

/** A path of the data as a relative URI: each segment percent-encoded; half a surrogate pair becomes U+FFFD on its way through UTF-8. */
function location(path: string, index?: number): object {
  const uri = path.split("/").map(encodeSegment).join("/");
  return { uri, uriBaseId: "DATA", ...(index === undefined ? {} : { index }) };
}

function encodeSegment(segment: string): string {
  return encodeURIComponent(Buffer.from(segment).toString()).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
