import { stringify } from "yaml";
import { table } from "../report/text.js";
import { killRates, type MutantOutcome, type RuleMutation } from "./mutate.js";
import type { TellingCase } from "./tell-apart.js";
import type { TellingDataset } from "./tell-drawn.js";

type Language = "zh" | "en";

const words = {
  zh: {
    rule: "规则",
    operator: "变异",
    mutants: "变异体",
    cases: "用例杀死",
    generated: "生成数据区分",
    equivalent: "等价",
    survive: "存活",
    share: "比例",
    operators: {
      flipped: "比较反向",
      strictness: "严格与宽松",
      shifted: "界限移一步",
      logic: "与或互换",
      dropped: "去掉一项",
      parameter: "参数改动",
      sibling: "换同签名函数",
    },
    listed: "另列、不计分：取反 {0} 个，删去规则 {1} 个，用例未杀死 {2} 个。",
    noCel: "没有 CEL 的规则（读取缺陷、模式）不变异：{0} 条。",
    seed: "种子 {0}，生成记录 {1} 条",
    paste: "可加入用例：",
    dataset: "以下数据集可区分（仅凭记录不能）：格式 {0}，种子 {1}，流 {2}",
    none: "{0} 条生成记录中没有差别",
    notEquivalent: "标为等价而不是：",
  },
  en: {
    rule: "rule",
    operator: "operator",
    mutants: "mutants",
    cases: "by cases",
    generated: "generated",
    equivalent: "equivalent",
    survive: "survive",
    share: "share",
    operators: {
      flipped: "comparison flipped",
      strictness: "made strict or loose",
      shifted: "bound shifted",
      logic: "&& and || swapped",
      dropped: "operand dropped",
      parameter: "parameter changed",
      sibling: "function swapped",
    },
    listed: "Listed and not scored: {0} negated, {1} without their rule; {2} of them not killed by cases.",
    noCel: "Rules without CEL (faults of reading, schemas) have no mutants: {0}.",
    seed: "seed {0}, {1} generated records",
    paste: "would be told apart by the case",
    dataset: "told apart by a drawn dataset, not by its records alone: format {0}, seed {1}, stream {2}",
    none: "no difference in {0} generated records",
    notEquivalent: "named equivalent, and is not:",
  },
} as const;

function put(pattern: string, ...values: readonly (string | number)[]): string {
  return pattern.replace(/\{(\d)\}/g, (_, at: string) => String(values[Number(at)]));
}

/** What became of the mutants: rule by rule, operator by operator, then each survivor with the case that would tell it apart. */
export function mutationText(rules: readonly RuleMutation[], seed: number, lang: Language): string {
  const w = words[lang];
  const asked = rules.filter(({ mutants }) => mutants.length > 0);
  const byRule = asked.map(({ rule, mutants }) => {
    const scored = mutants.filter((mutant) => mutant.scored);
    const count = (fate: MutantOutcome["fate"]): string => String(scored.filter((one) => one.fate === fate).length);
    return [rule, String(scored.length), count("cases"), count("generated"), count("equivalent"), count("survives")];
  });
  const byOperator = killRates(rules).map((rate) => [
    w.operators[rate.operator],
    ...[rate.mutants, rate.cases, rate.generated, rate.equivalent, rate.survive].map(String),
    percent(rate.share),
  ]);
  const head = [w.mutants, w.cases, w.generated, w.equivalent, w.survive];
  const unscored = rules.flatMap(({ mutants }) => mutants.filter(({ scored }) => !scored));
  const left = unscored.filter(({ fate }) => fate !== "cases").length;
  const negated = unscored.filter(({ operator }) => operator === "negated").length;
  return [
    ...table([[w.rule, ...head], ...byRule]),
    "",
    ...asked.flatMap((rule) => survivorLines(rule, lang)),
    ...table([[w.operator, ...head, w.share], ...byOperator]),
    put(w.listed, negated, unscored.length - negated, left),
    ...(asked.length < rules.length ? [put(w.noCel, rules.length - asked.length)] : []),
    put(
      w.seed,
      seed,
      rules.reduce((sum, { generated }) => sum + generated, 0),
    ),
  ].join("\n");
}

/** Rounded down, so that no share is shown as more than it is. */
function percent(share: number | undefined): string {
  return share === undefined ? "—" : `${(Math.floor(share * 1000) / 10).toFixed(1)} %`;
}

function survivorLines({ rule, mutants, generated, notEquivalent }: RuleMutation, lang: Language): string[] {
  const w = words[lang];
  const wrong = notEquivalent.map((name) => `${rule}  ${w.notEquivalent} ${name}`);
  const lines = mutants.flatMap((mutant) => {
    if (mutant.fate !== "generated" && mutant.fate !== "survives") return [];
    const operator = mutant.operator in w.operators ? w.operators[mutant.operator as "flipped"] : mutant.operator;
    return [
      `${rule}  ${operator}`,
      `  ${mutant.name}`,
      ...(mutant.told === undefined ? [`  ${put(w.none, generated)}`] : toldLines(mutant.told, lang)),
      "",
    ];
  });
  return wrong.length > 0 ? [...wrong, "", ...lines] : lines;
}

function toldLines(told: TellingCase | TellingDataset, lang: Language): string[] {
  const w = words[lang];
  if ("format" in told) return [`  ${put(w.dataset, told.format, told.seed, told.stream)}`];
  return [`  ${w.paste}`, `    ${told.side}:`, `      - ${caseText(told.one)}`];
}

/** A case on one line of YAML. */
function caseText(one: object): string {
  return stringify(one, { collectionStyle: "flow", lineWidth: 0, flowCollectionPadding: true }).trim();
}
