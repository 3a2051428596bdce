import type { MeasureFunction } from "../function.js";
import { booleanOf, type Inputs, MeasureError, shown, textOf, toList } from "../inputs.js";
import { conllEntities } from "./conll.js";
import { strictEntities, tagSchemes } from "./strict.js";
import { type Entity, toTags } from "./tags.js";

const common = {
  orientation: "none",
  inference: "census",
  outputs: ["entities"],
} as const;

/** Entities in tag sequences, and how the reading of illegal sequences decides what is one. */
export const entityExtraction: readonly MeasureFunction[] = [
  /**
   * Formula: an entity is a longest run of tokens in which each step is one that the scheme allows inside, begun by a step that starts and closed by one that ends.
   * Convention: strict as in seqeval: a run that the scheme does not allow is no entity. Schemes IOB1, IOB2, IOE1, IOE2, IOBES, BILOU; the end does not belong to the entity.
   * Edge: no tokens, no entities; a tag that is a prefix only has the type `_`; a prefix that the scheme does not have is an error.
   * Unit: [type, start, end) in tokens, from 0.
   * Source: seqeval 1.2.2, scheme.py; Ramshaw & Marcus 1995, Tjong Kim Sang & Veenstra 1999, Ratinov & Roth 2009.
   */
  {
    id: "entity-extraction-strict",
    title: { zh: "严格模式的实体抽取", en: "Entity extraction, strict" },
    answers: {
      zh: "一串标签按所声明的标注方案含有哪些实体",
      en: "Which entities a sequence of tags holds under the scheme that is declared",
    },
    misleads: {
      zh: "方案声明有误时实体会无声消失；IOE1 的某些序列，各家读法不一",
      en: "Under a wrong scheme entities vanish without a word; some sequences of IOE1 are read differently elsewhere",
    },
    ...common,
    inputs: ["tags", "scheme", "mode"],
    calculate(inputs) {
      textOf(inputs, "mode", ["strict"], "strict");
      const scheme = textOf(inputs, "scheme", tagSchemes);
      return { values: { entities: strictEntities(toTags(inputs["tags"], "tags"), scheme) } };
    },
  },
  /**
   * Formula: an entity starts at B, S, at I or E after O, E or S, and where the type changes; it ends before the next start, before O, and after E and S.
   * Convention: as conlleval and seqeval's default mode: illegal sequences are read, not refused. `end` is `inclusive` (default, as they print it) or `exclusive`.
   * Edge: several sequences are counted on, with one token between them, as seqeval's get_entities does; `suffix` reads `PER-B`.
   * Unit: [type, start, end] in tokens, from 0.
   * Source: conlleval.pl (CoNLL-2000 shared task); seqeval 1.2.2, get_entities.
   */
  {
    id: "entity-extraction-conll",
    title: { zh: "CoNLL 方式的实体抽取", en: "Entity extraction as conlleval reads" },
    answers: {
      zh: "一串标签按 conlleval 的宽松读法含有哪些实体",
      en: "Which entities a sequence of tags holds in the lenient reading of conlleval",
    },
    misleads: {
      zh: "非法序列也算实体，会掩盖标注方案的错误",
      en: "Illegal sequences count as entities too, which hides faults of tagging",
    },
    ...common,
    inputs: ["tags", "suffix", "end"],
    calculate(inputs) {
      const suffix = booleanOf(inputs, "suffix", false);
      const shift = textOf(inputs, "end", ["inclusive", "exclusive"], "inclusive") === "inclusive" ? -1 : 0;
      const entities = conllEntities(joined(inputs), suffix).map(
        ([type, start, end]): Entity => [type, start, end + shift],
      );
      return { values: { entities } };
    },
  },
];

/** Sequences one after the other, an O after each. */
function joined(inputs: Inputs): readonly string[] {
  const list = toList(inputs["tags"], "tags");
  if (!Array.isArray(list[0])) return toTags(list, "tags");
  return list.flatMap((one, at) => {
    if (!Array.isArray(one))
      throw new MeasureError("input-type", {
        input: `tags[${at}]`,
        expected: { zh: "标签列表，与第一项相同", en: "a list of tags, as the first member is" },
        found: shown(one),
      });
    return [...toTags(one, `tags[${at}]`), "O"];
  });
}
