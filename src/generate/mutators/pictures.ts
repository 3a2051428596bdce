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
  "picture-repeated": {
    /** The next medium, or the one before, gets the same bytes and the same size. */
    sample({ sample, target, touched }) {
      const { medium } = target;
      const at = medium === undefined ? -1 : sample.media.indexOf(medium);
      const other = sample.media[at + 1] ?? sample.media[at - 1];
      if (medium === undefined || other === undefined) return;
      other.record.width = medium.record.width;
      other.record.height = medium.record.height;
      other.annotations = [];
      medium.annotations = [];
      other.picture = { ...medium.picture };
      touched.add(other.record);
    },
  },
};
