import type { Writer } from "../formats/write.js";
import { boundsOf } from "../generate/bounds.js";
import { compileBreak } from "../generate/break.js";
import { seededDraw } from "../generate/draw.js";
import { drawSample } from "../generate/draw-sample.js";
import { wishFor, wishOf } from "../generate/wish.js";
import type { Rule } from "../records/grammar.gen.js";
import { type Called, callValidator } from "./call-tool.js";
import { firstPlace, writeFiles } from "./drawn-files.js";
import type { LoadedTool } from "./tool-file.js";
import type { ToolFinding } from "./tool-output.js";
import { type CallRow, type NotAsked, type RuleRow, tally } from "./tool-report.js";
import { type ConformSettings, claimedRulesOf, disagreementsOf, type Pass } from "./validator.js";

/**
 * For a tool that cannot tell several faults of one dataset apart: each rule is asked alone, by small datasets that conform but for it, a call each; and
 * as many that conform. What it says counts wherever it says it.
 */
export async function askAlone(tool: LoadedTool, writer: Writer, settings: ConformSettings): Promise<Pass> {
  const { standard, claimed } = tool;
  const { seed, perRule, isolation } = settings;
  const bounds = boundsOf(standard.rules);
  const calls: CallRow[] = [];
  const notAsked: NotAsked[] = [];
  const draw = seededDraw(seed);
  const ask = async (data: string, files: ReadonlyMap<string, Uint8Array>): Promise<Called<readonly ToolFinding[]>> => {
    const called = await callValidator(tool, files, writer.format, isolation);
    const { ended, status, reason } = called;
    const row = { format: writer.format, data, media: 0, annotations: 0, ended, status };
    if (called.answer === undefined) calls.push({ ...row, ...(reason === undefined ? {} : { reason }) });
    return called;
  };
  const says = (answer: readonly ToolFinding[], { id }: Rule): boolean =>
    answer.some((finding) => claimedRulesOf(tool, finding).includes(id));

  const clean: (readonly ToolFinding[] | undefined)[] = [];
  settings.onStep?.(`${writer.format}: clean`);
  for (let run = 0; run < perRule; run++) {
    draw.stream(seed, run);
    const sample = drawSample(draw, wishOf(writer.carries, bounds, { annotations: 1, pictures: true }));
    clean.push((await ask("clean", writeFiles(sample, writer).files)).answer);
  }
  const alarms = (rule: Rule) => {
    const answered = clean.filter((answer) => answer !== undefined);
    const wrong = answered.filter((answer) => says(answer, rule)).length;
    return tally(answered.length - wrong, wrong, clean.length - answered.length);
  };

  const planted = async (rule: Rule): Promise<RuleRow["planted"]> => {
    if (rule.break === undefined) return null;
    const breaker = await compileBreak(rule, standard);
    const wish = rule.break.params === undefined ? wishFor(breaker.rule, breaker.source, writer, bounds) : undefined;
    if (wish === undefined) return null;
    let right = 0;
    let wrong = 0;
    let refused = 0;
    settings.onStep?.(`${writer.format}: ${rule.id}`);
    for (let run = 0; run < perRule; run++) {
      draw.stream(seed, run);
      const sample = drawSample(draw, { ...wish, pictures: true });
      const targets = breaker.targets(sample, writer.carries);
      if (targets.length === 0) continue;
      const broken = breaker.apply(sample, targets, draw, writer.carries);
      const written = writeFiles(sample, writer);
      for (const { mutate, record } of broken.files)
        mutate(written.files, written.places.get(record) ?? firstPlace(written), draw, record);
      const { answer } = await ask(rule.id, written.files);
      if (answer === undefined) refused++;
      else if (says(answer, rule)) right++;
      else wrong++;
    }
    return right + wrong + refused === 0 ? null : tally(right, wrong, refused);
  };

  const rows: RuleRow[] = [];
  for (const rule of standard.rules) {
    const isClaimed = claimed.includes(rule);
    const own = isClaimed ? await planted(rule) : null;
    if (isClaimed && own === null)
      notAsked.push({
        what: rule.id,
        format: writer.format,
        reason: {
          zh: "该格式的数据集中不能单独破坏这条规则",
          en: "it cannot be broken alone in a dataset of this format",
        },
      });
    rows.push({
      rule: rule.id,
      title: rule.title,
      format: writer.format,
      claimed: isClaimed,
      planted: own,
      clean: isClaimed ? alarms(rule) : null,
      elsewhere: 0,
    });
  }
  return { rows, calls, notAsked, disagreements: rows.flatMap((row) => disagreementsOf(row, tool, writer)) };
}
