import type { RuleSource } from "../standards/cel/api.js";
import { presentWhen } from "../standards/cel/expression.js";
import type { ActiveRule } from "../standards/ruleset.js";
import { celTables } from "../standards/tables.js";
import type { NotCovered, NotCoveredReason } from "../validator/data.js";

/** Fields that only the bytes of a picture or of a mask give. */
const fromBytes: ReadonlySet<string> = new Set([
  ...["found", "listing", "readable", "type", "decoded_width", "decoded_height", "orientation", "sha256"].map(
    (field) => `media.${field}`,
  ),
  ...["mask_found", "mask_width", "mask_height", "mask_type", "mask_values"].map((field) => `annotation.${field}`),
]);

/** The rules that a validator of records cannot answer, with the reason; in the order of the rules. */
export function notCoveredOf(rules: readonly ActiveRule[]): readonly NotCovered[] {
  return rules.flatMap((active) => {
    const reason = reasonOf(active);
    return reason === undefined || active.off ? [] : [{ rule: active.rule.id, reason }];
  });
}

function reasonOf({ rule, kind, params, openParams }: ActiveRule): NotCoveredReason | undefined {
  if (rule.fault !== undefined) return "fault";
  if (rule.schema !== undefined) return "schema";
  if (rule.needs_media === true) return "media-bytes";
  if (openParams.length > 0) return "open-parameter";
  // A rule that is asked only where such a field is there would be asked of no record, and look as if it had nothing to say.
  const present = presentWhen(rule.when, { on: kind, params: params as RuleSource["params"] }, celTables);
  return [...present].some((path) => fromBytes.has(path)) ? "media-bytes" : undefined;
}
