import { readFileSync } from "node:fs";

/** One entry of docs/corpus-findings.md. */
export interface Documented {
  readonly case: string;
  /** A rule whose findings are real, or the code of a known defect that is rightly not reported. */
  readonly subject: string;
  /** The number of findings that was looked at by hand, from the line `Findings: N`. */
  readonly count: number | undefined;
  readonly line: number;
}

/**
 * Entries of the page: a heading `### case · rule` (findings that are real) or `### case · code` (a known defect that is rightly not reported), and below
 * it a line `Findings: N` with the number that was looked at. Headings of another form are prose.
 */
export function parseDocumented(text: string): readonly Documented[] {
  const entries: Documented[] = [];
  let current: { case: string; subject: string; count: number | undefined; line: number } | undefined;
  text.split("\n").forEach((line, index) => {
    const heading = /^### (\S+) · (\S+)\s*$/.exec(line);
    if (heading !== null) {
      current = { case: heading[1] ?? "", subject: heading[2] ?? "", count: undefined, line: index + 1 };
      entries.push(current);
    } else if (/^#{1,3} /.test(line)) current = undefined;
    const count = /^Findings: ([\d,]+)/.exec(line)?.[1];
    if (current !== undefined && count !== undefined) current.count ??= Number(count.replaceAll(",", ""));
  });
  return entries;
}

export function loadDocumented(path: string): readonly Documented[] {
  return parseDocumented(readFileSync(path, "utf8"));
}
