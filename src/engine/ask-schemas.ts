import type { JsonValue } from "../formats/json/api.js";
import { contentOfTexts } from "./fingerprint.js";
import type { Recorder, Subject } from "./recorder.js";
import type { RuleState } from "./rule-state.js";

/** Bits of indicators for one unit. */
export interface SchemaAnswer {
  asked: number;
  bad: number;
}

/** Asks the schema rules of one raw record: each counts once, however many parts of the record break it. */
export function askSchemas(
  states: readonly RuleState[],
  raw: JsonValue,
  subject: Subject,
  recorder: Recorder,
  answer: SchemaAnswer,
): void {
  let content: string | undefined;
  for (const state of states) {
    const violations = state.active.validate?.(raw);
    state.evaluated++;
    answer.asked |= state.bit;
    if (violations === undefined) continue;
    content ??= contentOf(raw);
    const pointer = violations[0]?.pointer;
    const waived = recorder.violation(state, subject, contentOfTexts(subject.kind, content), "", {
      values: () => violations.map(({ value }) => value),
      ...(pointer === undefined ? {} : { pointer }),
    });
    if (!waived) answer.bad |= state.badBit;
  }
}

/** What a record is, without its id and in no order of keys: tools renumber, and write in another order, at every export. */
function contentOf(raw: JsonValue): string {
  if (raw === null || typeof raw !== "object" || Array.isArray(raw)) return JSON.stringify(raw);
  const { id: _, ...content } = raw;
  return JSON.stringify(content, sorted);
}

function sorted(_: string, value: JsonValue): JsonValue {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}
