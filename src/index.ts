/** The public API. A test pins these names. */
export { type AssessOptions, assess, type Progress } from "./assess.js";
export { type Inspection, inspect } from "./inspect.js";
export { InputError, TouchstoneError, UsageError } from "./records/errors.js";
export type { Report } from "./records/report.gen.js";
