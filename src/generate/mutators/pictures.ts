import { withOrientation } from "../../formats/media/edit.js";
import type { AnnotationRecord } from "../../records/types.gen.js";
import { freshIds, type Item, type MediumItem, relabel } from "../sample.js";
import type { Mutator } from "./mutator.js";

/** What is wrong with the file of a medium. */
export const pictures: Readonly<Record<string, Mutator>> = {
  "picture-missing": {
    sample({ target }) {
      if (target.medium !== undefined) target.medium.picture.kind = "none";
    },
  },
  "picture-cut-off": {
    sample({ target }) {
      if (target.medium !== undefined)
        target.medium.picture.damage = (bytes) => bytes.subarray(0, Math.ceil(bytes.length / 2));
    },
  },
  "picture-size-differs": {
    sample({ target, draw }) {
      if (target.medium !== undefined) target.medium.picture.width += draw.int(1, 3);
    },
  },
  "picture-of-another-type": {
    /** A HEIC file as far as its first bytes tell. */
    sample({ target }) {
      if (target.medium !== undefined)
        target.medium.picture.damage = () => Buffer.from("\0\0\0\x18ftypheic\0\0\0\0heicmif1", "latin1");
    },
  },
  "picture-turned": {
    /** EXIF says that it is to be turned by a quarter; a square is made wider first, for its size would say nothing. */
    sample({ target: { medium } }) {
      if (medium === undefined) return;
      const { record, picture } = medium;
      if (record.width !== undefined && record.width === record.height) {
        record.width += 1;
        picture.width += 1;
        for (const { record: own } of medium.annotations) if (own.rle !== undefined) widen(own.rle);
      }
      picture.damage = withOrientation;
    },
  },
  "medium-copied": { sample: (at) => void copyMedium(at) },
  "medium-copied-to-other-split": {
    sample(at) {
      const copy = copyMedium(at);
      if (copy === undefined) return;
      const inTrain = copy.record.split === "train";
      copy.record.split = inTrain ? "val" : "train";
      copy.record.path = copy.record.path?.replace(inTrain ? "/train/" : "/val/", inTrain ? "/val/" : "/train/");
    },
  },
  "medium-copied-with-other-labels": {
    /** Of the copy's annotations one stays; where all were of one label, it gets another. */
    sample(at) {
      const copy = copyMedium(at);
      const first = copy?.annotations[0];
      if (copy === undefined || first === undefined) return;
      const labelOf = ({ record }: Item<AnnotationRecord>) => record.category_id ?? record.label;
      if (copy.annotations.every((one) => labelOf(one) === labelOf(first))) relabel(at.sample, first.record);
      copy.annotations = [first];
    },
  },
};

/** One more column of background: it is at the end of the runs, which go down the columns. */
function widen(rle: NonNullable<AnnotationRecord["rle"]>): void {
  const { counts, height } = rle;
  const last = counts.length - 1;
  rle.width += 1;
  rle.counts =
    last % 2 === 0
      ? counts.map((count, at) => (at === last ? count + height : count))
      : Float64Array.of(...counts, height);
}

/** One more medium with the same bytes and annotations of its own like those of the target. */
function copyMedium({ sample, target, touched }: Parameters<NonNullable<Mutator["sample"]>>[0]) {
  const { medium } = target;
  if (medium === undefined) return undefined;
  const { damage, ...picture } = medium.picture;
  const record = { ...medium.record, id: freshIds(sample, sample.media)() };
  // A name of its own: a dataset may have several copies.
  record.path = record.path?.replace(/[^/]*$/, (name) => `copy-of-${name}`);
  const ids = freshIds(
    sample,
    sample.media.flatMap(({ annotations }) => annotations),
  );
  const annotations = medium.annotations.map((own) => ({
    record: { ...structuredClone(own.record), id: ids(), media_id: record.id },
    edits: [],
  }));
  const copy: MediumItem = { record, edits: [], annotations, picture: { ...picture, painted: medium.annotations } };
  sample.media.push(copy);
  touched.set(record, "media");
  return copy;
}
