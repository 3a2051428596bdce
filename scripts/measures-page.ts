/** The text of docs/measures.md, from the declarations of the measures and their doc comments. `npm run generate` writes it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { MeasureFunction } from "../src/measures/function.js";
import { functions } from "../src/measures/functions.js";

const folder = fileURLToPath(new URL("../src/measures/", import.meta.url));

/** Paragraphs that each declaration's doc comment may have, in the order of the page. */
const headings = ["Formula", "Convention", "Edge", "Unit", "Source"] as const;
type Paragraphs = ReadonlyMap<string, string>;

export const wantedParagraphs: readonly string[] = ["Formula", "Edge", "Unit", "Source"];

/** Paragraphs of the doc comment that stands before `{ id: "…"`, by id. */
export function documentedMeasures(): ReadonlyMap<string, Paragraphs> {
  const found = new Map<string, Paragraphs>();
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    if (!name.endsWith(".ts") || name.endsWith(".test.ts")) continue;
    const source = readFileSync(join(folder, name), "utf8");
    for (const [, comment = "", id = ""] of source.matchAll(
      /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(?:(?:export )?const \w+(?:: [\w<>]+)? = )?\w*\(?\{\s*id: "([^"]+)"/g,
    ))
      found.set(id, paragraphsOf(comment));
  }
  return found;
}

/** `Heading: text` up to the next heading; lines of one paragraph are joined. */
function paragraphsOf(comment: string): Paragraphs {
  const paragraphs = new Map<string, string>();
  let current: string | undefined;
  for (const raw of comment.split("\n")) {
    const line = raw.replace(/^\s*\*? ?/, "").trim();
    const start = /^([A-Z][a-z]+): (.*)$/.exec(line);
    if (start !== null && (headings as readonly string[]).includes(start[1] ?? "")) {
      current = start[1];
      paragraphs.set(current ?? "", start[2] ?? "");
    } else if (line === "") current = undefined;
    else if (current !== undefined) paragraphs.set(current, `${paragraphs.get(current)} ${line}`);
  }
  return paragraphs;
}

const intervals = {
  exact: { zh: "精确", en: "exact" },
  asymptotic: { zh: "渐近", en: "asymptotic" },
  "bootstrap-by-cluster": { zh: "按群自助法", en: "bootstrap by cluster" },
} as const;

/** The whole page. */
export function measuresPage(): string {
  const documented = documentedMeasures();
  const parts = functions.map((one) => sectionOf(one, documented.get(one.id) ?? new Map()));
  return `<!-- Made from src/measures/ by npm run generate. Do not edit. -->
# Measures 度量

${functions.length} measures that are functions of values: \`touchstone measure ID --input FILE --json\`, or \`import { … } from "touchstone/measures"\`.
What each answers, when it misleads, its formula, which convention it takes where sources differ, and its source. How each was validated:
\`touchstone measure --list --json\`; against published values \`npm run check:reference -- DIR\`, against other tools \`npm run check:peers\`.

每个度量回答什么问题、何时会误导、公式、各来源不一致时采用何种约定，以及出处。

${functions.map(({ id, title }) => `- [\`${id}\`](#${id}) ${title.zh} · ${title.en}`).join("\n")}

${parts.join("\n\n")}
`;
}

function sectionOf(
  { id, title, answers, misleads, interval, inputs, outputs, state }: MeasureFunction,
  paragraphs: Paragraphs,
): string {
  const facts = headings.flatMap((heading) => {
    const text = paragraphs.get(heading);
    return text === undefined ? [] : [`- **${heading}**: ${text.replace(/[*<]/g, "\\$&")}`];
  });
  const how =
    interval === undefined ? [] : [`- **Interval 区间**: ${intervals[interval].en} · ${intervals[interval].zh}`];
  const merges =
    state === undefined
      ? []
      : ["- **Merges 可合并**: the value of a whole comes from the states of its parts · 各部分的状态合并即得整体"];
  return [
    `## ${id}`,
    "",
    `**${title.en} · ${title.zh}**`,
    "",
    `- **Answers 回答**: ${answers.en}. ${answers.zh}。`,
    `- **Misleads 误导**: ${misleads.en}. ${misleads.zh}。`,
    ...facts,
    ...how,
    ...merges,
    `- **Inputs 输入**: ${inputs.map((name) => `\`${name}\``).join(", ")}`,
    `- **Outputs 输出**: ${outputs.map((name) => `\`${name}\``).join(", ")}`,
  ].join("\n");
}
