/** `touchstone/measures`: the measures as pure functions of values. No file access; a test pins these names. */

// agreement

// annotators

// detection

// sequence

// speech

// tracking

// preference

// exams

// intervals
export { clopperPearson } from "./statistics/exact-interval.js";
export { type Interval, wilsonInterval } from "./statistics/interval.js";

// sampling

// common
export { MeasureError } from "./measures/inputs.js";
