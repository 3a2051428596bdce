import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type LangChoice, langsOf } from "../report/locale.js";
import { columns, padEnd, visible } from "../report/text.js";
import { packageRoot } from "../standards/package-root.js";
import type { ToolReport } from "./tool-report.js";
import { type Block, toolBlocks } from "./tool-text.js";

/** Renderings of a tool report, each from the report alone. */
export const toolTargets = ["json", "md", "html", "terminal"] as const;
export type ToolTarget = (typeof toolTargets)[number];

/** The rendering as a text; file names are `tool-report.` and the target. */
export function renderTool(report: ToolReport, target: ToolTarget, lang: LangChoice): string {
  if (target === "json") return `${JSON.stringify(report, undefined, 1)}\n`;
  const parts = langsOf(lang).map((one) => ({ lang: one, blocks: toolBlocks(report, one) }));
  if (target === "md")
    return parts
      .map(({ blocks }) => blocks.map(markdown).join("\n\n"))
      .join("\n\n---\n\n")
      .concat("\n");
  if (target === "terminal")
    return parts
      .map(({ blocks }) => blocks.map(plain).join("\n"))
      .join("\n\n")
      .concat("\n");
  const style = readFileSync(join(packageRoot, "reports/styles/page.css"), "utf8");
  const title = escaped(parts[0]?.blocks[0]?.kind === "title" ? parts[0].blocks[0].text : report.tool.name);
  const body = parts
    .map(({ lang: one, blocks }) => `<main lang="${one}">\n${blocks.map(markup).join("\n")}\n</main>`)
    .join("\n");
  return `<!doctype html>
<html lang="${lang === "en" ? "en" : "zh-CN"}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

function markdown(block: Block): string {
  switch (block.kind) {
    case "title":
      return `# ${safe(block.text)}`;
    case "section":
      return `## ${safe(block.text)}`;
    case "text":
    case "small":
      return safe(block.text);
    case "code":
      return fenced(block.name, block.text);
    case "table": {
      const line = (cells: readonly string[]): string =>
        `| ${cells.map((cell) => safe(cell).replaceAll("\n", " ")).join(" | ")} |`;
      return [line(block.head), line(block.head.map(() => "---")), ...block.rows.map(line)].join("\n");
    }
  }
}

/** A fence longer than any in the text. */
function fenced(name: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${safe(name)}\n${fence}\n${text.trimEnd()}\n${fence}`;
}

/** What a tool wrote is text, and no markup. */
function safe(text: string): string {
  return visible(text.replaceAll("\n", " ")).replace(/[\\`*_[\]<>|#]/g, (sign) => `\\${sign}`);
}

function plain(block: Block): string {
  switch (block.kind) {
    case "title":
      return visible(block.text);
    case "section":
      return `\n${visible(block.text)}`;
    case "text":
    case "small":
      return `  ${visible(block.text.replaceAll("\n", "; "))}`;
    case "code":
      return [
        `  ${visible(block.name)}`,
        ...untabbed(block.text)
          .split("\n")
          .map((line) => `    ${visible(line)}`),
      ].join("\n");
    case "table": {
      const rows = [block.head, ...block.rows].map((row) => row.map((cell) => visible(cell.replaceAll("\n", "; "))));
      const widths = block.head.map((_, at) => Math.max(...rows.map((row) => columns(row[at] ?? ""))));
      return rows
        .map((row) => `  ${row.map((cell, at) => padEnd(cell, widths[at] ?? 0)).join("  ")}`.trimEnd())
        .join("\n");
    }
  }
}

function markup(block: Block): string {
  switch (block.kind) {
    case "title":
      return `<h1>${escaped(block.text)}</h1>`;
    case "section":
      return `<h2>${escaped(block.text)}</h2>`;
    case "text":
      return `<p>${escaped(block.text)}</p>`;
    case "small":
      return `<p><small>${escaped(block.text)}</small></p>`;
    case "code":
      return `<p><code>${escaped(block.name)}</code></p>\n<pre>${escaped(untabbed(block.text))}</pre>`;
    case "table": {
      const row = (cells: readonly string[], tag: string): string =>
        `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join("")}</tr>`;
      const head = block.head.every((cell) => cell === "") ? "" : `<thead>${row(block.head, "th")}</thead>`;
      return `<table>${head}<tbody>${block.rows.map((cells) => row(cells, "td")).join("\n")}</tbody></table>`;
    }
  }
}

/** A tab would be shown as the sign that it is. */
function untabbed(text: string): string {
  return text.trimEnd().replaceAll("\t", "  ");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text
    .split("\n")
    .map(visible)
    .join("\n")
    .replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
