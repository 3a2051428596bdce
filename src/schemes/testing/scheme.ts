import type { EvidenceItem, SchemeDimension, SchemeDocument, SchemeIndicator } from "../../records/grammar.gen.js";
import type { IndicatorUnits, KindUnits, ScoreOptions } from "../score.js";

const title = { zh: "名", en: "Name" };

export function indicator(code: string, fields: Partial<SchemeIndicator> = {}): SchemeIndicator {
  return { code, title, decided_by: ["rules"], ...fields };
}

export function dimension(
  code: string,
  indicators: readonly SchemeIndicator[],
  fields: Partial<SchemeDimension> = {},
): SchemeDimension {
  return {
    code,
    title,
    threshold: { value: 90, claim: "illustrative" },
    indicators: indicators as SchemeDimension["indicators"],
    ...fields,
  };
}

export function schemeOf(...dimensions: readonly SchemeDimension[]): SchemeDocument {
  return {
    objects: ["dataset"],
    standards: [],
    decision_rule: "point",
    accept: {},
    dimensions: dimensions as SchemeDocument["dimensions"],
  };
}

export function evidence(code: string, fields: Partial<EvidenceItem>): EvidenceItem {
  return {
    indicator: code,
    kind: "document",
    path: "a.pdf",
    sha256: "0".repeat(64),
    by: "N. N.",
    role: "reviewer",
    date: "2026-01-01",
    conclusion: "met",
    ...fields,
  };
}

/** B, bad and open by kind. */
export function unitsOf(kinds: readonly KindUnits[], hasRules = true): IndicatorUnits {
  return { kinds, asked: kinds.length > 0 ? ["a-rule"] : [], hasRules };
}

/** Options of the scheme itself; units by code, nothing asked of the others. */
export function optionsOf(
  units: Readonly<Record<string, readonly KindUnits[]>>,
  fields: Partial<ScoreOptions> = {},
): ScoreOptions {
  return {
    units: (code) => unitsOf(units[code] ?? []),
    evidence: [],
    decisionRule: "point",
    threshold: (one) => one.threshold?.value ?? undefined,
    weight: (one) => one.weight,
    ...fields,
  };
}
