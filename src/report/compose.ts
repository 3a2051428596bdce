import type { MediaFound } from "../engine/finish.js";
import type { Run } from "../engine/run.js";
import type { DetectedData } from "../formats/detect.js";
import type { InputFile } from "../formats/format.js";
import { type InputError, UsageError } from "../records/errors.js";
import type {
  EvidenceItem,
  Kind,
  ProfileDocument,
  SchemeDimension,
  SchemeDocument,
  SchemeIndicator,
} from "../records/grammar.gen.js";
import type {
  Departure,
  Drawing,
  GoldData,
  IssueData,
  Report,
  ReportInput,
  ReportMeasurement,
  ReportRecords,
} from "../records/report.gen.js";
import { newMedia } from "../records/types.gen.js";
import type { Description } from "../schemes/evidence.js";
import { type IndicatorUnits, type KindUnits, type Scores, scoreScheme } from "../schemes/score.js";
import { evidenceWanted, judgeByScheme, judgeStrictly, overruledDimensions } from "../schemes/verdict.js";
import type { RuleSet } from "../standards/apply.js";
import type { Basis } from "../standards/basis.js";
import { digestOf } from "../standards/digest.js";
import type { LoadedStandard } from "../standards/load.js";
import type { Waivers } from "../standards/waivers.js";
import { coverageOf, reportFindings, reportRule, reportStandard } from "./build.js";
import { distributionsOf } from "./distributions.js";
import { placeExamples } from "./places.js";
import { toolOf } from "./tool.js";

export interface ReportSettings {
  readonly scheme: string | undefined;
  readonly format: string | undefined;
  readonly rules: readonly string[];
  readonly maxExamples: number;
  readonly redact: boolean;
  readonly date: string | undefined;
  readonly profile: ProfileDocument | undefined;
  readonly evidence: { readonly items: readonly EvidenceItem[]; readonly digest: string } | undefined;
  readonly issue: IssueData | undefined;
  readonly baselineDigest: string | undefined;
}

export interface Composition {
  readonly name: string;
  readonly settings: ReportSettings;
  readonly basis: Basis;
  readonly applied: RuleSet;
  readonly detected: DetectedData;
  readonly run: Run;
  readonly failures: ReadonlyMap<number, InputError>;
  readonly found: MediaFound;
  readonly waivers: Waivers;
  /** What the data were held against, with its measurements. */
  readonly gold?: { readonly data: GoldData; readonly measurements: readonly ReportMeasurement[] } | undefined;
  /** SHA-256 of an input file as it lies on the disk. */
  readonly digest: (file: InputFile) => Promise<string>;
}

const kindsInOrder: readonly Kind[] = ["file", "media", "category", "annotation"];

/** Everything that the engine counted, scored, judged and put into words. */
export async function composeReport(composition: Composition): Promise<Report> {
  const { settings, basis, applied, detected, run, failures, found, waivers } = composition;
  const departures: Departure[] = [...applied.departures, ...schemeDepartures(basis.scheme?.scheme, settings.profile)];
  const rules = run.states.map((state) => reportRule(state, run, state.evaluated, found.found));
  const placed = await placeExamples(
    run.states,
    detected.files.map(({ file }) => file),
  );
  const paths = new Map(detected.files.map(({ file }) => [file.index, file.path]));
  const bytesOf = mediaBytes(run);
  const findings = run.states.flatMap((state) => reportFindings(state, placed, paths, bytesOf));
  const scores = scoresOf(composition, await descriptionOf(composition));
  // A broken file that a deciding rule reports counts there; without such a rule it still keeps the verdict open.
  const lost = [...failures].filter(([index, { code }]) => {
    const state = run.files.find((one) => one.file.index === index);
    return state === undefined || !state.reported.has(code);
  }).length;
  const judged =
    basis.scheme === undefined
      ? judgeStrictly(rules, lost)
      : judgeByScheme(scores, rules, acceptOf(basis.scheme.scheme, settings.profile), lost);
  const mediaMissing = found.declared > 0 && found.found === 0;
  return {
    report_version: "1",
    tool: toolOf(),
    verdict: judged.verdict,
    reasons: [...judged.reasons],
    object: {
      kind: "dataset",
      name: composition.name,
      scope: found.found > 0 ? "annotations-and-media" : "annotations",
      format: detected.format ?? "",
    },
    scheme:
      basis.scheme === undefined
        ? null
        : {
            id: basis.scheme.document.id,
            edition: basis.scheme.document.edition,
            title: basis.scheme.document.title,
            claim: basis.scheme.scheme.claim ?? basis.scheme.document.claim,
            decision_rule: decisionRuleOf(basis.scheme.scheme, settings.profile),
            accept: acceptOf(basis.scheme.scheme, settings.profile) as Record<string, number>,
            digest: basis.scheme.digests.deciding,
          },
    options: {
      scheme: settings.scheme === undefined || basis.scheme === undefined ? null : editionOf(basis.scheme),
      standards: basis.named.map(editionOf),
      format: settings.format ?? null,
      rules: [...settings.rules],
      max_examples: settings.maxExamples,
      redact: settings.redact,
      date: settings.date ?? null,
      profile: (settings.profile as Record<string, unknown> | undefined) ?? null,
      ...(settings.profile === undefined ? {} : { profile_digest: digestOf(settings.profile) }),
      ...(settings.evidence === undefined ? {} : { evidence_digest: settings.evidence.digest }),
      ...(settings.baselineDigest === undefined ? {} : { baseline_digest: settings.baselineDigest }),
    },
    standards: basis.standards.map(reportStandard),
    coverage: basis.standards.flatMap(coverageOf),
    inputs: await inputsOf(composition),
    records: recordsOf(composition),
    rules,
    findings,
    measurements: measurementsOf(run, composition.gold?.measurements ?? []),
    distributions: distributionsOf(run),
    indicators: [...scores.indicators],
    dimensions: [...overruledDimensions(scores, judged, rules)],
    evidence_wanted: evidenceWanted(scores, judged, mediaMissing),
    departures,
    waivers: waivers.report(),
    ...(composition.gold === undefined ? {} : { gold: composition.gold.data }),
    issue: settings.issue ?? null,
  };
}

/** `ID@edition`: a folder's path says nothing to whoever verifies, and an ID alone would name a newer edition one day. */
function editionOf({ document: { id, edition } }: LoadedStandard): string {
  return `${id}@${edition}`;
}

/** Digest and orientation of a medium's file, by the path that the data write; for pictures in a report. */
function mediaBytes(run: Run): (path: string) => Pick<Drawing, "media_sha256" | "orientation"> {
  const rows = new Map<string, number>();
  const record = newMedia();
  return (path) => {
    if (rows.size === 0) for (let row = 0; row < run.media.length; row++) rows.set(run.media.path(row) ?? "", row);
    const row = rows.get(path);
    if (row === undefined) return {};
    run.media.fill(row, record);
    return {
      ...(record.sha256 === undefined ? {} : { media_sha256: record.sha256 }),
      ...(record.orientation === undefined ? {} : { orientation: record.orientation }),
    };
  };
}

function acceptOf(scheme: SchemeDocument, profile: ProfileDocument | undefined): SchemeDocument["accept"] {
  const { reason: _, ...changed } = profile?.accept ?? { reason: "" };
  return { ...scheme.accept, ...changed };
}

function decisionRuleOf(scheme: SchemeDocument, profile: ProfileDocument | undefined): "point" | "interval" {
  return profile?.decision_rule?.value ?? scheme.decision_rule;
}

/** Departures of a profile from the scheme itself. */
function schemeDepartures(scheme: SchemeDocument | undefined, profile: ProfileDocument | undefined): Departure[] {
  if (profile === undefined) return [];
  wantKnown(
    "thresholds",
    profile.thresholds?.map(({ dimension }) => dimension),
    scheme?.dimensions,
  );
  const indicators = scheme?.dimensions.flatMap((dimension) => dimension.indicators);
  wantKnown(
    "weights",
    profile.weights?.map(({ indicator }) => indicator),
    indicators,
  );
  if (scheme === undefined) return [];
  const departures: Departure[] = [];
  for (const { dimension, value, reason } of profile.thresholds ?? []) {
    const from = scheme.dimensions.find(({ code }) => code === dimension)?.threshold?.value;
    departures.push({ kind: "threshold", subject: dimension, from: String(from ?? "open"), to: String(value), reason });
  }
  for (const { indicator, weight, reason } of profile.weights ?? []) {
    const from = scheme.dimensions
      .flatMap(({ indicators }) => indicators)
      .find(({ code }) => code === indicator)?.weight;
    departures.push({ kind: "weight", subject: indicator, from: String(from ?? 1), to: String(weight), reason });
  }
  for (const severity of ["critical", "major", "minor"] as const) {
    const value = profile.accept?.[severity];
    if (value !== undefined)
      departures.push({
        kind: "accept",
        subject: severity,
        from: String(scheme.accept[severity] ?? "any number"),
        to: String(value),
        reason: profile.accept?.reason ?? "",
      });
  }
  if (profile.decision_rule !== undefined && profile.decision_rule.value !== scheme.decision_rule) {
    departures.push({
      kind: "decision-rule",
      subject: "decision rule",
      from: scheme.decision_rule,
      to: profile.decision_rule.value,
      reason: profile.decision_rule.reason,
    });
  }
  return departures;
}

/** A threshold or a weight that nothing has would stand in the report as a departure, and do nothing. @throws UsageError */
function wantKnown(
  list: "thresholds" | "weights",
  named: readonly string[] | undefined,
  known: readonly { readonly code: string }[] | undefined,
): void {
  const stranger = named?.find((code) => known?.some((one) => one.code === code) !== true);
  if (stranger === undefined) return;
  throw new UsageError("TS-USAGE-0004", {
    file: "profile",
    place: `/${list}`,
    found: JSON.stringify(stranger),
    expected:
      known === undefined
        ? "no thresholds and weights: standards without a scheme have no dimensions"
        : `one of ${known.map(({ code }) => code).join(", ")}`,
  });
}

function scoresOf({ settings, basis, applied, run, found }: Composition, description: Description | undefined): Scores {
  const scheme = basis.scheme?.scheme;
  if (scheme === undefined) return { indicators: [], dimensions: [] };
  const decided = decidedIndicators(scheme);
  const { profile } = settings;
  return scoreScheme(scheme, {
    evidence: settings.evidence?.items ?? [],
    ...(description === undefined ? {} : { description }),
    decisionRule: decisionRuleOf(scheme, profile),
    threshold: (dimension: SchemeDimension) =>
      profile?.thresholds?.find((change) => change.dimension === dimension.code)?.value ??
      dimension.threshold?.value ??
      undefined,
    weight: (indicator: SchemeIndicator) =>
      profile?.weights?.find((change) => change.indicator === indicator.code)?.weight ?? indicator.weight,
    units: (code) =>
      unitsOf(
        code,
        decided,
        applied,
        run,
        scheme.missing_media === "evidence" && found.declared > 0 && found.found === 0,
      ),
  });
}

/** The description of the dataset that was read beside the data; of several the one that says most, then the first by path. */
async function descriptionOf({ run, detected, digest }: Composition): Promise<Description | undefined> {
  const described = [...run.documented.values()].filter((one) => one.described);
  described.sort((left, right) => right.properties.size - left.properties.size || left.file - right.file);
  const best = described[0];
  const file = detected.files.find((one) => one.file.index === best?.file)?.file;
  if (best === undefined || file === undefined) return undefined;
  const { name, date, properties } = best;
  return { path: file.path, sha256: await digest(file), name, date, properties };
}

/** Codes of the indicators that rules decide, in the order of their bits. */
export function decidedIndicators(scheme: SchemeDocument | undefined): readonly string[] {
  return (
    scheme?.dimensions.flatMap(({ indicators }) =>
      indicators.filter(({ decided_by }) => decided_by.includes("rules")).map(({ code }) => code),
    ) ?? []
  );
}

function unitsOf(
  code: string,
  decided: readonly string[],
  applied: RuleSet,
  run: Run,
  mediaIsEvidence: boolean,
): IndicatorUnits {
  const at = decided.indexOf(code);
  const own = applied.rules.filter((rule) => rule.deciding && rule.indicator === code);
  if (at < 0) return { kinds: [], asked: [], hasRules: false };
  const kinds: KindUnits[] = [];
  for (const kind of ["file", "media", "category", "annotation", "node", "dataset"] as const) {
    const count = run.units[kind].count(1 << at);
    // Under a scheme that wants the media, rules on their bytes that could not be asked leave every medium open.
    const wanted = mediaIsEvidence && own.some((rule) => rule.kind === kind && rule.rule.needs_media === true);
    const b = wanted ? Math.max(count.b, run.read[kind]) : count.b;
    if (b > 0) kinds.push({ kind, b, bad: count.bad, open: wanted ? b - count.bad : count.open });
  }
  const asked = own.filter((rule) => {
    const state = run.states[rule.index];
    return state !== undefined && state.evaluated + state.notEvaluated > 0;
  });
  return { kinds, asked: asked.map(({ rule }) => rule.id), hasRules: own.length > 0 };
}

async function inputsOf({ detected, run, failures, digest }: Composition): Promise<ReportInput[]> {
  const inputs: ReportInput[] = [];
  const states = new Map(run.files.map((state) => [state.file.index, state]));
  for (const { file, format, reason } of detected.files) {
    const state = states.get(file.index);
    const failure = failures.get(file.index);
    inputs.push({
      path: file.path,
      bytes: file.bytes,
      sha256: state?.sha256 ?? (await digest(file)),
      format: format.id,
      reason: reason.en,
      records: Object.fromEntries(kindsInOrder.slice(1).map((kind) => [kind, state?.counts[kind] ?? 0])),
      ...(failure === undefined
        ? {}
        : { error: { code: failure.code, message: { zh: failure.localised("zh"), en: failure.localised("en") } } }),
    });
  }
  return inputs;
}

function recordsOf({ detected, run, found }: Composition): ReportRecords {
  const notRead = [...run.notRead].map(([key, count]) => {
    const [kind = "annotation", reason = ""] = key.split("\u0000");
    return { kind: kind as Kind, reason, count };
  });
  notRead.sort((left, right) => (`${left.kind} ${left.reason}` < `${right.kind} ${right.reason}` ? -1 : 1));
  return {
    read: Object.fromEntries(kindsInOrder.map((kind) => [kind, run.read[kind]])),
    not_read: notRead,
    files_not_recognised: {
      count: detected.notRecognised.length,
      first: detected.notRecognised.slice(0, 20).map(({ file }) => file.path),
    },
    media_files: found,
  };
}

function measurementsOf(run: Run, gold: readonly ReportMeasurement[]): ReportMeasurement[] {
  const rows: ReportMeasurement[] = [...gold];
  for (const { measure, tally } of run.tallies.values()) {
    if (measure.by !== undefined || measure.charted === true || gold.some(({ id }) => id === measure.id)) continue;
    const { a, b, x } = measure.measure(tally, run.totals);
    rows.push({
      id: measure.id,
      title: measure.title,
      a,
      b,
      ...(x === undefined ? {} : { x }),
      status: x === undefined ? "undefined" : "defined",
      orientation: measure.orientation,
      unit: measure.unit,
      inference: "census",
    });
  }
  return rows.sort((left, right) => (left.id < right.id ? -1 : 1));
}
