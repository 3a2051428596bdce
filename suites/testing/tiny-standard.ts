import { inFolder } from "./folder.js";

/** A rule in as few words as it takes; the rest is filled in. */
export interface TinyRule {
  readonly id: string;
  readonly on?: string;
  readonly [field: string]: unknown;
}

const text = (words: string) => ({ zh: words, en: words });
const title = text("a title");

/** A rule as a file of rules/ has it: exact, a requirement, major. */
export function wholeRule(rule: TinyRule): Record<string, unknown> {
  return {
    clause: "1",
    claim: "illustrative",
    obligation: "requirement",
    certainty: "exact",
    severity: "major",
    title: text(rule.id),
    means: title,
    fix: title,
    cases: { conforming: [{}], violating: [{}] },
    ...rule,
  };
}

/** A rule that lint has nothing to say of. */
export const soundRule: TinyRule = {
  id: "box-wide",
  on: "annotation",
  when: "has(annotation.box)",
  assert: "annotation.box.width > 0.0",
  break: { set: { "annotation.box.width": "0.0" } },
  cases: {
    conforming: [{ annotation: { box: { x: 0, y: 0, width: 1, height: 1 } } }],
    violating: [{ annotation: { box: { x: 0, y: 0, width: 0, height: 1 } } }],
    inapplicable: [{ annotation: { label: "cat" } }],
  },
};

export interface TinyScheme {
  readonly dimensions: readonly TinyDimension[];
  readonly [field: string]: unknown;
}
export interface TinyDimension {
  readonly code: string;
  readonly indicators: readonly { readonly code: string; readonly [field: string]: unknown }[];
  readonly [field: string]: unknown;
}

export function wholeScheme({ dimensions, ...fields }: TinyScheme): Record<string, unknown> {
  return {
    objects: ["dataset"],
    standards: [],
    decision_rule: "point",
    accept: {},
    ...fields,
    dimensions: dimensions.map(({ indicators, ...dimension }) => ({
      title,
      threshold: { value: 90, claim: "illustrative" },
      ...dimension,
      indicators: indicators.map((indicator) => ({ title, decided_by: ["rules"], ...indicator })),
    })),
  };
}

export function documentOf(id: string, fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id,
    edition: "1.0.0",
    number: id,
    title,
    status: "ours",
    claim: "illustrative",
    provenance: { publisher: title, read: "own", note: title },
    clauses: [{ id: "1", title, obligation: "requirement", decided_by: "rule" }],
    ...fields,
  };
}

/** The files of a standard below its folder; JSON is YAML. */
export function standardFiles(
  rules: readonly TinyRule[],
  scheme?: TinyScheme,
  document: Record<string, unknown> = documentOf("tiny"),
): Record<string, string> {
  return {
    "standard.yaml": JSON.stringify(document),
    ...(rules.length === 0 ? {} : { "rules/rules.yaml": JSON.stringify(rules.map(wholeRule)) }),
    ...(scheme === undefined ? {} : { "scheme.yaml": JSON.stringify(wholeScheme(scheme)) }),
  };
}

/** Runs `use` with the folder of a standard. */
export function withStandard<T>(
  rules: readonly TinyRule[],
  scheme: TinyScheme | undefined,
  use: (folder: string) => T | Promise<T>,
): Promise<T> {
  return inFolder(standardFiles(rules, scheme), use);
}
