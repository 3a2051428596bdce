import type { EvidenceItem, Kind, SchemeDimension, SchemeDocument, SchemeIndicator } from "../records/grammar.gen.js";
import type { ReportDimension, ReportIndicator, UnitCount } from "../records/report.gen.js";
import { wilsonInterval } from "../statistics/interval.js";
import { type Description, evidenceOfDescription } from "./evidence.js";

/** Units of one kind for one indicator, as the engine counted them. */
export interface KindUnits {
  readonly kind: Kind;
  readonly b: number;
  readonly bad: number;
  readonly open: number;
}

/** What the rules say about one indicator. */
export interface IndicatorUnits {
  readonly kinds: readonly KindUnits[];
  /** Ids of deciding rules that were asked of at least one unit. */
  readonly asked: readonly string[];
  /** Whether the rule set has deciding rules for it at all. */
  readonly hasRules: boolean;
}

export interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

/** 100·(B − bad − open)/B … 100·(B − bad)/B: the lowest and the highest score that the open units allow. */
export function kindBounds({ b, bad, open }: KindUnits): Bounds {
  return { lower: (100 * (b - bad - open)) / b, upper: (100 * (b - bad)) / b };
}

function scoreByRules(
  indicator: SchemeIndicator,
  dimension: string,
  units: IndicatorUnits,
  decisive: number,
): ReportIndicator {
  const asked = units.kinds.filter(({ b }) => b > 0);
  const bounds = asked.map(kindBounds);
  const lower = Math.min(...bounds.map((bound) => bound.lower));
  const upper = Math.min(...bounds.map((bound) => bound.upper));
  const setter = bounds.findIndex((bound) => bound.lower === lower);
  const kinds: UnitCount[] = asked.map((kind, at) => ({ ...kind, sets: at === setter }));
  const set = kinds[setter];
  return {
    ...head(indicator, dimension),
    rules: [...units.asked],
    evidence: "rules",
    kinds,
    ...(set === undefined ? {} : { a: set.b - set.bad - set.open, b: set.b }),
    lower,
    upper,
    verdict: verdictOf({ lower, upper }, decisive),
  };
}

function head(
  indicator: SchemeIndicator,
  dimension: string,
): Omit<ReportIndicator, "rules" | "evidence" | "kinds" | "verdict"> {
  const { code, title, claim = "illustrative", decided_by, weight, wanted } = indicator;
  return {
    code,
    title,
    claim,
    dimension,
    decided_by: [...decided_by],
    ...(weight === undefined ? {} : { weight }),
    ...(wanted === undefined ? {} : { wanted }),
  };
}

/** met 100, not-met 0, or 100·a/b; under the interval rule the ends of a 95 % Wilson interval. */
function evidenceBounds(item: EvidenceItem, rule: "point" | "interval"): Bounds {
  if (item.conclusion === "met") return { lower: 100, upper: 100 };
  if (item.conclusion === "not-met") return { lower: 0, upper: 0 };
  const { a = 0, b = 0 } = item;
  if (b === 0) return { lower: 0, upper: 100 };
  if (rule === "point") return { lower: (100 * a) / b, upper: (100 * a) / b };
  const interval = wilsonInterval(a, b);
  return interval === undefined ? { lower: 0, upper: 100 } : { lower: 100 * interval.low, upper: 100 * interval.high };
}

function verdictOf({ lower, upper }: Bounds, threshold: number | undefined): ReportIndicator["verdict"] {
  if (threshold === undefined || Number.isNaN(threshold)) return "indeterminate";
  if (upper < threshold) return "nonconforming";
  return lower >= threshold ? "conforming" : "indeterminate";
}

export interface ScoreOptions {
  readonly units: (code: string) => IndicatorUnits;
  readonly evidence: readonly EvidenceItem[];
  /** The description that was read beside the data: it answers indicators that list `properties`, unless evidence was supplied for them. */
  readonly description?: Description;
  readonly decisionRule: "point" | "interval";
  /** Threshold of a dimension, with the profile's departures. */
  readonly threshold: (dimension: SchemeDimension) => number | undefined;
  /** Weight that the scheme or a profile gives; undefined where none does. */
  readonly weight: (indicator: SchemeIndicator) => number | undefined;
}

function scoreIndicator(
  indicator: SchemeIndicator,
  dimension: SchemeDimension,
  options: ScoreOptions,
): ReportIndicator {
  const threshold = options.threshold(dimension);
  const units = options.units(indicator.code);
  const supplied = options.evidence.find((item) => item.indicator === indicator.code);
  if (indicator.decided_by.includes("rules") && units.kinds.some(({ b }) => b > 0)) {
    return scoreByRules(indicator, dimension.code, units, threshold ?? Number.NaN);
  }
  const base = { ...head(indicator, dimension.code), rules: [...units.asked], kinds: [] };
  const described = supplied === undefined ? descriptionFor(indicator, options) : undefined;
  const item = supplied ?? described;
  if (item !== undefined) {
    const { kind, path, sha256, by, role, date, conclusion, a, b } = item;
    const bounds = described === undefined ? evidenceBounds(item, options.decisionRule) : descriptionBounds(item);
    const given = {
      kind,
      path,
      sha256,
      by,
      role,
      date,
      conclusion,
      ...(a === undefined ? {} : { a }),
      ...(b === undefined ? {} : { b }),
    };
    return {
      ...base,
      evidence: "supplied",
      supplied: given,
      ...(a === undefined || b === undefined ? {} : { a, b }),
      ...bounds,
      verdict: verdictOf(bounds, threshold),
    };
  }
  // Rules exist and none was asked: the data have nothing of the kind. That is a fact, not missing evidence, where nothing else could decide it.
  if (indicator.decided_by.every((by) => by === "rules") && units.hasRules)
    return { ...base, evidence: "not-applicable", verdict: "not-applicable" };
  return { ...base, evidence: "missing", verdict: "indeterminate" };
}

/** What a description leaves out may stand in another document: it is missing, and not shown to be wanting. */
function descriptionBounds({ a = 0, b = 1 }: EvidenceItem): Bounds {
  return { lower: (100 * a) / b, upper: 100 };
}

function descriptionFor(indicator: SchemeIndicator, { description }: ScoreOptions): EvidenceItem | undefined {
  const { code, properties = [], decided_by } = indicator;
  if (description === undefined || properties.length === 0 || !decided_by.includes("document")) return undefined;
  return evidenceOfDescription(code, properties, description);
}

/** Weight of an indicator in its dimension; "open" where any is allowed. */
type Weight = number | "open";

/**
 * Weighted mean of the indicators, as bounds. Weights that the source leaves open may put everything on the worst, or on the best, of them; those that
 * are given hold their shares among each other.
 */
function dimensionBounds(
  indicators: readonly ReportIndicator[],
  weightOf: (code: string) => Weight,
): Bounds | undefined {
  const open: Bounds[] = [];
  let total = 0;
  // Weighted sums first, one division last: equal scores give exactly that score.
  const sum = { lower: 0, upper: 0 };
  for (const { code, evidence, lower = 0, upper = 100 } of indicators) {
    if (evidence === "not-applicable") continue;
    const weight = weightOf(code);
    if (weight === "open") open.push({ lower, upper });
    else {
      total += weight;
      sum.lower += weight * lower;
      sum.upper += weight * upper;
    }
  }
  if (total > 0) open.push({ lower: sum.lower / total, upper: sum.upper / total });
  if (open.length === 0) return undefined;
  return {
    lower: Math.min(...open.map(({ lower }) => lower)),
    upper: Math.max(...open.map(({ upper }) => upper)),
  };
}

export interface Scores {
  readonly indicators: readonly ReportIndicator[];
  readonly dimensions: readonly ReportDimension[];
}

/** Scores of all indicators and dimensions of a scheme, as bounds; nothing is renormalised over what happened to be measured. */
export function scoreScheme(scheme: SchemeDocument, options: ScoreOptions): Scores {
  const indicators: ReportIndicator[] = [];
  const dimensions: ReportDimension[] = [];
  for (const dimension of scheme.dimensions) {
    const own = dimension.indicators.map((indicator) => scoreIndicator(indicator, dimension, options));
    indicators.push(...own);
    const weightOf = (code: string): Weight => {
      const indicator = dimension.indicators.find((one) => one.code === code);
      return (indicator && options.weight(indicator)) ?? (dimension.weights === "open" ? "open" : 1);
    };
    const given = dimension.indicators.filter((indicator) => options.weight(indicator) !== undefined).length;
    const weights =
      dimension.weights === "open" && given < dimension.indicators.length ? "open" : given > 0 ? "given" : "equal";
    const bounds = dimensionBounds(own, weightOf);
    const threshold = options.threshold(dimension);
    dimensions.push({
      code: dimension.code,
      title: dimension.title,
      decides: dimension.decides !== false,
      indicators: own.map(({ code }) => code),
      weights,
      ...(bounds === undefined ? {} : bounds),
      ...(threshold === undefined ? {} : { threshold }),
      ...(dimension.threshold === undefined ? {} : { threshold_claim: dimension.threshold.claim }),
      verdict: bounds === undefined ? "not-applicable" : verdictOf(bounds, threshold),
    });
  }
  return { indicators, dimensions };
}
