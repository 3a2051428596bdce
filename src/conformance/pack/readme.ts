import type { Manifest } from "./pack.js";

/** What the maker of a tool reads: Chinese, then English. */
export function packReadme({ standard, format, seed, cases, left_out }: Manifest): string {
  const rules = new Set(cases.map(({ rule }) => rule)).size;
  const name = `${standard.id} ${standard.edition}`;
  return `# ${name} · ${format} · seed ${seed}

本包有 ${cases.length} 个小数据集，涉及 ${rules} 条规则（另有 ${left_out.length} 条不在包内，原因见 manifest.json 的 \`left_out\`）。
\`violating\` 用例恰好违反一条规则，\`conforming\` 用例是违反之前的同一数据集。数据由种子 ${seed} 生成：同一版本、同一种子，字节相同。

- \`manifest.json\`：每个用例 {case, rule, side, format, path, sha256}；\`path\` 是目录，\`sha256\` 是目录内各文件 \`sha256sum\` 输出（按路径排序）的 SHA-256。
- \`answers.jsonl\`：预期答案，请勿交给被测工具。

用您的工具打开每个 \`path\`，每个用例写一行 JSON 到结果文件：

\`\`\`json
{"case": "…", "findings": [{"rule": "规则 id", "record": "记录的编号"}]}
{"case": "…", "export": "导出的文件或目录，相对于结果文件"}
{"case": "…", "refused": "工具不能处理的原因"}
\`\`\`

\`record\` 为文件中的编号；没有编号的记录写 JSON Pointer、\`文件:行\` 或图像文件名；也可省略。没有发现时 \`findings\` 为 \`[]\`。
\`export\`：工具导入该用例后再导出的数据，由 Touchstone 读取并与原数据比较：丢失了什么，改变了什么（坐标差不超过 0.000001 像素不算改变）。

\`\`\`sh
touchstone suite score . --results results.jsonl --name "工具名" --out report
\`\`\`

---

This pack holds ${cases.length} small datasets about ${rules} rules (${left_out.length} more are not in it; \`left_out\` in manifest.json says why).
A \`violating\` case breaks exactly one rule; its \`conforming\` sibling is the same dataset before. Generated with seed ${seed}: same version and seed, same bytes.

- \`manifest.json\`: of each case {case, rule, side, format, path, sha256}; \`path\` is a folder, \`sha256\` that of what \`sha256sum\` prints of its files, sorted by path.
- \`answers.jsonl\`: the expected answers; do not give them to the tool.

Open each \`path\` with your tool, by hand or in any language, and write one line of JSON for each case to a file of results:

\`\`\`json
{"case": "…", "findings": [{"rule": "id of the rule", "record": "id of the record"}]}
{"case": "…", "export": "file or folder that was exported, from the file of results"}
{"case": "…", "refused": "why the tool cannot take the case"}
\`\`\`

\`record\` is the id that the file gives; of a record without one its JSON Pointer, \`file:line\`, or the name of the picture; it may be left out. Where nothing is found, \`findings\` is \`[]\`.
\`export\`: what the tool writes after it has read the case; Touchstone reads it and says what was lost or changed (coordinates within 0.000001 px are not changed).

\`\`\`sh
touchstone suite score . --results results.jsonl --name "name of the tool" --out report
\`\`\`
`;
}
