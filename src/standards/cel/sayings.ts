import type { Spoken } from "../../checks/declaration.js";
import type { LocalText } from "../../records/grammar.gen.js";
import type { CelTables } from "./environment.js";
import { hostFunctions, kindWords, sizeOfList, sizeOfText } from "./functions.js";
import { type Context, plain, shortText } from "./text.js";
import { itemType, mapValueType, type Tree } from "./tree.js";

/** Where the words of a finding come from: the declarations of functions, the titles of measures, the kind and the key of the group. */
export interface Sources extends Context {
  readonly own: keyof typeof kindWords;
  readonly within: string | undefined;
  readonly tables: CelTables;
}

/** Words of a value. `says` stands for its name, `states` for all of it. */
export interface Saying {
  readonly says?: LocalText;
  readonly unit?: LocalText;
  readonly tells?: Spoken["tells"];
}

const fields: ReadonlySet<string> = new Set(["a", "b", "x"]);

/** What a number or a text is, where a function gives it; undefined for fields and sums, which keep their short text. */
export function sayingOf(tree: Tree, from: Sources): Saying | undefined {
  if (tree.op === "field" && fields.has(tree.name) && tree.of.op === "call" && tree.of.name === "measure")
    return measureSaying(tree.of.args[0], from);
  const spoken = spokenOf(tree, from);
  if (spoken === undefined || !("args" in tree)) return undefined;
  if (tree.op === "call" && tree.args[0]?.type === "Siblings") return groupSaying(from);
  const { unit, tells } = spoken;
  return {
    says: filled(spoken.says, tree.args, from),
    ...(unit === undefined ? {} : { unit }),
    ...(tells === undefined ? {} : { tells }),
  };
}

/** The statement that a call answers with `answer`; undefined where no function says it. */
export function statementOf(tree: Tree, answer: boolean, from: Sources): LocalText | undefined {
  const spoken = spokenOf(tree, from);
  if (spoken === undefined || !("args" in tree) || tree.type !== "bool") return undefined;
  const { says, says_not } = spoken;
  if (answer) return filled(says, tree.args, from);
  return filled(says_not ?? { zh: `不成立：${says.zh}`, en: `not so: ${says.en}` }, tree.args, from);
}

/** The declaration of a called function. */
function spokenOf(tree: Tree, { tables }: Sources): Spoken | undefined {
  switch (tree.op) {
    case "check":
      return tables.checks[tree.index];
    case "group":
      return tables.groupChecks[tree.index];
    case "call": {
      const of = tree.args[0]?.type ?? "";
      if (tree.name === "size" && of === "string") return sizeOfText;
      if (tree.name === "size" && (itemType(of) ?? mapValueType(of)) !== undefined) return sizeOfList;
      return hostFunctions.find(({ name }) => name === tree.name && (name !== "size" || of === "Siblings"));
    }
    default:
      return undefined;
  }
}

function measureSaying(id: Tree | undefined, { tables }: Sources): Saying | undefined {
  const title = id?.op === "literal" ? tables.measures?.find((measure) => measure.id === id.value)?.title : undefined;
  return title === undefined ? undefined : { says: { zh: title.zh, en: inSentence(title.en) } };
}

/** Titles begin with a capital. */
function inSentence(title: string): string {
  return /^[A-Z][a-z]/.test(title) ? `${title.charAt(0).toLowerCase()}${title.slice(1)}` : title;
}

/** `within: media.sha256`: «sha256 相同的数据项»; `media.path_key`: «path 仅形式不同或相同的数据项»; `within: media`: «同一数据项的标注». */
function groupSaying({ own, within = "" }: Sources): Saying {
  const { many, unit } = kindWords[own];
  const [, key, folded] = /^\w+\.(.+?)(_key)?$/.exec(within) ?? [];
  const kind = Object.entries(kindWords).find(([name]) => name === within)?.[1].one ?? { zh: within, en: within };
  const says =
    key === undefined
      ? { zh: `同一${kind.zh}的${many.zh}`, en: `${many.en} of this ${kind.en}` }
      : folded === undefined
        ? { zh: `${key} 相同的${many.zh}`, en: `${many.en} with this ${key}` }
        : { zh: `${key} 仅形式不同或相同的${many.zh}`, en: `${many.en} with this ${key}, but for its form` };
  return { says, unit };
}

/** `{0}` is the first argument: a kind of record by its name, a constant by its value, all else as the rule writes it. */
function filled(text: LocalText, args: readonly Tree[], from: Sources): LocalText {
  const put = (lang: "zh" | "en") =>
    text[lang].replace(/\{(\d)\}/g, (whole, at: string) => {
      const arg = args[Number(at)];
      return arg === undefined ? whole : argumentText(plain(arg), lang, from);
    });
  return { zh: put("zh"), en: put("en") };
}

function argumentText(arg: Tree, lang: "zh" | "en", from: Sources): string {
  if (arg.op !== "literal" || Array.isArray(arg.value)) return shortText(arg, from);
  const kind = Object.entries(kindWords).find(([name]) => name === arg.value)?.[1];
  return kind?.one[lang] ?? String(arg.value);
}
