import { type Entry, sayingFrom } from "../records/fill.js";

/** How a rule or a law falls short in the suite. */
export const suiteMessages = {
  "no-break": { zh: "没有 break", en: "no break" },
  "not-carried": { zh: "能写出的格式都不能承载 {fields}", en: "no format that is written carries {fields}" },
  decodes: { zh: "须解码媒体", en: "it decodes media" },
  "no-format": { zh: "没有格式能承载该规则所读的内容", en: "no format can carry what the rule reads" },
  "no-record": { zh: "{format}：没有可以改坏的记录", en: "{format}: no record can be broken" },
  conforming: { zh: "符合标准的数据集产生了发现：{found}", en: "a conforming dataset raises {found}" },
  nothing: { zh: "{format}：规则没有查出", en: "{format}: the rule finds nothing" },
  "nothing/instead": {
    zh: "{format}：规则没有查出；另有发现：{found}",
    en: "{format}: the rule finds nothing; found instead: {found}",
  },
  strange: {
    zh: "{format}：同时出现 break 没有写明的 {found}",
    en: "{format}: it comes with {found}, which the break does not name",
  },
  entailed: {
    zh: "{format}：break 写明必然带出 {rule}，实际没有",
    en: "{format}: {rule} does not come with it, though entailed",
  },
  elsewhere: {
    zh: "{format}：在 {found} 处查出，改坏的是 {broken}",
    en: "{format}: it is found at {found}, and broken was {broken}",
  },
  respelt: {
    zh: "改坏 {rule} 后，换一种次序或写法：消失的发现 {gone}；新出现的发现 {come}",
    en: "{rule} is broken; in the other order or spelling {gone} is gone and {come} has come",
  },
  formats: {
    zh: "{rule} 在 {left} 中查出 {leftCount} 处，在 {right} 中查出 {rightCount} 处",
    en: "{rule} is found {leftCount} times in {left} and {rightCount} times in {right}",
  },
} as const satisfies Readonly<Record<string, Entry>>;

/** A problem of the suite in words. */
export const suiteMessage = /* @__PURE__ */ sayingFrom(suiteMessages);
