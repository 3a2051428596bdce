import type { Mutator } from "./mutator.js";

/** What is wrong with a node of a description, where another node has to be named. */
export const descriptions: Readonly<Record<string, Mutator>> = {
  "contained-in-record-set": {
    sample({ sample, target, draw }) {
      const sets = (sample.description?.nodes ?? []).filter(({ record }) => record.role === "record_set");
      if (sets.length === 0) return;
      const text = JSON.stringify({ "@id": draw.pick(sets).record.id });
      target.item.edits.push({ at: "/containedIn", how: "replace", text });
    },
  },
};
