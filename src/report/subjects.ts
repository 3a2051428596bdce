import type { ReportFinding, ReportRule } from "../records/report.gen.js";
import type { Words } from "./locale.js";
import { count } from "./numbers.js";
import { visible } from "./text.js";

/** What a finding is about: a record at its place in a file, or the dataset, which has none; and the other records of a pair. */

export function isWhole(finding: Pick<ReportFinding, "kind" | "file">): boolean {
  return finding.kind === "dataset" || finding.file === "";
}

/** A rule on the dataset is asked once, so that a share of it says nothing; one on the evidence beside it is asked for each item. */
export function isOfWhole(rule: Pick<ReportRule, "on">): boolean {
  return rule.on === "dataset";
}

export function askedOnce(rule: Pick<ReportRule, "on" | "evaluated">): boolean {
  return isOfWhole(rule) && rule.evaluated <= 1;
}

/** `#31`, or nothing where the record has no id; an item of the dataset itself stands under its own code. */
export function recordText(finding: ReportFinding): string {
  if (finding.record === undefined) return "";
  const id = visible(finding.record);
  return isWhole(finding) || id.startsWith("#") ? id : `#${id}`;
}

/** Partners named in a caption. */
const namedAtMost = 3;

/** The other records of a pair or group: `#309`, a path as it stands, and by its number in the file what has no id. */
export function othersText(finding: ReportFinding, w: Words): string {
  const others = [...new Set(finding.others ?? [])];
  if (others.length === 0) return "";
  const text = w("caption.others", {
    ids: w.list(others.slice(0, namedAtMost).map((id) => partner(finding, id, w))),
    n: count(others.length),
  });
  // The blank of «另见 #309» is one between Han and Latin.
  return text.replace(/(\p{Script=Han}) (?=\p{Script=Han})/u, "$1");
}

function partner({ kind, record }: ReportFinding, id: string, w: Words): string {
  if (kind !== "annotation") return visible(id);
  // The engine writes `#15` where a partner has no id; data whose own ids begin so keep them as they are.
  const number = record?.startsWith("#") === true ? undefined : /^#(\d+)$/.exec(id)?.[1];
  if (number !== undefined) return w("caption.other_in_file", { n: number });
  return id.startsWith("#") ? visible(id) : `#${visible(id)}`;
}
