import { join } from "node:path";
import { assess } from "../../src/assess.js";
import { inspect } from "../../src/inspect.js";
import { TouchstoneError } from "../../src/records/errors.js";
import type { Report, ReportRule } from "../../src/records/report.gen.js";
import { type CountDifference, compareCounts, emptyPolygons } from "./counts.js";
import type { Documented } from "./documented.js";
import { type Corpus, type CorpusCase, type KnownDefect, notWhatTheySay } from "./manifest.js";
import { tallyOf } from "./tally.js";

/** A known defect beside what our rules found. */
export interface DefectOutcome {
  readonly code: string;
  readonly severity: KnownDefect["severity"];
  readonly count: number;
  /** Findings of the rules that answer for it, by rule. */
  readonly found: Readonly<Record<string, number>>;
  readonly status: "found" | "missed" | "documented" | "not-needed";
}

/** Findings of severity major or worse that no known defect explains. */
export interface Unexplained {
  readonly rule: string;
  readonly severity: string;
  readonly certainty: string;
  /** Beyond what the known defects of the case account for. */
  readonly count: number;
  readonly first: string;
}

export interface CaseOutcome {
  readonly format: string;
  readonly case: string;
  readonly detected: string;
  readonly compared: number;
  readonly differences: readonly CountDifference[];
  readonly defects: readonly DefectOutcome[];
  readonly unexplained: readonly Unexplained[];
  readonly documented: readonly Documented[];
  /** Everything that makes the case fall short, one line each. */
  readonly problems: readonly string[];
}

const grave: ReadonlySet<string> = new Set(["critical", "major"]);

/** Reads and assesses one case and holds it against what is known of it. */
export async function judgeCase(
  corpus: Corpus,
  entry: CorpusCase,
  documented: readonly Documented[],
): Promise<CaseOutcome> {
  const path = join(corpus.root, entry.dir);
  const own = documented.filter((one) => one.case === entry.case);
  if (notWhatTheySay.has(entry.case)) return judgeUnknown(path, entry, own);
  try {
    return await judgeKnown(corpus, entry, own);
  } catch (error) {
    // A case that cannot be read falls short; anything else is a fault of ours and ends the check.
    if (!(error instanceof TouchstoneError)) throw error;
    return { ...nothing(entry, own), detected: error.code, problems: [error.message] };
  }
}

async function judgeKnown(corpus: Corpus, entry: CorpusCase, own: readonly Documented[]): Promise<CaseOutcome> {
  const path = join(corpus.root, entry.dir);
  const tally = await tallyOf(path);
  const { compared, differences } = compareCounts(entry, tally);
  const empties = emptyPolygons(entry, tally);
  const allDifferences = empties === undefined ? differences : [...differences, empties];
  const formats = [...new Set(tally.files.map(({ format }) => format))];
  // Every finding is kept, so that ids can be counted.
  const report = await assess(path, { maxExamples: 1_000_000 });
  const defects = (entry.known_defects ?? []).map((defect) => defectOutcome(corpus, defect, report, own));
  const all = unexplainedBy(corpus, entry, report);
  const unexplained = all.filter(({ rule, count }) => !isDocumented(own, rule, count));
  const problems = [
    ...(formats.some((format) => format === entry.format || format.startsWith(`${entry.format}-`))
      ? []
      : [`read as ${formats.join(", ") || "nothing"}, and the manifest says ${entry.format}`]),
    ...tally.files.flatMap(({ path: file, error }) =>
      error === undefined ? [] : [`${file} could not be read: ${error}`],
    ),
    ...allDifferences.map(
      ({ key, manifest, ours }) => `${key}: ours ${JSON.stringify(ours)}, manifest ${JSON.stringify(manifest)}`,
    ),
    ...defects
      .filter(({ status }) => status === "missed")
      .map(({ code, severity, count }) => `known ${severity} ${code} (${count}) is not found`),
    ...unexplained.map(
      ({ rule, severity, count, first }) => `${severity} ${rule}: ${count} that nothing explains, first ${first}`,
    ),
    ...stale(own, all, defects, report),
  ];
  return {
    ...nothing(entry, own),
    detected: tally.format ?? "none",
    compared,
    differences: allDifferences,
    defects,
    unexplained,
    problems,
  };
}

function nothing({ format, case: name }: CorpusCase, documented: readonly Documented[]): CaseOutcome {
  const none = { compared: 0, differences: [], defects: [], unexplained: [], problems: [] };
  return { format, case: name, detected: "none", documented, ...none };
}

/** Such a case must end with status 3: nothing recognised, or ambiguous. */
async function judgeUnknown(path: string, entry: CorpusCase, documented: readonly Documented[]): Promise<CaseOutcome> {
  const problems: string[] = [];
  let detected = "unknown";
  try {
    const { format } = await inspect(path);
    if (format !== null) problems.push(`taken for ${format}, and it is not what its folder says`);
  } catch (error) {
    if (!(error instanceof TouchstoneError)) throw error;
    detected = error.code === "TS-FORMAT-0002" ? "ambiguous" : error.code;
    if (error.exit !== 3) problems.push(`inspect ends with status ${error.exit}, not 3`);
  }
  try {
    await assess(path);
    problems.push("assess writes a report of it");
  } catch (error) {
    if (!(error instanceof TouchstoneError)) throw error;
    if (error.exit !== 3) problems.push(`assess ends with status ${error.exit}, not 3`);
  }
  return { ...nothing(entry, documented), detected, problems };
}

function defectOutcome(
  corpus: Corpus,
  { code, severity, count }: KnownDefect,
  report: Report,
  documented: readonly Documented[],
): DefectOutcome {
  const rules = corpus.rulesOf[code];
  const found: Record<string, number> = {};
  for (const id of rules ?? []) {
    const violations = violationsOf(report, id);
    if (violations > 0) found[id] = violations;
  }
  const status =
    Object.keys(found).length > 0
      ? "found"
      : rules === undefined || severity === "info"
        ? "not-needed"
        : severity === "warning" && documented.some(({ subject }) => subject === code)
          ? "documented"
          : "missed";
  return { code, severity, count, found, status };
}

function violationsOf(report: Report, id: string): number {
  return report.rules.filter((rule) => rule.id === id).reduce((sum, { violations }) => sum + violations, 0);
}

/** A known defect accounts for as many findings of its rules as it counts: what goes beyond that is not explained by it. */
function unexplainedBy(corpus: Corpus, entry: CorpusCase, report: Report): readonly Unexplained[] {
  return report.rules.flatMap((rule) => {
    if (!grave.has(rule.severity) || rule.violations === 0) return [];
    const known = (entry.known_defects ?? []).filter(({ code }) => corpus.rulesOf[code]?.includes(rule.id));
    const explained = known.reduce((sum, { count }) => sum + count, 0);
    const count = unitsOf(report, rule) - explained;
    if (count <= 0) return [];
    const first = report.findings.find((finding) => finding.rule === rule.id);
    const { id, severity, certainty } = rule;
    return [{ rule: id, severity, certainty, count, first: `${first?.file}:${first?.line} ${first?.message.en}` }];
  });
}

/** The manifest counts ids that occur more than once; every annotation that bears one is a finding of ours. */
function unitsOf(report: Report, rule: ReportRule): number {
  if (rule.id !== "id-duplicate") return rule.violations;
  const own = report.findings.filter((finding) => finding.rule === rule.id);
  return new Set(own.map(({ file, record }) => `${file} ${record}`)).size;
}

function isDocumented(entries: readonly Documented[], rule: string, count: number): boolean {
  return entries.some((entry) => entry.subject === rule && (entry.count === undefined || entry.count === count));
}

/** An entry about something that is no longer so. */
function stale(
  entries: readonly Documented[],
  all: readonly Unexplained[],
  defects: readonly DefectOutcome[],
  report: Report,
): readonly string[] {
  return entries.flatMap(({ subject, count, line }) => {
    const defect = defects.find(({ code }) => code === subject);
    if (defect !== undefined && corpusCode(subject, report))
      return defect.status === "documented" ? [] : [`docs/corpus-findings.md:${line} ${subject} is found after all`];
    const now = all.find(({ rule }) => rule === subject)?.count ?? 0;
    if (now > 0 && (count === undefined || count === now)) return [];
    const minor = violationsOf(report, subject);
    if (now === 0 && minor > 0 && (count === undefined || count === minor)) return [];
    return [`docs/corpus-findings.md:${line} ${subject}: ${count ?? "some"} are documented, ${now || minor} are there`];
  });
}

/** Whether the subject is a code of the manifest and no rule's id. */
function corpusCode(subject: string, report: Report): boolean {
  return !report.rules.some(({ id }) => id === subject);
}
