import { agreement } from "./agreement/index.js";
import { annotators } from "./annotators/index.js";
import { detection } from "./detection/index.js";
import { exams } from "./exams/index.js";
import type { Answer, MeasureFunction } from "./function.js";
import { type Inputs, MeasureError, refuseUnknown } from "./inputs.js";
import { intervals } from "./intervals/index.js";
import { preference } from "./preference/index.js";
import { sampling } from "./sampling/index.js";
import { sequence } from "./sequence/index.js";
import { speech } from "./speech/index.js";
import { tracking } from "./tracking/index.js";

/** All measures that are functions of values, by family. */
export const functions: readonly MeasureFunction[] = [
  ...agreement,
  ...annotators,
  ...detection,
  ...sequence,
  ...speech,
  ...tracking,
  ...preference,
  ...exams,
  ...intervals,
  ...sampling,
];

/** The measure of an id as people write it: `cohen_kappa` is `cohen-kappa`. @throws MeasureError */
export function functionOf(id: string): MeasureFunction {
  const wanted = id.replaceAll("_", "-").toLowerCase();
  const found = functions.find((one) => one.id === wanted);
  if (found === undefined)
    throw new MeasureError("measure-unknown", {
      found: JSON.stringify(id),
      expected: { zh: "touchstone measure --list 所列之一", en: "one that touchstone measure --list names" },
    });
  return found;
}

/** @throws MeasureError where there is no such measure, or where it cannot take the inputs */
export function calculate(id: string, inputs: Inputs): Answer {
  const measure = functionOf(id);
  refuseUnknown(inputs, measure.inputs);
  return measure.calculate(inputs);
}
