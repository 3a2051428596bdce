import type { LocalText } from "../../records/grammar.gen.js";
import type { ReportFinding } from "../../records/report.gen.js";
import { visible } from "../../report/text.js";
import type { Reproduction } from "./reproduce.js";

/** The words with which the dataset is handed on: what it shows, how to see it, and what was replaced; Chinese, then English. */
export function issueText(made: Reproduction, expected: ReportFinding, command: string): string {
  const { standard, source } = made;
  const rule = standard.rules.find(({ id }) => id === source.rule);
  const { id, edition } = standard.document;
  const clause = rule?.clause ?? "";
  const place = `data/${visible(expected.file)}${expected.line === undefined ? "" : `:${expected.line}:${expected.column ?? 1}`}`;
  const title = rule?.title ?? { zh: source.rule, en: source.rule };
  return `# ${source.rule}

${title.zh}。${id} ${edition}，条款 ${clause}。

运行：

\`\`\`sh
${command}
\`\`\`

应得：\`${source.rule}\`，位于 \`${place}\`，指纹 \`${expected.fingerprint}\`：${expected.message.zh}

${lost(made)
  .map(({ zh }) => `- ${zh}`)
  .join("\n")}

---

${title.en}. ${id} ${edition}, clause ${clause}.

Run:

\`\`\`sh
${command}
\`\`\`

Expected: \`${source.rule}\` at \`${place}\`, fingerprint \`${expected.fingerprint}\`: ${expected.message.en}

${lost(made)
  .map(({ en }) => `- ${en}`)
  .join("\n")}
`;
}

/** What was kept, what was replaced, what could not be: for the terminal and for whoever receives the dataset. */
export function lost(made: Reproduction): readonly LocalText[] {
  const { before, after, replaced, formKept, textKept, blankPictures, keptPictures, keptFiles, stopped } = made;
  const kinds = (["file", "media", "category", "annotation", "node"] as const).filter((kind) => before[kind] > 0);
  const names = { file: "文件", media: "数据项", category: "类别", annotation: "标注", node: "节点" };
  const plural = { file: "files", media: "media", category: "categories", annotation: "annotations", node: "nodes" };
  const quoted = (texts: readonly string[]): string => texts.map((text) => `\`${visible(text)}\``).join(", ");
  const lines: LocalText[] = [
    {
      zh: `保留：${kinds.map((kind) => `${names[kind]} ${before[kind]} → ${after[kind]}`).join("，")}`,
      en: `kept: ${kinds.map((kind) => `${plural[kind]} ${before[kind]} → ${after[kind]}`).join(", ")}`,
    },
    {
      zh: `替换：${replaced} 个名称或文本换成中性名称，其余文本已删去；数值、数字编号和字段名未改`,
      en: `replaced: ${replaced} names and texts by neutral ones, the others are cut; numbers, ids that are numbers and names of fields are as they were`,
    },
  ];
  if (formKept.length > 0)
    lines.push({
      zh: `仅保留形式（大小写、空白、符号），因为规则要读它：${formKept.length} 个文本`,
      en: `the form alone kept (case, white space, signs), for the rule reads it: ${formKept.length} texts`,
    });
  if (textKept.length > 0)
    lines.push({
      zh: `未能替换，原样保留，因为规则要读它：${quoted(textKept)}`,
      en: `not replaced, for the rule reads it: ${quoted(textKept)}`,
    });
  if (blankPictures.length > 0)
    lines.push({
      zh: `图像换成同样大小的空白图像：${blankPictures.length} 个`,
      en: `pictures replaced by blank ones of the same size: ${blankPictures.length}`,
    });
  if (keptPictures.length > 0)
    lines.push({
      zh: `图像未能替换，原样保留：${quoted(keptPictures)}`,
      en: `pictures not replaced: ${quoted(keptPictures)}`,
    });
  if (keptFiles.length > 0)
    lines.push({
      zh: `其他文件（如掩码）除名称外原样保留：${quoted(keptFiles)}`,
      en: `other files, such as masks, kept as they are but for their names: ${quoted(keptFiles)}`,
    });
  if (stopped)
    lines.push({ zh: "时限已到：也许还能更小", en: "the time limit was reached: it may be made smaller still" });
  return lines;
}
