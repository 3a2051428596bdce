import { choicesOf, choicesOfRankings, logAbilities } from "../../statistics/choices.js";
import type { MeasureFunction } from "../function.js";
import { type Inputs, MeasureError, shown, textOf, toList } from "../inputs.js";
import { noEstimate, shifted } from "./bradley-terry.js";
import { itemsOf, placesOf, zeroOf } from "./games.js";

const misleads = {
  zh: "假定甲乙之间的偏好不受其他选项影响；相近选项（同一模型的两版）会打破这一点",
  en: "It takes the preference between two as untouched by what else is offered; near copies (two versions of one model) break that",
} as const;

const ofChoices = { orientation: "none", inference: "process" } as const;

/** Strengths of items from rankings and from choices out of several. */
export const choices: readonly MeasureFunction[] = [
  /**
   * Formula: P(ranking) = Π_places e^θ_chosen ÷ Σ_(it and all behind) e^θ, by maximum likelihood
   * Convention: rankings are best first and may leave items out; the mean of all θ is 0, unless `centering` says first or last.
   * Edge: no estimate unless each item is ranked above each other one, directly or by a chain of rankings.
   * Unit: log odds.
   * Source: Plackett 1975, Appl. Stat. 24(2), 193–202; Hunter 2004, Ann. Stat. 32(1), 384–406.
   */
  {
    id: "plackett-luce",
    title: { zh: "Plackett–Luce 模型", en: "Plackett–Luce model" },
    answers: { zh: "从（部分）排名看，各项目有多强", en: "How strong items are, from rankings of all or some of them" },
    misleads,
    ...ofChoices,
    inputs: ["items", "rankings", "centering"],
    outputs: ["log_ability"],
    calculate(inputs) {
      const { names, place } = placesOf(itemsOf(inputs));
      const rankings = toList(inputs["rankings"], "rankings", 1).map((ranking, at) => {
        const list = toList(ranking, `rankings[${at}]`, 1).map((item, rank) => place(item, `rankings[${at}][${rank}]`));
        return distinct(list, `rankings[${at}]`);
      });
      const fit = logAbilities(choicesOfRankings(names.length, rankings));
      return fit === undefined
        ? noEstimate("log_ability")
        : { values: { log_ability: shifted(fit.x, zeroOf(inputs, names)) } };
    },
  },
  /**
   * Formula: P(i chosen out of S) = e^θ_i ÷ Σ_S e^θ, by maximum likelihood
   * Convention: `choices` are [winner, [losers]] (`layout` may say [losers, winner]); the mean of all θ is 0.
   * Edge: no estimate unless each item is preferred to each other one, directly or by a chain.
   * Unit: log odds.
   * Source: Luce 1959, Individual Choice Behavior; choix 0.4, opt_top1.
   */
  {
    id: "top1-choice",
    title: { zh: "首选模型（Luce 选择）", en: "Choice of the best (Luce)" },
    answers: { zh: "从多选一的结果看，各项目有多强", en: "How strong items are, from choices of one out of several" },
    misleads,
    ...ofChoices,
    inputs: ["items", "choices", "layout"],
    outputs: ["log_ability"],
    calculate(inputs) {
      const { names, place } = placesOf(itemsOf(inputs));
      const turned = losersFirst(inputs);
      const lists = toList(inputs["choices"], "choices", 1).map((choice, at) => {
        const input = `choices[${at}]`;
        const pair = toList(choice, input, 2);
        const [winner, losers] = turned ? [pair[1], pair[0]] : pair;
        const list = [winner, ...toList(losers, `${input}[${turned ? 0 : 1}]`, 1)].map((item) => place(item, input));
        return distinct(list, input);
      });
      const fit = logAbilities(choicesOf(names.length, lists));
      return fit === undefined ? noEstimate("log_ability") : { values: { log_ability: fit.x } };
    },
  },
];

function losersFirst(inputs: Inputs): boolean {
  if (inputs["layout"] === undefined) return false;
  const [first = ""] = textOf(inputs, "layout")
    .replace(/[[\]\s]/g, "")
    .split(",");
  return /los/i.test(first);
}

function distinct(list: readonly number[], input: string): readonly number[] {
  if (new Set(list).size === list.length) return list;
  throw new MeasureError("inputs-disagree", {
    input,
    expected: { zh: "每个项目至多一次", en: "each item at most once" },
    found: shown(list),
  });
}
