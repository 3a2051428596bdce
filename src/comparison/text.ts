import { count, interval } from "../report/numbers.js";
import { cutMiddle, table, visible } from "../report/text.js";
import type { AgreementComparison } from "./agree.js";
import type { GoldComparison } from "./compare.js";
import type {
  CategoryComparison,
  ComparedMeasurement,
  Confusion,
  PairingSummary,
  Side,
  Unpaired,
} from "./comparison.js";
import type { Changes, DeliveryDiff, Moves } from "./diff.js";
import type { Inference } from "./measured.js";
import type { Requirement } from "./requirements.js";

type Lang = "zh" | "en";

/** Rows of a list that is shown in part; the whole is in the JSON. */
const shownRows = 8;

const inferences = {
  census: {
    zh: "仅就这些数据而言：全部有真值，数值精确，不给区间",
    en: "these data alone: all of them have gold, the values are exact and have no interval",
  },
  sample: {
    zh: "有真值的数据项视为全部数据的样本，区间按数据项成群",
    en: "the media with gold as a sample of all the data, intervals clustered by medium",
  },
  process: {
    zh: "针对产生这些数据的模型或标注者，区间按数据项成群",
    en: "the model or the annotators that made the data, intervals clustered by medium",
  },
} as const satisfies Record<Inference, { zh: string; en: string }>;

/** A comparison for a terminal or a pipe; nothing in it is cut but long names and lists. */
export function compareText(result: GoldComparison, lang: Lang): string {
  const say = (zh: string, en: string): string => (lang === "zh" ? zh : en);
  const { media_without_gold, in_crowds, below_score } = result.not_judged;
  const notJudged = [
    [media_without_gold, say("所在数据项没有真值", "in media without gold")],
    [in_crowds, say("落在真值的群体区域内", "in crowd regions of the gold")],
    [below_score, say("低于所给分数", "below the least score")],
  ].filter(([n]) => n !== 0);
  const lines = [
    `${say("真值", "gold")}  ${sideText(result.gold, lang)}`,
    `${say("数据", "data")}  ${sideText(result.data, lang)}`,
    ...pairingLines(result.pairing, [say("真值", "gold"), say("数据", "data")], lang),
    say(
      `匹配  交并比至少 ${result.match.iou}，每个数据项内最优匹配`,
      `match  IoU at least ${result.match.iou}, optimal within each medium`,
    ),
    `${say("推断", "about")}  ${inferences[result.inference][lang]}`,
    ...notJudged.map(([n, why]) =>
      say(`未判定  ${count(Number(n))} 个标注${why}`, `not judged  ${count(Number(n))} annotations ${why}`),
    ),
    ...result.little_gold
      .slice(0, shownRows)
      .map(({ category, judged, not_judged }) =>
        say(
          `真值很少  ${visible(category)}：已判 ${count(judged)} 个，未判 ${count(not_judged)} 个`,
          `little gold  ${visible(category)}: ${count(judged)} judged, ${count(not_judged)} not judged`,
        ),
      ),
    "",
    ...measurementTable(result.measurements, result.confidence, lang),
    ...(result.requirements === undefined ? [] : ["", ...requirementLines(result.requirements, lang)]),
  ];
  if (result.by_category !== undefined) lines.push("", ...categoryTable(result.by_category, lang));
  return [...lines, "", ...confusionLines(result.confusion, [say("真值", "gold"), say("数据", "data")], lang)].join(
    "\n",
  );
}

function sideText({ name, formats, media, boxes, labels, not_compared, failures }: Side, lang: Lang): string {
  const say = (zh: string, en: string): string => (lang === "zh" ? zh : en);
  const parts = [
    say(`${count(media)} 个数据项`, `${count(media)} media`),
    ...(boxes > 0 || labels === 0 ? [say(`${count(boxes)} 个框`, `${count(boxes)} boxes`)] : []),
    ...(labels > 0 ? [say(`${count(labels)} 个整体标签`, `${count(labels)} labels of whole media`)] : []),
    ...Object.entries(not_compared).map(([what, n]) =>
      say(`${count(n)} 个不可比（${whats[what]?.zh ?? what}）`, `${count(n)} not compared (${what})`),
    ),
    ...failures.map((failure) => say(`未读完：${failure}`, `not read to its end: ${failure}`)),
  ];
  return `${cutMiddle(visible(name), 60)}  ${formats.join(", ")}  ${parts.join(say("，", ", "))}`;
}

/** What annotations have instead of a box or a label. */
const whats: Readonly<Record<string, { readonly zh: string }>> = {
  caption: { zh: "描述" },
  "shape without a box": { zh: "无框的形状" },
  "no label": { zh: "无标签" },
  "box that is not finite": { zh: "框不是有限的数" },
  "not readable": { zh: "不可读" },
};

const ways = {
  path: { zh: "路径", en: "path" },
  id: { zh: "标识", en: "id" },
  digest: { zh: "摘要", en: "digest" },
  name: { zh: "文件名", en: "file name" },
} as const;

function pairingLines(
  { media, categories }: PairingSummary,
  sides: readonly [string, string],
  lang: Lang,
): readonly string[] {
  const say = (zh: string, en: string): string => (lang === "zh" ? zh : en);
  const by = Object.entries(media.by)
    .filter(([, n]) => n > 0)
    .map(([way, n]) => `${ways[way as keyof typeof ways][lang]} ${count(n)}`)
    .join(say("，", ", "));
  return [
    say(
      `配对  ${count(media.paired)} 个数据项${by === "" ? "" : `（按${by}）`}，${count(categories.paired)} 个类别`,
      `paired  ${count(media.paired)} media${by === "" ? "" : ` (by ${by})`}, ${count(categories.paired)} categories`,
    ),
    ...(media.size_unknown === 0
      ? []
      : [
          say(
            `  尺寸不明  ${count(media.size_unknown)} 个数据项：一方的框为图像占比，另一方为像素，图像尺寸无从得知，无法匹配；请用 --media 给出图像`,
            `  size unknown  ${count(media.size_unknown)} media: boxes are shares of the image on one side and px on the other, so they cannot match; give the images by --media`,
          ),
        ]),
    ...onlyLines(media.only_first, sides[0], { zh: "数据项", en: "media" }, lang),
    ...onlyLines(media.only_second, sides[1], { zh: "数据项", en: "media" }, lang),
    ...onlyLines(categories.only_first, sides[0], { zh: "类别", en: "categories" }, lang),
    ...onlyLines(categories.only_second, sides[1], { zh: "类别", en: "categories" }, lang),
  ];
}

function onlyLines(
  list: readonly Unpaired[],
  side: string,
  kind: { zh: string; en: string },
  lang: Lang,
): readonly string[] {
  if (list.length === 0) return [];
  const annotations = list.reduce((sum, one) => sum + one.annotations, 0);
  const names = list
    .slice(0, shownRows)
    .map(({ name, annotations: n }) => `${cutMiddle(visible(name), 40)} (${count(n)})`);
  const more = list.length > shownRows ? ` … ${count(list.length - shownRows)}` : "";
  return [
    lang === "zh"
      ? `  仅${side}有  ${count(list.length)} 个${kind.zh}，${count(annotations)} 个标注：${names.join("，")}${more}`
      : `  in ${side} only  ${count(list.length)} ${kind.en}, ${count(annotations)} annotations: ${names.join(", ")}${more}`,
  ];
}

function measurementTable(rows: readonly ComparedMeasurement[], confidence: number, lang: Lang): readonly string[] {
  const say = (zh: string, en: string): string => (lang === "zh" ? zh : en);
  const level = Number((100 * confidence).toPrecision(6));
  const head = [say("度量", "measure"), "A", "B", "X = A/B", say(`${level}% 区间`, `${level}% interval`)];
  const cells = rows.map((one) => [
    one.title[lang],
    number(one.a),
    number(one.b),
    one.x === undefined ? say("无定义", "undefined") : one.x.toFixed(4),
    one.x === undefined
      ? (one.reason?.[lang] ?? "")
      : one.interval === undefined
        ? one.reason === undefined
          ? "–"
          : `– (${one.reason[lang]})`
        : interval(one.interval.lower, one.interval.upper),
  ]);
  return table([head, ...cells], [1, 2, 3]);
}

/** A row a category; intervals and the other values are in the JSON. */
function categoryTable(rows: readonly CategoryComparison[], lang: Lang): readonly string[] {
  const say = (zh: string, en: string): string => (lang === "zh" ? zh : en);
  const ids = ["gold-precision", "gold-recall", "gold-f1", "gold-mean-iou", "gold-ap"];
  const head = [
    ...[say("类别", "category"), say("真值", "gold"), say("数据", "data"), say("精确率", "precision")],
    ...[say("召回率", "recall"), "F1", say("平均交并比", "mean IoU"), "AP"],
  ];
  const cells = rows.map(({ category, gold, data, measurements }) => [
    visible(category),
    count(gold),
    count(data),
    ...ids.map((id) => measurements.find((one) => one.id === id)?.x?.toFixed(3) ?? "–"),
  ]);
  return table([head, ...cells], head.map((_, at) => at).slice(1));
}

function number(value: number): string {
  return Number.isInteger(value) ? count(value) : value.toFixed(2);
}

/** What is taken for what, most frequent first; then what has no partner. */
function confusionLines(
  { labels, matrix, swaps }: Confusion,
  sides: readonly [string, string],
  lang: Lang,
): readonly string[] {
  const say = (zh: string, en: string): string => (lang === "zh" ? zh : en);
  const nothing = labels.length;
  const pairs = matrix
    .slice(0, nothing)
    .reduce((sum, line) => sum + line.slice(0, nothing).reduce((a, b) => a + b, 0), 0);
  const right = labels.reduce((sum, _, at) => sum + (matrix[at]?.[at] ?? 0), 0);
  const name = (label: string): string => cutMiddle(visible(label), 30);
  const alone = (of: (at: number) => number): string =>
    labels
      .map((label, at) => ({ label, n: of(at) }))
      .filter(({ n }) => n > 0)
      .sort((a, b) => b.n - a.n || (a.label < b.label ? -1 : 1))
      .slice(0, shownRows)
      .map(({ label, n }) => `${name(label)} ${count(n)}`)
      .join(say("，", ", "));
  const onlyFirst = alone((at) => matrix[at]?.[nothing] ?? 0);
  const onlySecond = alone((at) => matrix[nothing]?.[at] ?? 0);
  return [
    say(
      `混淆（不分类别匹配）：${count(pairs)} 对中 ${count(right)} 对标签相同`,
      `confusion (matched whatever the label): ${count(right)} of ${count(pairs)} pairs have one label`,
    ),
    ...table(
      swaps.slice(0, shownRows).map(({ first, second, count: n }) => [`  ${name(first)}`, "→", name(second), count(n)]),
      [3],
    ),
    ...(swaps.length > shownRows
      ? [
          say(
            `  另有 ${count(swaps.length - shownRows)} 种，见 --json`,
            `  ${count(swaps.length - shownRows)} more, see --json`,
          ),
        ]
      : []),
    ...(onlyFirst === "" ? [] : [say(`  仅${sides[0]}有：${onlyFirst}`, `  in ${sides[0]} only: ${onlyFirst}`)]),
    ...(onlySecond === "" ? [] : [say(`  仅${sides[1]}有：${onlySecond}`, `  in ${sides[1]} only: ${onlySecond}`)]),
  ];
}

const decided = {
  met: { zh: "✓ 达到", en: "✓ met" },
  "not-met": { zh: "✕ 未达到", en: "✕ not met" },
  open: { zh: "◇ 未能判定：区间跨过要求值", en: "◇ open: the interval holds the least value" },
} as const;

function requirementLines(requirements: readonly Requirement[], lang: Lang): readonly string[] {
  const say = (zh: string, en: string): string => (lang === "zh" ? zh : en);
  return table(
    requirements.map(({ id, least, status, lower, upper }) => [
      id,
      say(`至少 ${least}`, `at least ${least}`),
      lower === null || upper === null
        ? say("无区间", "no interval")
        : lower === upper
          ? lower.toFixed(4)
          : interval(lower, upper),
      decided[status][lang],
    ]),
    [2],
  );
}

/** Agreement of annotators, whole and pair by pair. */
export function agreementText(result: AgreementComparison, lang: Lang): string {
  const say = (zh: string, en: string): string => (lang === "zh" ? zh : en);
  const { annotators, units, confidence, match } = result;
  const lines = [
    ...annotators.map((side, at) => `${say("标注者", "annotator")} ${at + 1}  ${sideText(side, lang)}`),
    say(
      `匹配  交并比至少 ${match.iou}，不分类别，每个数据项内最优匹配`,
      `match  IoU at least ${match.iou} whatever the label, optimal within each medium`,
    ),
    say(
      `对象  ${count(units.all)} 个，其中 ${count(units.matched)} 个至少两人标出，${count(units.by_all)} 个人人标出`,
      `units  ${count(units.all)}, of which ${count(units.matched)} found by two or more and ${count(units.by_all)} by all`,
    ),
    `${say("推断", "about")}  ${inferences[result.inference][lang]}`,
    "",
    ...measurementTable(result.measurements, confidence, lang),
  ];
  for (const { first, second, pairing, measurements, confusion } of result.pairs) {
    const names = [first, second].map((name) => cutMiddle(visible(name), 40)) as [string, string];
    lines.push("", names.join(" – "), ...pairingLines(pairing, names, lang));
    lines.push(...measurementTable(measurements, confidence, lang), ...confusionLines(confusion, names, lang));
  }
  return lines.join("\n");
}

/** Differences between two deliveries. */
export function diffText(result: DeliveryDiff, lang: Lang): string {
  const say = (zh: string, en: string): string => (lang === "zh" ? zh : en);
  const head = [
    say("类别", "category"),
    say("未变", "unchanged"),
    say("移动", "moved"),
    say("改形", "reshaped"),
    say("改标", "relabelled"),
    say("新增", "added"),
    say("删除", "removed"),
    say("移动量", "moved by"),
  ];
  const row = (name: string, changes: Changes, moves: Moves | null): string[] => [
    name,
    ...[changes.unchanged, changes.moved, changes.reshaped, changes.relabelled, changes.added, changes.removed].map(
      count,
    ),
    moves === null ? "–" : movesText(moves, lang),
  ];
  return [
    `${say("旧", "old")}  ${sideText(result.old, lang)}`,
    `${say("新", "new")}  ${sideText(result.new, lang)}`,
    ...pairingLines(result.pairing, [say("旧", "old"), say("新", "new")], lang),
    "",
    ...table(
      [
        head,
        row(say("全部", "all"), result.annotations, result.moves),
        ...result.by_category.map((one) => row(visible(one.category), one, one.moves)),
      ],
      [1, 2, 3, 4, 5, 6],
    ),
    ...(result.relabellings.length === 0 ? [] : ["", say("改标最多的", "most frequent relabellings")]),
    ...result.relabellings
      .slice(0, shownRows)
      .map(({ from, to, count: n }) => `  ${visible(from)} → ${visible(to)}  ${count(n)}`),
  ].join("\n");
}

function movesText({ iou_least, side_median, side_greatest }: Moves, lang: Lang): string {
  const say = (zh: string, en: string): string => (lang === "zh" ? zh : en);
  const iou = say(`交并比最低 ${iou_least.toFixed(3)}`, `IoU at least ${iou_least.toFixed(3)}`);
  if (side_median === null || side_greatest === null)
    return `${iou}${say("；图像尺寸未知，不知像素数", "; the size of media is not known, so no px")}`;
  return say(
    `中位 ${px(side_median)}，最大 ${px(side_greatest)} 像素，${iou}`,
    `median ${px(side_median)}, at most ${px(side_greatest)} px, ${iou}`,
  );
}

function px(value: number): string {
  return value >= 10 || Number.isInteger(value) ? value.toFixed(0) : value.toPrecision(2);
}
