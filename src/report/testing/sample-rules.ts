import type { ReportRule, Text } from "../../records/report.gen.js";

/** Rules of the sample reports: id, clause, severity, what must hold, what it does, what to do. Wording of the samples only. */
type Row = readonly [id: string, clause: string, severity: ReportRule["severity"], zh: string, en: string];

const rows: readonly Row[] = [
  ["json-duplicate-key", "4.1.2", "major", "对象中没有重复的键", "An object has no key twice"],
  ["id-duplicate", "4.2.1", "critical", "编号在文件内唯一", "An id occurs once in its file"],
  ["reference-dangling", "4.2.2", "critical", "引用的记录存在", "A referenced record exists"],
  ["id-format-invalid", "4.2.3", "minor", "编号为整数", "An id is an integer"],
  ["item-path-duplicate", "4.3.1", "major", "数据项路径唯一", "A media path occurs once"],
  ["media-size-missing", "4.3.2", "major", "数据项写明尺寸", "A medium states its size"],
  ["label-undefined", "4.4.1", "critical", "类别已经定义", "A category is defined"],
  ["label-name-empty", "4.4.2", "major", "类别有名称", "A category has a name"],
  ["label-name-duplicate", "4.4.3", "major", "类别名称唯一", "A category name occurs once"],
  ["box-out-of-bounds", "5.2.1", "major", "标注框位于数据项之内", "A box lies inside its media"],
  ["box-zero-area", "5.2.2", "major", "标注框围出面积", "A box encloses an area"],
  ["box-too-small", "5.2.3", "minor", "标注框不小于下限", "A box is not below the least size"],
  ["polygon-too-few-points", "5.2.4", "major", "多边形至少有三个点", "A polygon has three points or more"],
  ["polygon-zero-area", "5.2.5", "major", "多边形围出面积", "A polygon encloses an area"],
  ["polygon-self-intersection", "5.2.6", "minor", "多边形不自相交", "A polygon does not cross itself"],
  ["polygon-outside-box", "5.2.7", "minor", "多边形位于其标注框之内", "A polygon lies inside its box"],
  ["area-mismatch", "5.2.10", "minor", "面积与几何一致", "The area agrees with the geometry"],
  ["duplicate-annotation", "5.3.1", "major", "同一对象只标注一次", "An object is annotated once"],
  ["media-unannotated", "5.3.2", "observation", "每个数据项都有标注", "Every medium has an annotation"],
  ["label-imbalance", "5.4.1", "observation", "类别数量均衡", "Categories are balanced"],
];

export const illustrated: Text = {
  zh: "训练工具会静默丢弃或误读这些标注",
  en: "Training tools drop or misread such annotations silently",
};
export const mended: Text = { zh: "改正所列记录后重新导出", en: "Mend the listed records and export again" };

export function emptyWhere(): ReportRule["where"] {
  return Array.from({ length: 64 }, () => 0) as unknown as ReportRule["where"];
}

/** All sample rules, asked of `evaluated` records and holding. */
export function sampleRules(evaluated: number): ReportRule[] {
  return rows.map(([id, clause, severity, zh, en]) => ({
    id,
    standard: "ref-image-annotation",
    clause,
    claim: id === "reference-dangling" || id === "label-undefined" ? "reported" : "illustrative",
    obligation: severity === "observation" ? "recommendation" : "requirement",
    certainty: id === "duplicate-annotation" ? "heuristic" : "exact",
    severity,
    indicator: clause.startsWith("4") ? "0201" : "0203",
    title: { zh, en },
    means: illustrated,
    fix: mended,
    on: "annotation",
    deciding: severity !== "observation" && id !== "duplicate-annotation",
    verdict: severity === "observation" || id === "duplicate-annotation" ? "advisory" : "conforming",
    evaluated,
    violations: 0,
    not_evaluated: 0,
    waived: 0,
    by_category: { counts: [], remainder_keys: 0, remainder: 0 },
    where: emptyWhere(),
    kept: 0,
  }));
}
