import fc from "fast-check";
import { expect, test } from "vitest";
import { IdMap } from "./id-map.js";

const id = fc.oneof(
  fc.integer({ min: -50, max: 50 }),
  fc.maxSafeInteger(),
  fc.integer({ min: 0, max: 1000 }).map((k) => k * 2 ** 32),
  fc.integer({ min: 0, max: 30 }).map(String),
);

test('an IdMap answers as a Map does; 1 and "1" are two ids', () =>
  fc.assert(
    fc.property(
      fc.array(fc.tuple(id, fc.integer({ min: -2, max: 1e6 })), { maxLength: 3000 }),
      fc.array(id),
      (pairs, asked) => {
        const own = new IdMap();
        const map = new Map<number | string, number>();
        for (const [key, row] of pairs) {
          own.set(key, row);
          map.set(key === 0 ? 0 : key, row);
        }
        for (const key of [...asked, ...pairs.map(([one]) => one)]) expect(own.get(key)).toBe(map.get(key));
        expect(new Map(own.entries())).toEqual(map);
      },
    ),
  ));
