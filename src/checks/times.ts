import type { CheckDeclaration } from "./declaration.js";

/** Whether a text is a date-time of RFC 3339: `2026-11-25T08:30:00Z`, `…T08:30:00.25+08:00`; the day exists, a 60th second ends a month in UTC. */
export function isRfc3339(text: string): boolean {
  return !Number.isNaN(secondsSinceEpoch(text));
}

/** Seconds from 1970-01-01T00:00:00Z to a date-time of RFC 3339, to compare two; NaN where the text is none. A leap second equals the next. */
export function secondsSinceEpoch(text: string): number {
  const parts = dateTime.exec(text);
  if (parts === null) return Number.NaN;
  const year = Number(parts[1]);
  const month = Number(parts[2]);
  const day = Number(parts[3]);
  const [hour, minute, second] = [Number(parts[4]), Number(parts[5]), Number(parts[6])];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return Number.NaN;
  if (hour > 23 || minute > 59 || second > 60) return Number.NaN;
  const offset = offsetMinutes(parts[8]);
  const midnight = daysSinceEpoch(year, month, day) * 86400;
  const whole = midnight + (hour * 60 + minute - offset) * 60 + second;
  // A leap second is inserted at the end of a month in UTC, at midnight of its last day (RFC 3339 §5.7).
  if (second === 60 && !(whole % 86400 === 0 && isFirstOfMonth(whole / 86400))) return Number.NaN;
  return whole + Number(parts[7] ?? 0);
}

// Linear: no part can match in two ways.
const dateTime = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days of the proleptic Gregorian calendar; Date.UTC would read the years 0 … 99 as 1900 … 1999. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  // The calendar repeats after 400 years, which are 146,097 days.
  return Date.UTC(year + 400, month - 1, day) / 86_400_000 - 146_097;
}

function isFirstOfMonth(days: number): boolean {
  return new Date(days * 86_400_000).getUTCDate() === 1;
}

/** NaN where the zone is none. */
function offsetMinutes(zone: string | undefined): number {
  if (zone === undefined || zone === "Z" || zone === "z") return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4));
  if (hours > 23 || minutes > 59) return Number.NaN;
  return (zone[0] === "-" ? -1 : 1) * (60 * hours + minutes);
}

export const declarations: readonly CheckDeclaration[] = [
  {
    cel: "isRfc3339(string): bool",
    says: { zh: "是 RFC 3339 日期时间", en: "it is a date-time of RFC 3339" },
    says_not: { zh: "不是 RFC 3339 日期时间", en: "it is no date-time of RFC 3339" },
    call: isRfc3339,
  },
  {
    cel: "secondsSinceEpoch(string): double",
    says: { zh: "时间", en: "time" },
    tells: "argument",
    call: secondsSinceEpoch,
  },
];
