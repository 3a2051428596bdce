import fc from "fast-check";
import { expect, test } from "vitest";
import { isRfc3339, secondsSinceEpoch } from "./times.js";

test.each([
  ["1985-04-12T23:20:50.52Z", 482196050.52], // this and the next three: RFC 3339 §5.8
  ["1996-12-19T16:39:57-08:00", 851042397],
  ["1990-12-31T23:59:60Z", 662688000],
  ["1990-12-31T15:59:60-08:00", 662688000],
  ["1970-01-01t00:00:00z", 0],
  ["2000-02-29T00:00:00Z", 951782400],
  ["0000-01-01T00:00:00Z", -62167219200],
  ["1937-01-01T12:00:27.87+00:20", -1041337172.13],
])("%s is a date-time", (text, seconds) => {
  expect(isRfc3339(text)).toBe(true);
  expect(secondsSinceEpoch(text)).toBeCloseTo(seconds, 6);
});

test.each([
  "2026-11-25",
  "2026-11-25 08:30:00Z", // the space of §5.6 is a note for other syntaxes
  "2026-11-25T08:30:00",
  "2026-11-25T08:30Z",
  "2026-11-25T08:30:00.Z",
  "2026-11-25T08:30:00+0800",
  "2026-11-25T08:30:00+24:00",
  "2026-11-25T24:00:00Z",
  "2026-11-25T08:60:00Z",
  "2026-11-25T08:30:61Z",
  "2026-11-25T08:30:60Z",
  "1990-12-30T23:59:60Z",
  "2026-02-29T00:00:00Z",
  "1900-02-29T00:00:00Z",
  "2026-04-31T00:00:00Z",
  "2026-00-10T00:00:00Z",
  "2026-13-10T00:00:00Z",
  "2026-11-00T00:00:00Z",
  "26-11-25T08:30:00Z",
  "２026-11-25T08:30:00Z",
  "2026-11-25T08:30:00Z\n",
  "",
])("%j is none", (text) => {
  expect(isRfc3339(text)).toBe(false);
  expect(secondsSinceEpoch(text)).toBeNaN();
});

test("what Date writes is read as Date reads it", () =>
  fc.assert(
    fc.property(fc.date({ min: new Date("0000-01-01"), max: new Date("9999-12-31"), noInvalidDate: true }), (date) => {
      expect(secondsSinceEpoch(date.toISOString())).toBeCloseTo(date.getTime() / 1000, 3);
    }),
  ));
