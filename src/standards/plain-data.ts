import type { Document, Node } from "yaml";
import { yaml } from "../formats/late.js";
import type { LocalText } from "../records/grammar.gen.js";
import { lintMessage } from "./lint-messages.js";

export interface DataProblem {
  readonly message: LocalText;
  /** Where it stands in the file, UTF-16 units. */
  readonly offset: number;
}

/**
 * What YAML can say and our data cannot: a key that stands twice, a key that is no text, a number that is none. The YAML library compares
 * each key with every other, 10 s for 17,000 of them; here each is looked up once.
 */
export function dataProblems(document: Document.Parsed): DataProblem[] {
  const problems: DataProblem[] = [];
  visit(document.contents, problems);
  return problems;
}

function visit(node: unknown, problems: DataProblem[]): void {
  if (yaml().isSeq(node)) for (const item of node.items) visit(item, problems);
  else if (yaml().isMap(node)) {
    const seen = new Set<string>();
    for (const item of node.items) {
      if (!yaml().isPair(item)) continue;
      wantKey(item.key, seen, problems);
      visit(item.value, problems);
    }
  } else if (yaml().isScalar(node) && typeof node.value === "number" && !Number.isFinite(node.value))
    problems.push({ message: lintMessage("yaml/number", { value: node.value }).message, offset: offsetOf(node) });
}

function wantKey(key: unknown, seen: Set<string>, problems: DataProblem[]): void {
  const offset = offsetOf(key);
  if (!yaml().isScalar(key))
    problems.push({
      message: lintMessage(yaml().isAlias(key) ? "yaml/alias-key" : "yaml/no-text-key", {}).message,
      offset,
    });
  else if (seen.has(String(key.value)))
    problems.push({ message: lintMessage("yaml/twice", { key: JSON.stringify(key.value) }).message, offset });
  else seen.add(String(key.value));
}

function offsetOf(node: unknown): number {
  return (node as Node | null)?.range?.[0] ?? 0;
}
