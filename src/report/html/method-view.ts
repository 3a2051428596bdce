import { createHash } from "node:crypto";
import type { Report, ReportStandard, Text } from "../../records/report.gen.js";
import { both, entry, type Words, words } from "../locale.js";
import { count, date, shortDigest } from "../numbers.js";
import { compareClauses } from "../rules.js";
import { countOf, weightsText } from "../sentences.js";
import { cutMiddle, visible } from "../text.js";
import { pathView } from "./figures.js";

type View = Record<string, unknown>;

/** Files listed; the digest of the whole list stands for the others. */
export const filesShown = 200;

export function methodView(report: Report, digest: string): View {
  return {
    inputs: report.inputs.slice(0, filesShown).map((input) => ({
      path: pathView(visible(input.path)),
      format: input.format,
      bytes: count(input.bytes),
      sha256: input.sha256,
      shortSha: shortDigest(input.sha256),
      records: both((w) => recordsText(input.records, w)),
      error:
        input.error === undefined
          ? null
          : {
              code: input.error.code,
              message: { zh: visible(input.error.message.zh), en: visible(input.error.message.en) },
            },
    })),
    moreInputs:
      report.inputs.length > filesShown
        ? entry("inputs.more", { n: count(report.inputs.length - filesShown), digest: shortDigest(listDigest(report)) })
        : null,
    read: both((w) => recordsText(report.records.read, w)),
    notRead: report.records.not_read.map((one) => ({
      text: both((w) => countOf(one.kind, one.count, w)),
      reason: visible(one.reason),
    })),
    unrecognised: unrecognisedText(report),
    media: both((w) =>
      w("inputs.media", {
        declared: count(report.records.media_files.declared),
        found: count(report.records.media_files.found),
      }),
    ),
    standards: report.standards.map((standard) => ({
      id: visible(standard.id),
      edition: standard.edition,
      title: standard.title,
      status: entry(`status.${standard.status}`),
      partial: standard.partial,
      rules: count(standard.rules),
      claims: both((w) =>
        w("method.claims", {
          normative: standard.claims.normative,
          reported: standard.claims.reported,
          illustrative: standard.claims.illustrative,
        }),
      ),
      proven: provenText(standard),
      digest: standard.deciding_digest,
      short: shortDigest(standard.deciding_digest),
    })),
    scheme:
      report.scheme === null
        ? null
        : {
            id: `${report.scheme.id} ${report.scheme.edition}`,
            title: report.scheme.title,
            claim: entry(`claim.${report.scheme.claim}`),
            digest: report.scheme.digest,
            short: shortDigest(report.scheme.digest),
          },
    decision: both((w) => w(`decision.${report.scheme?.decision_rule ?? "strict"}`)),
    formula: entry(report.scheme === null ? "formula.strict" : "formula.scheme"),
    risks: both((w) => w(`risk.${report.scheme?.decision_rule ?? "point"}`)),
    weights: both((w) => weightsText(report, w)),
    tool: `touchstone ${report.tool.version}`,
    toolDigest: report.tool.digest,
    toolShort: shortDigest(report.tool.digest),
    command: commandOf(report),
    render: "touchstone render report.json --to html",
    verify: `touchstone verify report.json --data DATA${report.gold === undefined ? "" : " --gold GOLD"}`,
    date: report.options.date === null ? null : both((w) => date(report.options.date ?? "", w.lang)),
    digest,
    coverage: coverageView(report),
    coverageHead: entry("coverage.count", { n: count(coverageView(report).length) }),
    waivers: report.waivers.map((one) => ({
      what: cutMiddle(
        visible(one.fingerprint ?? [one.rule, one.path].filter((part) => part !== undefined).join(" ")),
        120,
      ),
      reason: cutMiddle(visible(one.reason), 240),
      by: cutMiddle(visible(one.by), 80),
      expires: one.expires ?? "—",
      state: entry(!one.applies ? "waiver.idle" : one.matched === 0 ? "waiver.unmatched" : "waiver.matched", {
        n: count(one.matched),
      }),
    })),
    issue: issueView(report),
    statements: ["statement.items", "statement.copy", "statement.self", "statement.words"]
      .filter((key) => key !== "statement.self" || report.issue === null)
      .map((key) => entry(key)),
  };
}

/** How many rules have been seen to work on real data, or that the standard does not state it. */
export function provenText({ proof }: ReportStandard): Text {
  return proof === undefined ? entry("method.proven_not_stated") : entry("method.proven", { n: count(proof.proven) });
}

/** The command that made the report; folders are for whoever runs it again to name. */
export function commandOf(report: Report): string {
  const { options } = report;
  const parts = ["touchstone assess DATA"];
  if (options.scheme !== null) parts.push(`--scheme ${options.scheme}`);
  for (const standard of options.standards) parts.push(`--standard ${visible(standard)}`);
  if (options.format !== null) parts.push(`--format ${options.format}`);
  for (const rule of options.rules) parts.push(`--rule ${rule}`);
  if (options.profile !== null) parts.push("--profile PROFILE");
  if (options.evidence_digest !== undefined) parts.push("--evidence EVIDENCE");
  if (options.baseline_digest !== undefined) parts.push("--baseline REPORT");
  if (report.gold !== undefined) parts.push("--gold GOLD");
  if (options.date !== null) parts.push(`--date ${options.date}`);
  if (options.redact) parts.push("--redact");
  if (options.max_examples !== 100) parts.push(`--max-examples ${options.max_examples}`);
  return parts.join(" ");
}

export function recordsText(records: Readonly<Record<string, number | undefined>>, w: Words): string {
  const order = ["media", "annotation", "category", "dataset"];
  const kinds = Object.keys(records).filter((kind) => kind !== "file");
  kinds.sort((left, right) => rank(order, left) - rank(order, right) || (left < right ? -1 : 1));
  return kinds.length === 0 ? "—" : w.list(kinds.map((kind) => countOf(kind, records[kind] ?? 0, w)));
}

/** SHA-256 over `sha256  path` lines of all input files, in their order. */
export function listDigest(report: Report): string {
  const hash = createHash("sha256");
  for (const input of report.inputs) hash.update(`${input.sha256}  ${input.path}\n`);
  return hash.digest("hex");
}

/** Texts that a person supplied, in the order of a cover; nothing here was verified. */
function issueRows(report: Report, w: Words): { label: string; value: string }[] {
  const { issue } = report;
  if (issue === null) return [];
  const person = (one: { name?: string; post?: string } | undefined): string | undefined =>
    one === undefined
      ? undefined
      : [one.name, one.post].filter((part) => part !== undefined).join(w.lang === "zh" ? "，" : ", ");
  const rows: readonly (readonly [string, string | undefined])[] = [
    ["issue.number", issue.report_number],
    ["issue.body", issue.body],
    ["issue.client", issue.client],
    ["issue.vendor", issue.vendor],
    ["issue.item", issue.item_name],
    ["issue.kind", issue.kind_of_inspection],
    ["issue.place", issue.place],
    ["issue.received", issue.received === undefined ? undefined : date(issue.received, w.lang)],
    ["issue.performed", issue.performed === undefined ? undefined : date(issue.performed, w.lang)],
    ["issue.issued", issue.issued === undefined ? undefined : date(issue.issued, w.lang)],
    ["issue.approved", person(issue.approved_by)],
    ["issue.reviewed", person(issue.reviewed_by)],
    ["issue.examined", person(issue.examined_by)],
    ["issue.replaces", issue.replaces],
    ["issue.changes", issue.changes],
  ];
  return rows
    .filter((row) => row[1] !== undefined)
    .map(([key, value]) => ({ label: w(key), value: visible(value ?? "") }));
}

function issueView(report: Report): View[] | null {
  if (report.issue === null) return null;
  const zh = issueRows(report, words("zh"));
  const en = issueRows(report, words("en"));
  return zh.map((row, i) => ({ label: { zh: row.label, en: en[i]?.label ?? row.label }, value: row.value }));
}

function coverageView(report: Report): View[] {
  return [...report.coverage]
    .filter((one) => one.decided_by !== "heading")
    .sort(
      (left, right) =>
        (left.standard < right.standard ? -1 : left.standard > right.standard ? 1 : 0) ||
        compareClauses(left.clause, right.clause),
    )
    .map((one) => ({
      standard: visible(one.standard),
      clause: one.clause,
      title: one.title,
      obligation: one.obligation === undefined ? null : entry(`obligation.${one.obligation}`),
      decidedBy: entry(`decided_by.${one.decided_by}`),
      rules: one.rules.join(", ") || "—",
      reason: one.reason ?? null,
    }));
}

function unrecognisedText(report: Report): Text | null {
  const { count: n, first } = report.records.files_not_recognised;
  if (n === 0) return null;
  const names = first.slice(0, 5).map((path) => cutMiddle(visible(path), 60));
  return both((w) => w("inputs.unrecognised", { n: count(n), names: w.list(names) }));
}

function rank(order: readonly string[], kind: string): number {
  const at = order.indexOf(kind);
  return at < 0 ? order.length : at;
}
