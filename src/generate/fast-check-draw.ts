import type { GeneratorValue } from "fast-check";
import type { Draw } from "./draw.js";

type FastCheck = typeof import("fast-check");

/** fast-check is large and only suites want it. */
export async function loadFastCheck(): Promise<FastCheck> {
  return await import("fast-check");
}

/** Draws from `fc.gen()`: what a property is given, shrunk by fast-check. */
export function drawFrom(fc: Pick<FastCheck, "integer" | "double" | "nat">, gen: GeneratorValue): Draw {
  return {
    int: (least, most) => gen(fc.integer, { min: least, max: most }),
    double: (least, most) => gen(fc.double, { min: least, max: most, noNaN: true, noDefaultInfinity: true }),
    pick: (list) => list[gen(fc.nat, { max: list.length - 1 })] as (typeof list)[number],
    list(least, most, item) {
      const count = gen(fc.integer, { min: least, max: most });
      return Array.from({ length: count }, (_, at) => item(at));
    },
  };
}
