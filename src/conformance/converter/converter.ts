import type { DataFiles } from "../call-tool.js";
import type { LoadedTool } from "../tool-file.js";
import type { CallRow, ConversionRow, NotAsked, SmallestCase } from "../tool-report.js";
import type { ConformSettings } from "../validator.js";
import { askConverter, type LossOnTheWay } from "./ask.js";
import { askReal } from "./real.js";
import { nameOfWay, smallestConversion } from "./smallest-conversion.js";

/** What the whole of a converter gave. */
export interface ConverterResult {
  readonly conversions: readonly ConversionRow[];
  readonly calls: readonly CallRow[];
  readonly notAsked: readonly NotAsked[];
  readonly cases: readonly SmallestCase[];
  readonly files: ReadonlyMap<string, DataFiles>;
}

/** Every way that a converter claims, and the least data for each thing that does not come through. */
export async function conformConverter(tool: LoadedTool, settings: ConformSettings): Promise<ConverterResult> {
  const conversions: ConversionRow[] = [];
  const calls: CallRow[] = [];
  const notAsked: NotAsked[] = [];
  const losses: LossOnTheWay[] = [];
  for (const pair of tool.pairs) {
    const pass = await askConverter(tool, pair, settings);
    conversions.push(...pass.rows);
    calls.push(...pass.calls);
    notAsked.push(...pass.notAsked);
    losses.push(...pass.losses);
  }
  if (settings.data !== undefined) {
    const real = await askReal(tool, settings.data, settings);
    conversions.push(...real.rows);
    calls.push(...real.calls);
    notAsked.push(...real.notAsked);
  }
  const cases: SmallestCase[] = [];
  const files = new Map<string, DataFiles>();
  for (const loss of losses) {
    if (isToldAlready(loss, losses)) continue;
    settings.onStep?.(`${nameOfWay(loss)}: ${loss.what} ${loss.how}`);
    const smallest = settings.shrinkSeconds > 0 ? await smallestConversion(tool, loss, settings) : undefined;
    if (smallest === undefined) {
      notAsked.push(notShrunk(loss, settings));
      continue;
    }
    cases.push(smallest.one);
    files.set(smallest.one.folder ?? "", smallest.files);
  }
  return { conversions, calls, notAsked, cases, files };
}

/** What is lost on one way is not there on the way back. What is changed may be changed back, by a convention that both ways follow: that is shown apart. */
function isToldAlready({ pair, way, what, how }: LossOnTheWay, losses: readonly LossOnTheWay[]): boolean {
  return (
    way === "back" &&
    how === "lost" &&
    losses.some(
      (other) =>
        other.way === "there" &&
        other.what === what &&
        other.how === how &&
        ((other.pair.from === pair.from && other.pair.to === pair.to) ||
          (other.pair.from === pair.to && other.pair.to === pair.from)),
    )
  );
}

function notShrunk(loss: LossOnTheWay, { shrinkSeconds }: ConformSettings): NotAsked {
  return {
    what: `${loss.what}, ${loss.how}`,
    format: nameOfWay(loss),
    reason:
      shrinkSeconds === 0
        ? { zh: "未要求缩小", en: "shrinking was not asked for" }
        : { zh: "再次运行时未出现", en: "it did not show again when it was run once more" },
  };
}
