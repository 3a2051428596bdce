import { UsageError } from "../records/errors.js";
import type { EvidenceItem, SchemeDocument } from "../records/grammar.gen.js";
import type { Evidence } from "../standards/evidence.js";

/**
 * Evidence answers an indicator of the scheme, by a kind that decides it: a document cannot say how accurate the annotations are.
 *
 * @throws UsageError no scheme, an unknown indicator, or a kind of evidence that does not decide it
 */
export function wantFitting(scheme: SchemeDocument | undefined, evidence: Evidence): void {
  const all = [...evidence.items, ...(evidence.mismatches ?? []).map(({ item }) => item)];
  const indicators = scheme?.dimensions.flatMap((dimension) => dimension.indicators) ?? [];
  for (const item of all) {
    const refuse = (found: string, expected: string): never => {
      throw new UsageError("TS-USAGE-0004", { file: evidence.placeOf?.(item) ?? "evidence", found, expected });
    };
    if (scheme === undefined) refuse("evidence", "a scheme with indicators (--scheme ID)");
    const indicator = indicators.find(({ code }) => code === item.indicator);
    if (indicator === undefined)
      refuse(`indicator ${item.indicator}`, `one of ${indicators.map(({ code }) => code).join(", ")}`);
    else if (!indicator.decided_by.includes(item.kind))
      refuse(
        `${item.indicator}: a ${item.kind}`,
        `${indicator.decided_by.join(" or ")}, which decide ${item.indicator}`,
      );
  }
}

/** What a description of the dataset that was read beside the data says of itself. */
export interface Description {
  readonly path: string;
  readonly sha256: string;
  /** Name of the dataset. */
  readonly name: string;
  /** YYYY-MM-DD as the description writes it; empty where it does not. */
  readonly date: string;
  /** `role.property`, such as dataset.license, field.cr:dataType. */
  readonly properties: ReadonlySet<string>;
}

/** How many of the properties that bear on an indicator a description has: a share of what is listed, whatever it is worth. */
export function evidenceOfDescription(code: string, listed: readonly string[], description: Description): EvidenceItem {
  return {
    indicator: code,
    kind: "document",
    path: description.path,
    sha256: description.sha256,
    by: description.name,
    role: "Croissant",
    date: description.date,
    conclusion: "ratio",
    a: listed.filter((property) => description.properties.has(property)).length,
    b: listed.length,
  };
}
