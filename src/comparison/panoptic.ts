import { readFileSync } from "node:fs";
import { decodePng } from "../formats/png/decode.js";
import { categoryQuality, type PanopticPixels, panopticState, panopticTally } from "../measures/detection/panoptic.js";
import { reasons } from "../measures/reasons.js";
import { UsageError } from "../records/errors.js";
import type { ComparedMeasurement } from "./comparison.js";
import type { PanopticMask } from "./delivery.js";
import type { Inference } from "./measured.js";
import type { Compared } from "./scenes.js";

/** Void: pixels of no segment, of a segment without entry, and of crowds of the gold. */
const void_ = 0;

const titles = {
  pq: { zh: "全景质量 PQ", en: "Panoptic quality PQ" },
  sq: { zh: "分割质量 SQ", en: "Segmentation quality SQ" },
  rq: { zh: "识别质量 RQ", en: "Recognition quality RQ" },
} as const;

/**
 * PQ, SQ and RQ where both sides have panoptic PNGs: means over the B categories that either has, A their sum. A medium of the gold for which the data have
 * no PNG counts as empty there. Crowds of the gold count as void: what lies in them is neither found nor wrong.
 */
export function panopticQuality(compared: Compared, inference: Inference): readonly ComparedMeasurement[] {
  const { first, second, pairing } = compared;
  if (first.panoptic.length === 0 || second.panoptic.length === 0) return [];
  const theirs = new Map(second.panoptic.map((mask) => [mask.media, mask]));
  const things = new Set<number>();
  const options = { things: [] as number[], stuffs: [] as number[] };
  for (const { segments } of first.panoptic)
    for (const { label, thing } of segments) if (thing) things.add((pairing.first[label] ?? -1) + 1);
  for (let code = 1; code <= pairing.labels.length; code++)
    (things.has(code) ? options.things : options.stuffs).push(code);
  let tally = panopticState.empty();
  for (const mask of first.panoptic) {
    const target = pixelsOf(mask, pairing.first, true);
    const partner = theirs.get(pairing.media[mask.media] ?? -1);
    const pred = partner === undefined ? emptyLike(target) : pixelsOf(partner, pairing.second, false);
    if (pred.category.length !== target.category.length)
      throw new UsageError("TS-FORMAT-0030", {
        file: partner?.file.path ?? "",
        found: `${pred.category.length} pixels`,
        expected: `${target.category.length} pixels, as ${mask.file.path} has`,
      });
    tally = panopticState.merge(tally, panopticTally(pred, target, options));
  }
  const found = [...tally.values()].flatMap((one) => categoryQuality(one) ?? []);
  return (["pq", "sq", "rq"] as const).map((name): ComparedMeasurement => {
    const a = found.reduce((sum, one) => sum + one[name], 0);
    const id = `gold-${name}`;
    const common = { id, title: titles[name], a, b: found.length, unit: "categories with a segment", inference };
    return found.length === 0
      ? { ...common, orientation: "higher-is-better", status: "undefined", reason: reasons["no-ground-truth"] }
      : { ...common, orientation: "higher-is-better", x: a / found.length, status: "defined" };
  });
}

/** Category codes from 1, and instances, of each pixel. */
function pixelsOf({ file, segments }: PanopticMask, codes: Int32Array, isGold: boolean): PanopticPixels {
  const { data, channels } = decodePng(file.held ?? readFileSync(file.absolute));
  const byId = new Map(
    segments.map(({ id, label, crowd }) => [id, crowd && isGold ? void_ : (codes[label] ?? -1) + 1]),
  );
  const pixels = data.length / channels;
  const category = new Int32Array(pixels);
  const instance = new Int32Array(pixels);
  for (let i = 0, at = 0; i < pixels; i++, at += channels) {
    const low = data[at] ?? 0;
    const id = channels >= 3 ? low + 256 * (data[at + 1] ?? 0) + 65536 * (data[at + 2] ?? 0) : low;
    category[i] = byId.get(id) ?? void_;
    instance[i] = id;
  }
  return { category, instance };
}

function emptyLike({ category }: PanopticPixels): PanopticPixels {
  return { category: new Int32Array(category.length), instance: new Int32Array(category.length) };
}
