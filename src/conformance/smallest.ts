import type { Writer } from "../formats/write.js";
import { boundsOf } from "../generate/bounds.js";
import { type Breaker, compileBreak } from "../generate/break.js";
import type { Draw } from "../generate/draw.js";
import { drawSample } from "../generate/draw-sample.js";
import { drawFrom, loadFastCheck } from "../generate/fast-check-draw.js";
import type { Sample } from "../generate/sample.js";
import { type Wish, wishFor, wishOf } from "../generate/wish.js";
import { applyStandards } from "../standards/apply.js";
import { callValidator, type DataFiles } from "./call-tool.js";
import { activeWith, findingsOf, writeFiles } from "./drawn-files.js";
import { lessen } from "./lessen.js";
import type { LoadedTool } from "./tool-file.js";
import { type ConformSettings, claimedRulesOf, type Disagreement } from "./validator.js";

/** The least data that were found on which tool and standard differ. */
export interface Smallest {
  readonly files: DataFiles;
  readonly media: number;
  readonly annotations: number;
  /** The rule's findings by our engine, and what the tool said; texts for an issue. */
  readonly expected: string;
  readonly got: string;
  /** Whether nothing more could be left out in the time that it had. */
  readonly done: boolean;
}

/**
 * Draws small datasets with the rule broken, or none, until the tool goes wrong on one; lets fast-check shrink it, then leaves out record after record as
 * long as the tool still goes wrong. The reference is our engine: it finds the rule in what is left, or nothing. Undefined where no small dataset showed it.
 */
export async function smallestFor(
  tool: LoadedTool,
  { rule, writer, what }: Disagreement,
  settings: ConformSettings,
): Promise<Smallest | undefined> {
  const { standard } = tool;
  const until = performance.now() + settings.shrinkSeconds * 1000;
  const inTime = (share = 1): boolean => performance.now() < until - (1 - share) * settings.shrinkSeconds * 1000;
  const { rules: applied } = await applyStandards([standard], { scheme: undefined, profile: undefined, only: [] });
  const breaker = what === "missed" ? await compileBreak(rule, standard) : undefined;
  const bounds = boundsOf(standard.rules);
  const wish =
    breaker === undefined
      ? wishOf(writer.carries, bounds, { annotations: 1 })
      : wishFor(breaker.rule, breaker.source, writer, bounds);
  if (wish === undefined) return undefined;
  const active = breaker === undefined ? applied : activeWith(breaker, applied);

  /** What the tool gets wrong about a dataset; undefined where it is right, or where the dataset shows nothing. */
  const wrongAbout = async (sample: Sample): Promise<Smallest | undefined> => {
    const { files, places } = writeFiles(sample, writer);
    if (places.size === 0) return undefined;
    const own = await findingsOf(files, active, writer.format);
    const ours = own.filter((finding) => finding.rule === rule.id);
    if (ours.length > 0 !== (what === "missed")) return undefined;
    const { answer } = await callValidator(tool, files, writer.format, settings.isolation);
    if (answer === undefined) return undefined;
    const told = answer.filter((finding) => claimedRulesOf(tool, finding).includes(rule.id));
    if (told.length > 0 === (what === "missed")) return undefined;
    const place = ours.map(({ file, line, record, values }) => {
      const said = values.map(
        ({ name, value, relation = "=", bound }) =>
          `${name} = ${JSON.stringify(value)}${bound === undefined ? "" : ` ${relation} ${bound}`}`,
      );
      return `${rule.id} at ${file}:${line}${record === undefined ? "" : ` (record ${record})`}${said.length > 0 ? `: ${said.join(", ")}` : ""}`;
    });
    return {
      files,
      media: sample.media.length,
      annotations: sample.media.reduce((sum, { annotations }) => sum + annotations.length, 0),
      expected: what === "missed" ? place.join("\n") : `no finding of ${rule.id}: the data conform to it`,
      got:
        what === "missed"
          ? saidInstead(answer.map(({ fault }) => fault))
          : told.map((finding) => JSON.stringify(finding)).join("\n"),
      done: false,
    };
  };

  let best: { readonly sample: Sample; readonly smallest: Smallest } | undefined;
  const fc = await loadFastCheck();
  const property = fc.asyncProperty(fc.gen(), async (gen) => {
    // Half of the time is for leaving out.
    if (!inTime(0.5)) return true;
    // With pictures, as the pooled data have them.
    const sample = drawn(drawFrom(fc, gen), { ...wish, pictures: true }, breaker, writer);
    const smallest = sample === undefined ? undefined : await wrongAbout(sample);
    if (smallest !== undefined && sample !== undefined) best = { sample, smallest };
    return smallest === undefined;
  });
  await fc.check(property, { numRuns: drawnRuns, seed: settings.seed });
  if (best === undefined) return undefined;
  let { smallest } = best;
  const stillWrong = async (less: Sample): Promise<boolean> => {
    const next = await wrongAbout(less);
    smallest = next ?? smallest;
    return next !== undefined;
  };
  const { done } = await lessen(best.sample, stillWrong, { needed: [], mayGoOn: inTime });
  return { ...smallest, done };
}

const drawnRuns = 20;

/** A small dataset with the rule broken at one record, or one that conforms; undefined where it cannot be broken there. */
function drawn(draw: Draw, wish: Wish, breaker: Breaker | undefined, writer: Writer): Sample | undefined {
  const sample = drawSample(draw, wish);
  if (breaker === undefined) return sample;
  const targets = breaker.targets(sample, writer.carries);
  if (targets.length === 0) return undefined;
  const { files } = breaker.apply(sample, targets, draw, writer.carries);
  return files.length > 0 ? undefined : sample;
}

function saidInstead(faults: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const fault of faults) counts.set(fault, (counts.get(fault) ?? 0) + 1);
  return counts.size === 0
    ? "nothing was found"
    : `found instead: ${[...counts].map(([fault, count]) => `${fault} × ${count}`).join(", ")}`;
}
