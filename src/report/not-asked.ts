import type { Report, ReportRule } from "../records/report.gen.js";
import type { Words } from "./locale.js";
import { count } from "./numbers.js";
import { groupRules } from "./rules.js";

/** Why a rule was asked of no record; a reader can act on the first three. */
export const notAskedReasons = ["no-media", "open-parameter", "switched-off", "not-this-format", "no-records"] as const;
export type NotAskedReason = (typeof notAskedReasons)[number];

export interface NotAskedGroup {
  readonly reason: NotAskedReason;
  readonly rules: readonly ReportRule[];
}

/** The rules that were not asked, by reason; reasons without a rule are left out. */
export function notAskedGroups(report: Report): NotAskedGroup[] {
  const { notAsked } = groupRules(report);
  return notAskedReasons
    .map((reason) => ({ reason, rules: notAsked.filter((rule) => reasonOf(rule) === reason) }))
    .filter(({ rules }) => rules.length > 0);
}

/** Records of the kind that all fall out of a rule's `when` are, to a reader, no other case than no records of the kind. */
export function reasonOf(rule: ReportRule): NotAskedReason {
  if (rule.off === true) return "switched-off";
  if ((rule.open_params ?? []).length > 0) return "open-parameter";
  return rule.not_asked ?? "no-records";
}

/** «93 条未检：9 条需要媒体，12 条参数待定», or nothing where every rule was asked. */
export function notAskedSentence(report: Report, w: Words): string {
  const groups = notAskedGroups(report);
  const n = groups.reduce((sum, { rules }) => sum + rules.length, 0);
  return n === 0 ? "" : w("not_asked.sentence", { n: count(n), parts: notAskedParts(groups, w) });
}

export function notAskedParts(groups: readonly NotAskedGroup[], w: Words): string {
  return groups.map((group) => notAskedCount(group, w)).join(w.lang === "zh" ? "，" : ", ");
}

export function notAskedCount({ reason, rules }: NotAskedGroup, w: Words): string {
  return w(`not_asked.count.${reason}`, { n: count(rules.length) });
}
