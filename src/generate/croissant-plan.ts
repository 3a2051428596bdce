import type { JsonValue } from "../formats/json/api.js";
import type { Draw } from "./draw.js";

export type JsonObject = { [key: string]: JsonValue };

/**
 * What a description may have beyond the required: of the dataset, of its files, and kinds of record sets. A break asks for those that it needs
 * (`sample: { fields: [split] }`).
 */
export const features = [
  ...["dataset_id", "aliases", "live", "live_flag", "cited", "rai"],
  ...["contained", "file_set", "beside", "file_same_as", "named_file"],
  ...["table", "pictures", "join", "nested_set", "enumeration", "split", "boxes", "embedded_boxes", "mask"],
  ...["geo_set", "geo_field", "examples"],
] as const;

export type Feature = (typeof features)[number];

/** What the parts of a description share while they are drawn. */
export interface Plan {
  readonly draw: Draw;
  has(feature: Feature): boolean;
  /** An id that begins with the stem and that nothing has yet. */
  id(stem: string): string;
  readonly resources: Resources;
}

/** Ids of the files from which record sets take their values. */
export interface Resources {
  /** A table, and another one. */
  readonly tables: readonly [string, string];
  /** Undefined: there is none. */
  readonly pictures: string | undefined;
}

export const titles: readonly string[] = [
  ...["Street signs", "a", "交通标志数据集", "Straßenschilder — Köln", "Дорожные знаки", "إشارات المرور", "🚦 lights"],
  ...['a "quoted" name', "back\\slash", "two\nlines", "0", "x < y & z"],
];

export function drawUrl(draw: Draw): string {
  return draw.pick(["https://example.org/d", "https://例子.example/数据?q=1#part", "ftp://example.org/", "urn:x:1"]);
}

/** A list, which may stand without brackets where it has one value. */
export function oneOrList(draw: Draw, values: readonly JsonValue[]): JsonValue {
  return values.length === 1 && draw.int(0, 1) === 0 ? (values[0] as JsonValue) : [...values];
}
