import { clearMedia, type MediaRecord } from "../../records/types.gen.js";
import type { JsonValue } from "../json/api.js";
import { splitOf } from "../split.js";
import { describe, isObject, type JsonObject, type Report } from "./values.js";

/** A path is short; a longer text in its place is the content itself. */
const longestPath = 1024;

type Split = MediaRecord["split"];

/** An image that an item of `data_content` names by its path. */
export interface NamedFile {
  readonly path: string;
  readonly item: JsonObject;
  /** Position in `data_content`. */
  readonly index: number;
}

/** Fills the medium that a line is: its id, and the first image that it names. */
export function fillFirst(media: MediaRecord, record: JsonObject, split: Split, report: Report): void {
  clearMedia(media);
  media.id = idOf(record["id"], report);
  wantItems(record, report);
  const first = filesOf(record)[0];
  if (first !== undefined) fillFile(media, first, report);
  media.split = split ?? (first === undefined ? undefined : splitOf(first.path));
}

/** Images of a line beyond the first. */
export function moreFiles(record: JsonObject): readonly NamedFile[] {
  return filesOf(record).slice(1);
}

export function fillMore(media: MediaRecord, file: NamedFile, id: MediaRecord["id"], split: Split): void {
  clearMedia(media);
  // Two lines without id would otherwise share one.
  media.id = id === undefined ? undefined : `${id}/data_content/${file.index}`;
  fillFile(media, file, () => {});
  media.split = split ?? splitOf(file.path);
}

/** TC609 ids are texts; a number is kept as the id that it is, and reported. */
function idOf(value: JsonValue | undefined, report: Report): MediaRecord["id"] {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return value;
  report("/id", describe(value), "a string");
  if (typeof value !== "number") return undefined;
  return Number.isSafeInteger(value) ? value + 0 : String(value);
}

function wantItems(record: JsonObject, report: Report): void {
  const items = record["data_content"];
  if (items === undefined || items === null) return;
  if (!Array.isArray(items)) {
    report("/data_content", describe(items), "a list");
    return;
  }
  items.forEach((item, index) => {
    if (!isObject(item)) report(`/data_content/${index}`, describe(item), "an object");
  });
}

function filesOf(record: JsonObject): NamedFile[] {
  const items = record["data_content"];
  if (!Array.isArray(items)) return [];
  return items.flatMap((item, index) => {
    if (!isObject(item) || !isImage(item["media_type"])) return [];
    const path = item["content"];
    return typeof path === "string" && isPath(path) ? [{ path, item, index }] : [];
  });
}

/** One user writes `"image"`, another `["image"]`. */
function isImage(type: JsonValue | undefined): boolean {
  return (Array.isArray(type) ? type : [type]).some((one) => typeof one === "string" && one.toLowerCase() === "image");
}

/** Neither an address (`https:`, `data:`) nor the content itself. */
function isPath(text: string): boolean {
  return text !== "" && text.length <= longestPath && !/[\r\n]/.test(text) && !/^[a-z][a-z0-9+.-]+:/i.test(text);
}

function fillFile(media: MediaRecord, { path, item, index }: NamedFile, report: Report): void {
  media.path = path;
  media.width = extentOf(item, "width", index, report);
  media.height = extentOf(item, "height", index, report);
}

function extentOf(item: JsonObject, key: "width" | "height", index: number, report: Report): number | undefined {
  const value = item[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number" && Number.isSafeInteger(value)) return value + 0;
  report(`/data_content/${index}/${key}`, describe(value), "a whole number");
  return undefined;
}
