import { type TrackFrame, type TrackSequence, trackSequence } from "../../statistics/track-sequence.js";
import { type Inputs, type Matrix, MeasureError, numberOf, shown, toList, toMatrix } from "../inputs.js";

/** What the measures of one sequence take: similarity[t][gt][tracker] in full, and which tracks are there in which frame. */
export const sequenceInputs = ["similarity", "gt_present", "tracker_present", "layout", "threshold"] as const;

/** Least similarity of a match, 0.5 by default. @throws MeasureError */
export function thresholdOf(inputs: Inputs): number {
  return numberOf(inputs, "threshold", { min: 0, max: 1 }, 0.5);
}

/** The sequence that `similarity`, `gt_present` and `tracker_present` hold; a track that is there in no frame is none. @throws MeasureError */
export function sequenceOf(inputs: Inputs): TrackSequence {
  const turned = layoutOf(inputs);
  const truth = toMatrix(inputs["gt_present"], "gt_present", flag);
  const tracker = toMatrix(inputs["tracker_present"], "tracker_present", flag);
  const list = toList(inputs["similarity"], "similarity");
  requireCount(tracker.rows, truth.rows, "tracker_present");
  requireCount(list.length, truth.rows, "similarity");
  return trackSequence(
    list.map((one, t): TrackFrame => {
      const input = `similarity[${t}]`;
      const matrix = toMatrix(one, input, { min: 0, max: 1 });
      if (matrix.values.length > 0 || truth.columns * tracker.columns > 0) {
        requireCount(matrix.rows, turned ? tracker.columns : truth.columns, input);
        requireCount(matrix.columns, turned ? truth.columns : tracker.columns, `${input}[0]`);
      }
      const present = { truth: idsOf(truth, t), tracker: idsOf(tracker, t) };
      const at = (row: number, column: number) => matrix.values[row * matrix.columns + column] ?? 0;
      return {
        ...present,
        similarity: (i, j) => {
          const g = present.truth[i] ?? 0;
          const d = present.tracker[j] ?? 0;
          return turned ? at(d, g) : at(g, d);
        },
      };
    }),
  );
}

const flag = { min: 0, max: 1, whole: true } as const;

function idsOf({ values, columns }: Matrix, row: number): readonly number[] {
  return Array.from({ length: columns }, (_, id) => id).filter((id) => values[row * columns + id] === 1);
}

/** Whether the tracker's ids come before the truth's. */
function layoutOf(inputs: Inputs): boolean {
  const layout = inputs["layout"] ?? "similarity[t][gt][tracker]";
  if (typeof layout === "string" && layout.includes("[t][gt][tracker]")) return false;
  if (typeof layout === "string" && layout.includes("[t][tracker][gt]")) return true;
  throw new MeasureError("not-supported", {
    input: "layout",
    expected: { zh: "similarity[t][gt][tracker]", en: "similarity[t][gt][tracker]" },
    found: shown(layout),
  });
}

function requireCount(found: number, wanted: number, input: string): void {
  if (found !== wanted)
    throw new MeasureError("inputs-disagree", {
      input,
      expected: {
        zh: `${wanted} 项，与 gt_present、tracker_present 相合`,
        en: `${wanted} members, to go with gt_present and tracker_present`,
      },
      found: `${found}`,
    });
}
