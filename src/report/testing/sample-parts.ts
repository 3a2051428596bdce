import type { Distribution, ReportDimension, ReportFinding, ReportIndicator } from "../../records/report.gen.js";
import { mended } from "./sample-rules.js";

/** Findings, distributions, indicators and dimensions of the sample reports. */

export function finding(rule: string, severity: ReportFinding["severity"], i: number): ReportFinding {
  return {
    rule,
    standard: "ref-image-annotation",
    severity,
    certainty: "exact",
    fingerprint: (i + 1).toString(16).padStart(16, "0"),
    kind: "annotation",
    file: "annotations.json",
    offset: 48_213 + i * 1_000,
    line: 1,
    column: 48_214 + i * 1_000,
    pointer: `/annotations/${30 + i}`,
    record: String(31 + i),
    media: `batch_1/00000${i % 10}.jpg`,
    category: "Clear plastic bottle",
    values: [],
    message: { zh: "规则不成立", en: "the rule does not hold" },
    fix: mended,
  };
}

export function duplicateFinding(id: number, i: number): ReportFinding {
  return {
    ...finding("id-duplicate", "critical", i),
    record: String(id),
    others: [String(id)],
    values: [
      {
        name: "size(siblings)",
        value: 2,
        relation: "!=",
        bound: 1,
        says: { zh: "id 相同的标注", en: "annotations with this id" },
        unit: { zh: "条", en: "" },
      },
    ],
  };
}

export function boxFinding(rule: string, i: number): ReportFinding {
  return {
    ...finding(rule, "major", i),
    values: [{ name: "box.width * box.height", value: 0, relation: "<=", bound: 0 }],
    drawing: {
      frame: { width: 640, height: 480 },
      shapes: [{ kind: "box", role: "subject", points: [300, 200, 120, 0] }],
      marks: [{ kind: "gap", points: [300, 200, 420, 200] }],
    },
  };
}

export function outFinding(i: number): ReportFinding {
  const x = -3.5 - i;
  return {
    ...finding("box-out-of-bounds", "major", i),
    record: String(1180 + i),
    values: [{ name: "box.x", value: x, relation: "<", bound: -0.5 }],
    drawing: {
      frame: { width: 640, height: 480 },
      shapes: [{ kind: "box", role: "subject", points: [x, 120, 90, 60] }],
      marks: [{ kind: "overflow", points: [0, 120, 0, 180] }],
    },
  };
}

export function crossingFinding(i: number): ReportFinding {
  const at = 200 + i * 9;
  return {
    ...finding("polygon-self-intersection", "minor", i),
    values: [{ name: "selfIntersects(ring)", value: true }],
    drawing: {
      frame: { width: 1824, height: 4000 },
      shapes: [{ kind: "polygon", role: "subject", points: [at, 800, at + 160, 960, at + 160, 800, at, 960] }],
      marks: [{ kind: "crossing", points: [at + 80, 880] }],
    },
  };
}

export function longPolygon(rule: string, i: number): ReportFinding {
  const points = Array.from({ length: 400 }, (_, k) => [
    1000 + 400 * Math.cos((k * Math.PI) / 200) * (1 + 0.05 * (k % 7)),
    900 + 300 * Math.sin((k * Math.PI) / 200),
  ]).flat();
  return {
    ...finding(rule, "major", i),
    drawing: {
      frame: { width: 2048, height: 1536 },
      shapes: [{ kind: "polygon", role: "subject", points }],
      marks: [{ kind: "vertex", points: [1400, 900] }],
      simplified_from: 12_000,
    },
  };
}

export function classes(n: number): Distribution {
  const counts = Array.from({ length: n }, (_, i) => Math.max(1, Math.round(2_000 / (i + 3))));
  return {
    id: "annotations-by-category",
    title: { zh: "各类别标注数", en: "Annotations by category" },
    kind: "classes",
    total: counts.reduce((a, b) => a + b, 0),
    keys: counts.map((_, i) => `category ${i + 1}`),
    counts,
  };
}

export function boxSize(): Distribution {
  const edges = Array.from({ length: 25 }, (_, i) => 2 ** (i / 2));
  const counts = Array.from({ length: 576 }, (_, i) => {
    const distance =
      ((i % 24) - 13) ** 2 + (Math.floor(i / 24) - 13) ** 2 - 1.2 * ((i % 24) - 13) * (Math.floor(i / 24) - 13);
    return Math.round(120 * Math.exp(-distance / 9));
  });
  return {
    id: "box-size",
    title: { zh: "标注框尺寸", en: "Box size" },
    kind: "grid",
    total: counts.reduce((a, b) => a + b, 0),
    edges,
    edges_y: edges,
    counts,
  };
}

export function aspect(): Distribution {
  const edges = Array.from({ length: 25 }, (_, i) => -3 + i / 4);
  const counts = Array.from({ length: 24 }, (_, i) => Math.round(500 * Math.exp(-((i - 12.5) ** 2) / 16)));
  return {
    id: "box-aspect",
    title: { zh: "标注框宽高比", en: "Aspect of boxes" },
    kind: "histogram",
    total: counts.reduce((a, b) => a + b, 0),
    edges,
    counts,
    median: 0.1,
  };
}

export function perMedia(): Distribution {
  const counts = [0, 520, 340, 210, 140, 90, 60, 50, 40, 25, 25];
  return {
    id: "annotations-by-media",
    title: { zh: "每个数据项的标注数", en: "Annotations per medium" },
    kind: "histogram",
    total: 1_500,
    edges: Array.from({ length: 12 }, (_, i) => i),
    counts,
    open_end: true,
    median: 2,
  };
}

export function indicators(scoreNow: number, bad: number, b = 4_784): ReportIndicator[] {
  const one = (code: string, zh: string, en: string): ReportIndicator => ({
    code,
    title: { zh, en },
    claim: "reported",
    dimension: "02",
    decided_by: ["rules"],
    rules: ["box-zero-area"],
    evidence: "rules",
    kinds: [{ kind: "annotation", b, bad, open: 0, sets: true }],
    a: b - bad,
    b,
    lower: scoreNow,
    upper: scoreNow,
    weight: 0.5,
    verdict: bad === 0 ? "conforming" : "nonconforming",
  });
  return [
    one("0201", "规范性", "Regularity"),
    one("0203", "准确性", "Accuracy"),
    {
      code: "0205",
      title: { zh: "标注内容正确性", en: "Correctness of annotations" },
      claim: "reported",
      dimension: "03",
      decided_by: ["review"],
      rules: [],
      evidence: "missing",
      kinds: [],
      verdict: "indeterminate",
      wanted: {
        zh: "由复核员签字的抽样复核记录（范围、结果）",
        en: "A sampled review signed by the reviewer (scope, result)",
      },
    },
  ];
}

export function dimensions(value: number | undefined, verdict: ReportDimension["verdict"]): ReportDimension[] {
  const ends = value === undefined ? {} : { lower: value, upper: value };
  return [
    {
      code: "01",
      title: { zh: "说明文档", en: "Documentation" },
      decides: false,
      indicators: [],
      verdict: "indeterminate",
      threshold: 90,
      threshold_claim: "reported",
    },
    {
      code: "02",
      title: { zh: "数据质量", en: "Data quality" },
      decides: true,
      indicators: ["0201", "0203"],
      weights: "equal",
      ...ends,
      threshold: 90,
      threshold_claim: "reported",
      verdict,
    },
    {
      code: "03",
      title: { zh: "模型应用", en: "Use in models" },
      decides: false,
      indicators: ["0205"],
      verdict: "indeterminate",
      threshold: 90,
      threshold_claim: "reported",
    },
  ];
}
