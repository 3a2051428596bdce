/// <reference lib="dom" />
import { cocoFaults } from "../../formats/coco/faults.js";
import type { FindingValue } from "../../records/finding.js";
import type { LocalText } from "../../records/grammar.gen.js";
import { valuesIn } from "../../report/values.js";
import type { Finding } from "../answer.js";
import type { RuleDescription, Validator } from "../assessor.js";
import { type ReadFile, readCocoBytes } from "./read.js";

/** Findings shown of one rule; all are counted. */
const shownOfRule = 100;

/** A finding with its place in the file. */
interface Placed {
  readonly pointer: string | undefined;
  readonly text: LocalText;
}

const severities = ["critical", "major", "minor", "observation"] as const;
const words = {
  critical: { zh: "致命", en: "critical" },
  major: { zh: "严重", en: "major" },
  minor: { zh: "轻微", en: "minor" },
  observation: { zh: "观察", en: "observation" },
  heuristic: { zh: "疑似，不作判定依据", en: "a suspicion, decides nothing" },
  fault: { zh: "读取时的错误", en: "a fault of reading" },
  "media-bytes": { zh: "需要读取图像或掩码文件", en: "pictures or masks would have to be opened" },
  schema: { zh: "需要原始记录", en: "it is asked of raw records" },
  "open-parameter": { zh: "参数待定", en: "a parameter is open" },
  conforming: { zh: "符合", en: "conforming" },
  nonconforming: { zh: "不符合", en: "nonconforming" },
  indeterminate: { zh: "不能判定", en: "indeterminate" },
  "not-applicable": { zh: "不适用", en: "not applicable" },
} as const satisfies Readonly<Record<string, LocalText>>;

function part<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  text?: LocalText | string,
  ...children: readonly HTMLElement[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (typeof text === "string") element.textContent = text;
  else if (text !== undefined) {
    for (const lang of ["zh", "en"] as const) {
      const span = document.createElement("span");
      span.lang = lang;
      span.textContent = text[lang];
      element.append(span);
    }
  }
  element.append(...children);
  return element;
}

function place(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no ${id}`);
  return element;
}

function say(text: LocalText): void {
  place("status").replaceChildren(...part("p", text).children);
}

async function bytesOf(file: File): Promise<Uint8Array> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const unpacked = file.stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(unpacked).arrayBuffer());
}

const textOf = (values: readonly FindingValue[]): LocalText => ({
  zh: valuesIn(values, "zh", String),
  en: valuesIn(values, "en", String),
});

async function assess(validator: Validator, file: File): Promise<void> {
  place("results").replaceChildren();
  say({ zh: `正在读取 ${file.name}`, en: `Reading ${file.name}` });
  const found = new Map<string, { count: number; first: (Finding | Placed)[] }>();
  const add = (rule: string, finding: Finding | Placed): void => {
    const own = found.get(rule) ?? { count: 0, first: [] };
    own.count++;
    if (own.first.length < shownOfRule) own.first.push(finding);
    found.set(rule, own);
  };
  const assessor = validator.createAssessor({ onFinding: (finding) => add(finding.rule, finding) });
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
  const read = await readCocoBytes(await bytesOf(file), file.name, assessor, pause);
  if ("reason" in read) {
    say({
      zh: `${file.name} 不是 COCO 文件：${read.reason.zh}`,
      en: `${file.name} is no COCO file: ${read.reason.en}`,
    });
    return;
  }
  const { rules } = assessor.finish();
  for (const { fault, pointer } of read.faults)
    for (const { id, fault: reports } of validator.rules)
      if (reports === fault.rule) add(id, { pointer, text: textOf(fault.values) });
  const asked = rules.filter((one) => one.asked + one.not_evaluated > 0).length;
  const verdict = verdictOf(validator, read, found, rules);
  const total = [...found.values()].reduce((sum, { count }) => sum + count, 0);
  say(countsText(file.name, read, total, found.size, asked));
  const results = place("results");
  const headline = part("p", words[verdict]);
  headline.className = `verdict ${verdict}`;
  results.append(headline);
  if (read.broken !== undefined)
    results.append(part("p", { zh: read.broken.localised("zh"), en: read.broken.localised("en") }));
  const ordered = validator.rules.filter(({ id }) => found.has(id)).sort(worstFirst);
  for (const rule of ordered) results.append(ruleSection(rule, found.get(rule.id), read));
  results.append(notAsked(validator, read));
}

type Found = ReadonlyMap<string, { readonly count: number; readonly first: readonly (Finding | Placed)[] }>;

/** Faults of reading are covered here, since the page reads the file; what is left open keeps a file without findings from being called conforming. */
function verdictOf(
  { rules, notCovered }: Validator,
  { broken }: ReadFile,
  found: Found,
  answers: ReturnType<ReturnType<Validator["createAssessor"]>["finish"]>["rules"],
): "nonconforming" | "indeterminate" | "conforming" {
  const deciding = new Set(rules.flatMap(({ id, deciding: decides }) => (decides ? [id] : [])));
  if (broken !== undefined || [...found.keys()].some((id) => deciding.has(id))) return "nonconforming";
  const open = notCovered.some(({ rule }) => deciding.has(rule) && !isRead(rules, rule));
  const undecided = answers.some((one) => deciding.has(one.rule) && one.not_evaluated > 0);
  const none = !answers.some((one) => deciding.has(one.rule) && one.asked > 0);
  return open || undecided || none ? "indeterminate" : "conforming";
}

/** Whether a rule reports a fault that reading a COCO file finds. */
function isRead(rules: readonly RuleDescription[], id: string): boolean {
  const fault = rules.find((rule) => rule.id === id)?.fault;
  return fault !== undefined && Object.hasOwn(cocoFaults, fault);
}

function countsText(
  name: string,
  { format, counts }: ReadFile,
  total: number,
  rules: number,
  asked: number,
): LocalText {
  const n = (count: number): string => count.toLocaleString("en");
  return {
    zh: `${name}（${format}）：数据项 ${n(counts.media)}，类别 ${n(counts.category)}，标注 ${n(counts.annotation)}；检查了 ${asked} 条规则，${rules} 条有发现，共 ${n(total)} 处`,
    en: `${name} (${format}): ${n(counts.media)} media, ${n(counts.category)} categories, ${n(counts.annotation)} annotations; ${asked} rules asked, ${n(total)} findings of ${rules} rules`,
  };
}

function worstFirst(left: RuleDescription, right: RuleDescription): number {
  return (
    Number(right.deciding) - Number(left.deciding) ||
    severities.indexOf(left.severity) - severities.indexOf(right.severity) ||
    (left.id < right.id ? -1 : 1)
  );
}

function ruleSection(
  rule: RuleDescription,
  found: { readonly count: number; readonly first: readonly (Finding | Placed)[] } | undefined,
  read: ReadFile,
): HTMLElement {
  const { count = 0, first = [] } = found ?? {};
  const section = part("section");
  section.className = `rule ${rule.severity}`;
  const about = part("p");
  about.className = "about";
  about.append(
    part("b", words[rule.severity]),
    part("span", { zh: `条款 ${rule.clause}`, en: `clause ${rule.clause}` }),
    part("code", rule.id),
    part("span", { zh: `${count.toLocaleString("en")} 处`, en: `${count.toLocaleString("en")} findings` }),
  );
  if (rule.certainty === "heuristic") about.append(part("span", words.heuristic));
  const list = part("ol");
  for (const finding of first) list.append(findingItem(finding, read));
  const details = part("details", undefined, part("summary", { zh: "位置", en: "Places" }), list);
  if (count > first.length)
    details.append(
      part("p", {
        zh: `只列出前 ${first.length} 处，共 ${count.toLocaleString("en")} 处`,
        en: `The first ${first.length} of ${count.toLocaleString("en")}`,
      }),
    );
  details.open = true;
  section.append(part("h2", rule.title), about, part("p", rule.means), part("p", rule.fix), details);
  return section;
}

function findingItem(finding: Finding | Placed, read: ReadFile): HTMLElement {
  const pointer =
    "kind" in finding ? (finding.record === undefined ? undefined : read.pointer(finding.record)) : finding.pointer;
  const item = part("li");
  item.append(
    pointer === undefined ? part("span", { zh: "整个文件", en: "the whole file" }) : part("code", pointer),
    part("span", finding.text),
  );
  if ("others" in finding && finding.others !== undefined)
    item.append(part("span", { zh: `与 ${finding.others.join("、")}`, en: `with ${finding.others.join(", ")}` }));
  return item;
}

/** The rules that the page cannot decide: silence about them would be taken for a pass. */
function notAsked({ rules, notCovered }: Validator, _read: ReadFile): HTMLElement {
  const left = notCovered.filter(({ rule }) => !isRead(rules, rule));
  const list = part("ul");
  for (const { rule, reason } of left) {
    const title = rules.find(({ id }) => id === rule)?.title;
    list.append(part("li", undefined, part("code", rule), part("span", title), part("i", words[reason])));
  }
  const summary = part("summary", {
    zh: `${left.length} 条规则在此不能判定`,
    en: `${left.length} rules cannot be decided here`,
  });
  return part("details", undefined, summary, list);
}

async function main(): Promise<void> {
  // Beside this script, and made of the same standard: not part of this bundle.
  const validator = (await import(new URL("./validator.js", import.meta.url).href)) as Validator;
  const { id, edition, title } = validator.standard;
  place("standard").replaceChildren(part("span", title), part("code", `${id}@${edition}`));
  const input = place("file") as HTMLInputElement;
  const zone = place("drop");
  const run = (file: File | undefined): void => {
    if (file === undefined) return;
    document.body.setAttribute("aria-busy", "true");
    assess(validator, file)
      .catch((error: unknown) => {
        const text = error instanceof Error ? error.message : String(error);
        say({ zh: `不能读取：${text}`, en: `It cannot be read: ${text}` });
      })
      .finally(() => document.body.removeAttribute("aria-busy"));
  };
  input.addEventListener("change", () => run(input.files?.[0]));
  for (const type of ["dragover", "drop"] as const)
    document.addEventListener(type, (event) => {
      event.preventDefault();
      zone.classList.toggle("over", type === "dragover");
    });
  document.addEventListener("dragleave", () => zone.classList.remove("over"));
  document.addEventListener("drop", (event) => run(event.dataTransfer?.files[0]));
  input.disabled = false;
}

void main();
