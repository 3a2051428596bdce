import type { Report, ReportFinding, ReportRule } from "../../records/report.gen.js";
import { howMany, notAskedText, notSo, shownText, whereText } from "../captions.js";
import { whereStrip } from "../charts.js";
import { both, entry } from "../locale.js";
import { type NotAskedGroup, notAskedCount, notAskedGroups, notAskedParts } from "../not-asked.js";
import { count } from "../numbers.js";
import { cssPalette } from "../palette.js";
import { findingsByRule, groupRules, isUnproven, openFindings, ruleKey, severities, spread } from "../rules.js";
import { countOf, sum, tallySentence } from "../sentences.js";
import { isOfWhole, isWhole } from "../subjects.js";
import { cutMiddle, visible } from "../text.js";
import { figureView, type PageImages } from "./figures.js";

/** Caps that keep the page the same length for one finding and for a million. */
const pageCap = 300;
const ruleCap = 12;
/** What 1.5 MB leave for figures when every rule with findings takes about 4 kB for itself. */
const bytesFor = (rules: number): number => Math.max(60_000, 1_000_000 - 4_200 * rules);

type View = Record<string, unknown>;

export function findingsView(report: Report, options: { examples: number; images: PageImages }): View {
  const groups = groupRules(report);
  const byRule = findingsByRule(report);
  const budget = { figures: pageCap, bytes: bytesFor(groups.found.length), ids: new Set<string>() };
  const found = groups.found.map((rule, i) => {
    const kept = byRule.get(ruleKey(rule.standard, rule.id)) ?? [];
    return ruleView(report, rule, {
      i,
      kept,
      most: Math.min(options.examples, ruleCap),
      budget,
      images: options.images,
    });
  });
  const total = sum(groups.found.map(openFindings));
  const notAsked = notAskedGroups(report);
  const placed = report.findings.filter((finding) => !isWhole(finding));
  return {
    any: found.length > 0,
    total,
    rules: found.length,
    unproven: report.rules.some(isUnproven),
    tally: both((w) => tallySentence(report, w)),
    countPattern: entry(
      "findings.count",
      Object.fromEntries(["r", "rules", "n", "total", "e"].map((key) => [key, `{${key}}`])),
    ),
    found,
    undecided: groups.undecided.map((rule) => ({
      ...lineView(rule),
      causes: causesText(rule),
      count: both((w) => countOf(rule.on, rule.not_evaluated, w)),
    })),
    holding: groups.holding.map(lineView),
    notAsked: notAsked.map(notAskedView),
    holdingHead: entry("findings.holding", { n: count(groups.holding.length) }),
    notAskedHead: both((w) =>
      w("findings.not_asked", { n: count(groups.notAsked.length), parts: notAskedParts(notAsked, w) }),
    ),
    undecidedHead: entry("findings.undecided", { n: count(groups.undecided.length) }),
    severities: severities
      .filter((one) => groups.found.some((rule) => rule.severity === one))
      .map((one) => ({ value: one, label: both((w) => w(`severity.${one}`)) })),
    claims: (["normative", "reported", "illustrative"] as const)
      .filter((one) => groups.found.some((rule) => rule.claim === one))
      .map((one) => ({ value: one, label: entry(`claim.${one}`) })),
    standards: [...new Set(groups.found.map((rule) => rule.standard))].map(visible),
    files: [...new Set(placed.map((finding) => cutMiddle(visible(finding.file), 240)))].sort().slice(0, 200),
  };
}

/** One reason and its rules; only an open parameter has something of its own to say. */
function notAskedView(group: NotAskedGroup): View {
  return {
    head: both((w) => notAskedCount(group, w)),
    rules: group.rules.map((rule) => ({ ...lineView(rule), reason: both((w) => notAskedText(rule, w)) })),
  };
}

interface RuleOptions {
  readonly i: number;
  readonly kept: readonly ReportFinding[];
  readonly most: number;
  readonly images: PageImages;
  readonly budget: { figures: number; bytes: number; readonly ids: Set<string> };
}

function ruleView(report: Report, rule: ReportRule, options: RuleOptions): View {
  const { budget, i } = options;
  const chosen = spread(options.kept, Math.min(options.most, budget.figures));
  const figures: View[] = [];
  for (const finding of chosen) {
    if (budget.bytes <= 0) break;
    const figure = figureView(finding, {
      id: uniqueId(finding, budget.ids),
      ruleId: `rid-${i}`,
      large: rule.violations === 1,
      images: options.images,
    });
    budget.bytes -= JSON.stringify(figure).length;
    figures.push(figure);
  }
  budget.figures -= figures.length;
  return {
    ...lineView(rule),
    title: notSo(rule.certainty, rule.title),
    i,
    means: rule.means,
    fix: rule.fix,
    count: openFindings(rule),
    howMany: both((w) => howMany(rule, w)),
    where: isOfWhole(rule) ? "" : whereStrip(rule.where, { palette: cssPalette, name: `aria-labelledby="w-${i}"` }),
    whereText: both((w) => whereText(rule, w)),
    categories: categoriesView(rule),
    shown: both((w) => shownText(figures.length, rule, report, w)),
    pictures: figures.filter((figure) => figure["drawn"] === true),
    lines: figures.filter((figure) => figure["drawn"] !== true),
  };
}

/** One line of a rule, wherever it is listed. */
function lineView(rule: ReportRule): View {
  return {
    id: rule.id,
    anchor: slug(rule.id),
    title: rule.title,
    standard: visible(rule.standard),
    clause: rule.clause,
    clauseText: entry("rule.clause", { clause: rule.clause }),
    claimId: rule.claim,
    claim: entry(`claim.${rule.claim}`),
    severityId: rule.severity,
    severity: entry(`severity.${rule.severity}`),
    obligation: entry(`obligation.${rule.obligation}`),
    heuristic: rule.certainty === "heuristic",
    advisory: rule.verdict === "advisory",
    unproven: isUnproven(rule),
    evaluated: count(rule.evaluated),
  };
}

function slug(text: string): string {
  return text.replace(/[^A-Za-z0-9_-]+/g, "-").slice(0, 80);
}

function causesText(rule: ReportRule): string {
  const codes = Object.entries(rule.not_evaluated_codes ?? {});
  return codes.map(([code, n]) => `${visible(code)} (${count(n ?? 0)})`).join(", ") || "—";
}

/** The categories with most findings, five at most. */
function categoriesView(rule: ReportRule): { key: string; count: string }[] {
  return [...rule.by_category.counts]
    .sort((left, right) => right.count - left.count || (left.key < right.key ? -1 : 1))
    .slice(0, 5)
    .map(({ key, count: n }) => ({ key: cutMiddle(visible(key), 40), count: count(n) }));
}

/** `f-polygon-self-intersection-31`; the second one of a record gets a number of its own. */
function uniqueId(finding: ReportFinding, taken: Set<string>): string {
  const base = `f-${slug(finding.rule)}-${slug(finding.record ?? finding.fingerprint)}`;
  let id = base;
  for (let k = 2; taken.has(id); k += 1) id = `${base}-${k}`;
  taken.add(id);
  return id;
}
