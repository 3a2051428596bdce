import { hashFile } from "../formats/bytes/source.js";
import type { PairingSummary, Side, Unpaired } from "./comparison.js";
import { type Delivery, mediaName } from "./delivery.js";
import type { Compared, Scene } from "./scenes.js";

/** A side of a comparison by its digests, so that a value can be traced to the bytes that it was computed from. */
export async function sideOf(delivery: Delivery): Promise<Side> {
  const { name, formats, files, media, units, others, failures } = delivery;
  const digests = [];
  for (const file of files) digests.push({ path: file.path, sha256: await hashFile(file) });
  let boxes = 0;
  for (let i = 0; i < units.length; i++) if (!Number.isNaN(units.box[4 * i])) boxes += 1;
  return {
    name,
    formats,
    files: digests,
    media: media.length,
    boxes,
    labels: units.length - boxes,
    not_compared: others,
    failures,
  };
}

export function pairingSummary({
  first,
  second,
  pairing,
  scenes,
  firstLabels,
  secondLabels,
  firstShares,
  secondShares,
}: Compared): PairingSummary {
  const onlyFirst: Unpaired[] = [];
  const onlySecond: Unpaired[] = [];
  for (const scene of scenes) {
    if (scene.second === -1)
      onlyFirst.push({ name: mediaName(first, scene.first), annotations: scene.firstRows.length });
    if (scene.first === -1)
      onlySecond.push({ name: mediaName(second, scene.second), annotations: scene.secondRows.length });
  }
  const unlike = ({ firstRows, secondRows }: Scene): boolean => {
    const [a, b] = [
      new Set([...firstRows].map((row) => firstShares[row])),
      new Set([...secondRows].map((row) => secondShares[row])),
    ];
    return (a.has(1) && b.has(0)) || (a.has(0) && b.has(1));
  };
  const byName = (left: Unpaired, right: Unpaired) => (left.name < right.name ? -1 : left.name > right.name ? 1 : 0);
  const unpairedLabels = (names: readonly string[], labels: Int32Array): Unpaired[] =>
    names.map((name) => {
      const at = pairing.labels.indexOf(name);
      return { name, annotations: labels.reduce((sum, label) => sum + (label === at ? 1 : 0), 0) };
    });
  // Results name no categories: one that they do not use is not missing from them.
  const used = (list: readonly Unpaired[], other: Delivery): readonly Unpaired[] =>
    other.declaresCategories ? list : list.filter(({ annotations }) => annotations > 0);
  const { onlyFirst: labelsOfFirst, onlySecond: labelsOfSecond } = pairing;
  return {
    media: {
      paired: Object.values(pairing.by).reduce((sum, n) => sum + n, 0),
      by: pairing.by,
      size_unknown: scenes.filter(unlike).length,
      only_first: onlyFirst.sort(byName),
      only_second: onlySecond.sort(byName),
    },
    categories: {
      paired: pairing.labels.length - labelsOfFirst.length - labelsOfSecond.length,
      only_first: used(unpairedLabels(labelsOfFirst, firstLabels), second),
      only_second: used(unpairedLabels(labelsOfSecond, secondLabels), first),
    },
  };
}
