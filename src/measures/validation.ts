import record from "./validation.json" with { type: "json" };

/** How a measure was validated: written by `npm run check:reference -- DIR --record` and `npm run check:peers -- --record`. */
export interface Validation {
  /** Published cases with which it agrees. */
  readonly cases?: number;
  /** Greatest difference from a published value, in units of the value. */
  readonly worst_error?: number;
  /** What the source allows where that is: published digits are rounded. */
  readonly tolerance?: number;
  /** Tools that it was compared with on random inputs, with their versions. */
  readonly peers?: readonly string[];
}

/** Empty for a measure without a record. */
export function validationOf(id: string): Validation {
  return (record as Readonly<Record<string, Validation>>)[id] ?? {};
}
