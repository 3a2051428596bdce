import type { LocalText } from "../records/grammar.gen.js";

/** Why a value is undefined, in words that a person reads. One table, so that no two measures name one reason in two ways. */
export const reasons = {
  "nothing-asked": { zh: "没有可供计量的单位（B = 0）", en: "there is no unit to measure (B = 0)" },
  "one-category": {
    zh: "所有判断都属于同一类别，期望一致率为 1",
    en: "all judgements are of one category, so the agreement by chance is 1",
  },
  "no-variation": { zh: "数值没有变异", en: "the values do not vary" },
  "no-error-variation": {
    zh: "标注者之间没有差异，F 没有上界",
    en: "the raters do not differ, so F has no bound",
  },
  "too-few-units": { zh: "单位太少，不能估计", en: "there are too few units for an estimate" },
  "one-rater": { zh: "只有一名标注者", en: "there is one rater only" },
  "no-pairs": { zh: "没有一个单位有两个判断", en: "no unit has two judgements" },
  "bootstrap-only": {
    zh: "此度量没有已发表的标准误公式，请用自助法区间",
    en: "no formula of a standard error is known for this metric; take the bootstrap interval",
  },
  "size-unknown": { zh: "未给出单位数", en: "the number of units is not given" },
  "unequal-answers": { zh: "各单位的判断数不同", en: "units have different numbers of answers" },
  "no-ground-truth": { zh: "没有这一类的真值", en: "there is no ground truth of this kind" },
  "no-predictions": { zh: "没有这一类的预测", en: "there is no prediction of this kind" },
  "media-size-unknown": { zh: "图像的像素尺寸未知", en: "the size of media in px is not known" },
  "no-scores": {
    zh: "数据没有（全部）分数，无从排序",
    en: "the data have no scores, or not all have, so there is no ranking",
  },
  "no-extent": { zh: "两者都没有面积", en: "neither of the two has an area" },
  "no-foreground": { zh: "掩码没有前景像素", en: "the mask has no pixel of the foreground" },
  "no-matches": { zh: "没有配上的一对", en: "no pair is matched" },
  "one-cluster": {
    zh: "只有一个数据项有这样的单位，没有区间",
    en: "one medium only has such units, so there is no interval",
  },
  "too-few-clusters": {
    zh: "群不足 30 个，不做自助法区间",
    en: "there are fewer than 30 clusters, so no bootstrap interval",
  },
  "no-estimate": { zh: "最大似然估计不存在", en: "the maximum-likelihood estimate does not exist" },
  "no-weight": { zh: "给出回答者的权重全为 0", en: "all who answered have weight 0" },
  "no-reference-words": { zh: "参考文本为空", en: "the reference is empty" },
  "no-silence": { zh: "没有不含语音的时间", en: "there is no time without speech" },
  "no-hypothesis-words": { zh: "转写为空", en: "the hypothesis is empty" },
  "disputed-cell": {
    zh: "ISO 2859-1 与 GB/T 2828.1 的这一格（加严、字码 A、AQL 10）来源不一，不予猜测；可装入持有的标准表",
    en: "sources differ on this cell of ISO 2859-1 and GB/T 2828.1 (tightened, letter A, AQL 10), and it is not guessed; a licensed table can be loaded",
  },
  "no-plan": {
    zh: "在允许的样本量内没有满足两个风险点的方案",
    en: "no plan within the sizes allowed meets both risks",
  },
  "no-tighter-aql": { zh: "没有更严一档的 AQL", en: "there is no tighter AQL" },
} as const satisfies Readonly<Record<string, LocalText>>;

export type Reason = keyof typeof reasons;
