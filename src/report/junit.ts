import type { Report, ReportRule } from "../records/report.gen.js";
import { howMany, notAskedText, placeText, valuesText } from "./captions.js";
import { type Words, words } from "./locale.js";
import { count } from "./numbers.js";
import { compareClauses, findingsByRule, openFindings, ruleKey } from "./rules.js";
import { recordText } from "./subjects.js";
import { visible } from "./text.js";

export interface JunitOptions {
  readonly lang: "zh" | "en";
}

const examples = 10;

/**
 * JUnit XML: a standard is a suite, a rule a test case. Not holding is a failure, not evaluated an error, not asked a skip;
 * a rule that decides nothing never fails, its findings stand in its output.
 */
export function renderJunit(report: Report, options: JunitOptions): string {
  const w = words(options.lang);
  const byRule = findingsByRule(report);
  const suites = report.standards.map((standard) => {
    const rules = report.rules.filter((rule) => rule.standard === standard.id);
    rules.sort((left, right) => compareClauses(left.clause, right.clause) || (left.id < right.id ? -1 : 1));
    const cases = rules.map((rule) => testCase(rule, exampleLines(rule, byRule, w), w));
    return `  <testsuite name=${attribute(`${standard.id}@${standard.edition}`)} ${counts(rules)}>\n${cases.join("")}  </testsuite>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name=${attribute(`touchstone ${visible(report.object.name)}`)} ${counts(report.rules)}>\n${suites.join("")}</testsuites>\n`;
}

type Outcome = "failure" | "error" | "skipped" | "passed";

function outcome(rule: ReportRule): Outcome {
  if (rule.verdict === "nonconforming") return "failure";
  if (rule.verdict === "indeterminate") return "error";
  return rule.verdict === "not-applicable" || rule.evaluated === 0 ? "skipped" : "passed";
}

function testCase(rule: ReportRule, lines: readonly string[], w: Words): string {
  const head = `    <testcase name=${attribute(`${rule.id}: ${visible(w.text(rule.title))}`)} classname=${attribute(`${rule.standard}.${rule.clause}`)} time="0">`;
  const body = inner(rule, lines, w);
  return body === "" ? `${head.slice(0, -1)}/>\n` : `${head}\n${body}    </testcase>\n`;
}

function inner(rule: ReportRule, lines: readonly string[], w: Words): string {
  const kind = `${w(`severity.${rule.severity}`)}, ${w(`claim.${rule.claim}`)}`;
  const text = [visible(w.text(rule.means)), visible(w.text(rule.fix)), ...lines].join("\n");
  switch (outcome(rule)) {
    case "failure":
      return `      <failure type=${attribute(kind)} message=${attribute(howMany(rule, w))}>${content(text)}</failure>\n`;
    case "error": {
      const codes = Object.entries(rule.not_evaluated_codes ?? {}).map(([code, n]) => `${code} ${count(n ?? 0)}`);
      return `      <error type="not-evaluated" message=${attribute(howMany(rule, w))}>${content(codes.join("\n"))}</error>\n`;
    }
    case "skipped":
      return `      <skipped message=${attribute(notAskedText(rule, w))}/>\n`;
    case "passed":
      return openFindings(rule) === 0
        ? ""
        : `      <system-out>${content([w("rule.advisory"), howMany(rule, w), ...lines].join("\n"))}</system-out>\n`;
  }
}

function exampleLines(rule: ReportRule, byRule: ReturnType<typeof findingsByRule>, w: Words): string[] {
  const kept = byRule.get(ruleKey(rule.standard, rule.id)) ?? [];
  return kept
    .slice(0, examples)
    .map((finding) =>
      [placeText(finding, w), recordText(finding), valuesText(finding, w)].filter((part) => part !== "").join("  "),
    );
}

function counts(rules: readonly ReportRule[]): string {
  const of = (wanted: Outcome): number => rules.filter((rule) => outcome(rule) === wanted).length;
  return `tests="${rules.length}" failures="${of("failure")}" errors="${of("error")}" skipped="${of("skipped")}"`;
}

/** Controls and lone surrogates, which XML 1.0 cannot hold even escaped, are already written `[U+0001]` by `visible`. */
function escapeXml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}

function attribute(text: string): string {
  return `"${escapeXml(visible(text))}"`;
}

/** Lines of our own making are kept; what comes from the data has none left. */
function content(text: string): string {
  return escapeXml(text);
}
