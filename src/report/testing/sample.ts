import type { Report, ReportFinding, ReportIndicator, ReportRule } from "../../records/report.gen.js";
import {
  aspect,
  boxFinding,
  boxSize,
  classes,
  crossingFinding,
  dimensions,
  duplicateFinding,
  indicators,
  longPolygon,
  outFinding,
  perMedia,
} from "./sample-parts.js";
import { emptyWhere, sampleRules } from "./sample-rules.js";

/** Reports for the tests of the renderings: valid against the schema, and no more real than their names. */
export const sampleNames = [
  "conforming",
  "nonconforming",
  "indeterminate",
  "one-finding",
  "million",
  "ten-thousand-classes",
  "hostile",
] as const;
export type SampleName = (typeof sampleNames)[number];

const digest = (digit: string): string => digit.repeat(64);

export function sampleReport(name: SampleName): Report {
  switch (name) {
    case "conforming":
      return base();
    case "nonconforming":
      return nonconforming();
    case "indeterminate":
      return indeterminate();
    case "one-finding":
      return withFindings(base(), [{ id: "box-zero-area", violations: 1, findings: [boxFinding("box-zero-area", 0)] }]);
    case "million":
      return million();
    case "ten-thousand-classes":
      return { ...base(), distributions: [classes(10_000)] };
    case "hostile":
      return hostile();
  }
}

/** A conforming census of 4,784 annotations. */
function base(): Report {
  return {
    report_version: "1",
    tool: { name: "touchstone", version: "0.1.0", digest: digest("7") },
    verdict: "conforming",
    reasons: [],
    object: { kind: "dataset", name: "street-objects", scope: "annotations-and-media", format: "coco-instances" },
    scheme: {
      id: "ref-dataset-assessment",
      edition: "1.0.0",
      title: { zh: "数据集评测方案", en: "Assessment of a dataset" },
      claim: "illustrative",
      decision_rule: "point",
      accept: { critical: 0, major: 0 },
      digest: digest("5"),
    },
    options: {
      scheme: "ref-dataset-assessment",
      standards: [],
      format: null,
      rules: [],
      max_examples: 100,
      redact: false,
      date: null,
      profile: null,
    },
    standards: [
      {
        id: "ref-image-annotation",
        edition: "1.0.0",
        number: "ref-image-annotation",
        title: { zh: "图像标注参考规则集", en: "Reference rules for image annotation" },
        status: "ours",
        partial: false,
        claim: "illustrative",
        rules: 20,
        claims: { normative: 0, reported: 2, illustrative: 18 },
        deciding_digest: digest("d"),
        full_digest: digest("f"),
      },
    ],
    coverage: [],
    inputs: [
      {
        path: "annotations.json",
        bytes: 2_914_882,
        sha256: digest("a"),
        format: "coco-instances",
        reason: "keys images, annotations, categories",
        records: { media: 1_500, annotation: 4_784, category: 60 },
      },
    ],
    records: {
      read: { media: 1_500, annotation: 4_784, category: 60, file: 1 },
      not_read: [],
      files_not_recognised: { count: 0, first: [] },
      media_files: { declared: 1_500, found: 1_500 },
    },
    rules: sampleRules(4_784),
    findings: [],
    measurements: [
      {
        id: "label-imbalance-ratio",
        title: { zh: "类别不均衡比", en: "Label imbalance ratio" },
        a: 667,
        b: 1,
        x: 667,
        status: "defined",
        orientation: "lower-is-better",
        unit: "1",
        inference: "census",
      },
      {
        id: "unlabelled-media",
        title: { zh: "未标注数据项占比", en: "Share of media without annotations" },
        a: 0,
        b: 1_500,
        x: 0,
        status: "defined",
        orientation: "lower-is-better",
        unit: "1",
        inference: "census",
      },
      {
        id: "cohen-kappa",
        title: { zh: "标注者一致性 κ", en: "Agreement κ" },
        a: 0,
        b: 0,
        status: "undefined",
        orientation: "higher-is-better",
        unit: "1",
        inference: "sample",
      },
    ],
    distributions: [classes(60), boxSize(), aspect(), perMedia()],
    indicators: indicators(100, 0),
    dimensions: dimensions(100, "conforming"),
    evidence_wanted: [
      {
        indicators: ["0205", "0209"],
        kinds: ["review"],
        text: {
          zh: "由复核员签字的抽样复核记录（范围、结果）",
          en: "A sampled review signed by the reviewer (scope, result)",
        },
        decides: false,
      },
    ],
    departures: [],
    waivers: [],
    issue: null,
  };
}

interface Found {
  readonly id: string;
  readonly violations: number;
  readonly findings: readonly ReportFinding[];
}

function withFindings(report: Report, found: readonly Found[]): Report {
  const rules = report.rules.map((rule): ReportRule => {
    const hit = found.find((one) => one.id === rule.id);
    if (hit === undefined) return rule;
    const where = emptyWhere();
    for (let i = 0; i < hit.violations && i < 4096; i += 1)
      where[(i * 7 + 20) % 64] = (where[(i * 7 + 20) % 64] ?? 0) + 1;
    where[40] = (where[40] ?? 0) + Math.max(0, hit.violations - 4096);
    return {
      ...rule,
      verdict: rule.deciding ? "nonconforming" : "advisory",
      violations: hit.violations,
      kept: hit.findings.length,
      media_with_findings: Math.min(hit.violations, 48),
      by_category: {
        counts: [{ key: "Clear plastic bottle", count: hit.violations }],
        remainder_keys: 0,
        remainder: 0,
      },
      where,
    };
  });
  const failing = rules.filter(
    (rule) => rule.verdict === "nonconforming" && (rule.severity === "critical" || rule.severity === "major"),
  );
  const bad = failing.reduce((total, rule) => total + rule.violations, 0);
  const verdict = failing.length > 0 ? "nonconforming" : report.verdict;
  const severities = [...new Set(failing.map((rule) => rule.severity))];
  const evaluated = report.records.read["annotation"] ?? 0;
  return {
    ...report,
    verdict,
    reasons: severities.map((severity) => {
      const of = failing.filter((rule) => rule.severity === severity);
      return {
        code: "findings-over-accept",
        verdict: "nonconforming",
        severity,
        rules: of.map((rule) => rule.id),
        count: of.reduce((n, rule) => n + rule.violations, 0),
        accept: 0,
      };
    }),
    rules,
    findings: found.flatMap((one) => one.findings),
    indicators: indicators((100 * (evaluated - bad)) / evaluated, bad, evaluated),
    dimensions: dimensions((100 * (evaluated - bad / 2)) / evaluated, verdict),
  };
}

function nonconforming(): Report {
  const report = withFindings({ ...base(), object: { ...base().object, name: "taco-like", scope: "annotations" } }, [
    { id: "id-duplicate", violations: 4, findings: [309, 309, 4040, 4040].map((id, i) => duplicateFinding(id, i)) },
    { id: "box-out-of-bounds", violations: 7, findings: Array.from({ length: 7 }, (_, i) => outFinding(i)) },
    {
      id: "polygon-self-intersection",
      violations: 56,
      findings: Array.from({ length: 56 }, (_, i) => crossingFinding(i)),
    },
  ]);
  const rules = report.rules.map(
    (rule): ReportRule =>
      rule.id === "area-mismatch"
        ? { ...rule, verdict: "indeterminate", not_evaluated: 12, not_evaluated_codes: { "no-such-key": 12 } }
        : rule.id === "box-too-small"
          ? {
              ...rule,
              verdict: "advisory",
              deciding: false,
              evaluated: 0,
              open_params: ["min_side_px"],
              not_asked: "open-parameter",
            }
          : rule,
  );
  return {
    ...report,
    rules,
    records: {
      ...report.records,
      media_files: { declared: 1_500, found: 0 },
      not_read: [{ kind: "annotation", reason: "not-an-object", count: 3 }],
    },
    departures: [{ kind: "threshold", subject: "02", from: "90", to: "95", reason: "委托方要求" }],
  };
}

function indeterminate(): Report {
  const report = base();
  return {
    ...report,
    verdict: "indeterminate",
    reasons: [{ code: "no-indicator-left", verdict: "indeterminate" }],
    indicators: report.indicators.map((one): ReportIndicator => {
      const { a: _a, b: _b, lower: _lower, upper: _upper, ...rest } = one;
      return {
        ...rest,
        evidence: "missing",
        kinds: [],
        rules: [],
        verdict: "indeterminate",
        wanted: { zh: "由复核员签字的抽样复核记录", en: "A sampled review signed by the reviewer" },
      };
    }),
    dimensions: dimensions(undefined, "indeterminate"),
    evidence_wanted: report.indicators.map((one) => ({
      indicators: [one.code],
      kinds: ["document"],
      text: { zh: `${one.title.zh}的说明文件`, en: `A document on ${one.title.en.toLowerCase()}` },
      decides: true,
    })),
  };
}

function million(): Report {
  const rules = sampleRules(0).map((rule) => rule.id);
  const big = {
    ...base(),
    records: { ...base().records, read: { media: 400_000, annotation: 3_000_000, category: 60, file: 1 } },
    rules: sampleRules(3_000_000),
  };
  return withFindings(
    big,
    rules.map((id, k) => ({
      id,
      violations: 50_000 + k,
      findings: Array.from({ length: 100 }, (_, i) => longPolygon(id, i)),
    })),
  );
}

export const hostileNames: readonly string[] = [
  "<script>alert(1)</script>",
  '"onload="alert(1)',
  "a\u202Egnp.exe",
  "x".repeat(5_000),
  "한국어 이름",
  "🚗🚕 emoji",
  "`code` | @team <b>",
  "{{constructor}} $1 %s",
];

function hostile(): Report {
  const findings = hostileNames.map(
    (text, i): ReportFinding => ({
      ...boxFinding("box-zero-area", i),
      file: text,
      record: text,
      media: text,
      category: text,
      values: [{ name: text, value: text, relation: ">", bound: text }],
      pointer: `/${text}`,
      others: [text],
      message: { zh: text, en: text },
    }),
  );
  const report = withFindings(base(), [{ id: "box-zero-area", violations: findings.length, findings }]);
  const evil = hostileNames[0] ?? "";
  return {
    ...report,
    object: { ...report.object, name: hostileNames.join(" ") },
    inputs: hostileNames.map((path) => ({ ...(report.inputs[0] as Report["inputs"][number]), path, reason: path })),
    distributions: [
      {
        id: "annotations-by-category",
        title: { zh: "各类别标注数", en: "Annotations by category" },
        kind: "classes",
        total: 36,
        keys: [...hostileNames],
        counts: hostileNames.map((_, i) => 8 - i),
      },
    ],
    departures: [
      { kind: "parameter", subject: evil, from: evil, to: hostileNames[1] ?? "", reason: hostileNames[2] ?? "" },
    ],
    waivers: [{ rule: evil, path: hostileNames[3] ?? "", reason: evil, by: evil, applies: true, matched: 0 }],
    rules: report.rules.map((rule) =>
      rule.id === "box-zero-area"
        ? { ...rule, title: { zh: evil, en: evil }, means: { zh: evil, en: evil }, fix: { zh: evil, en: evil } }
        : rule,
    ),
  };
}
