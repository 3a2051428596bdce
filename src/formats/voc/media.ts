import { clearMedia, type MediaRecord } from "../../records/types.gen.js";
import type { InputFile, ReadInput } from "../format.js";
import { mediaIndex, nameOf, namesImage, nearest, stemOf } from "../media/media-index.js";
import { splitOf } from "../split.js";
import { type FieldFault, missing, numberOf, textOf, unknownField } from "./annotation.js";
import { child, type XmlElement } from "./xml.js";

type Report = (fault: FieldFault) => void;

/** Children of `annotation` that Pascal VOC and the tools that write it use. */
const rootFields = new Set([
  ...["folder", "filename", "path", "source", "owner", "size", "segmented", "object"],
  // PASCAL's own person layout and action sets, labelImg's and VoTT's additions.
  ...["point", "points", "verified", "database", "sources"],
]);
const sizeFields = new Set(["width", "height", "depth"]);

/** Fills what the file declares of its one medium. Its id is the path of the file: VOC writes none, and one file is one medium. */
export function fillMedia(
  record: MediaRecord,
  root: XmlElement,
  file: InputFile,
  input: ReadInput,
  report: Report,
): void {
  clearMedia(record);
  for (const field of root.children) {
    if (!rootFields.has(field.name)) report(unknownField(field, "annotation"));
  }
  record.id = file.path;
  const written = textOf(root, "filename");
  if (written === undefined) report(missing(root, "annotation/filename"));
  record.path = pathOf(written, file, input);
  record.split = splitOf(file.path);
  const size = child(root, "size");
  if (size === undefined) {
    report(missing(root, "annotation/size"));
    return;
  }
  for (const field of size.children) {
    if (!sizeFields.has(field.name)) report(unknownField(field, "size"));
  }
  record.width = extentOf(size, "width", report);
  record.height = extentOf(size, "height", report);
}

/**
 * The path of the medium: `filename` as written, which the engine looks up from the file, the root, or by its end (`JPEGImages/` beside `Annotations/`).
 * Where that would miss or take another image, it is the path of the image itself: a name without extension (Roboflow) stands for the image of that
 * stem, a missing one for the file's own stem, and of two images of one name the one nearest to the file is meant. A name that is another's than the
 * file's own is what the data say: no other image is taken for it.
 */
function pathOf(written: string | undefined, file: InputFile, input: ReadInput): string | undefined {
  const index = mediaIndex(input.all);
  const name = written?.replaceAll("\\", "/");
  if (name === undefined || !namesImage(name)) {
    const images = index.withStem(name === undefined ? stemOf(nameOf(file.path)) : nameOf(name));
    return (nearest(images, file.path) ?? only(images))?.path ?? written;
  }
  const near = nearest(
    index.named(nameOf(name)).filter(({ path }) => `/${path}`.endsWith(`/${name}`)),
    file.path,
  );
  if (near === undefined) return written;
  const resolved = input.resolve(name, file);
  return resolved === "unsafe" || resolved?.path === near.path ? written : near.path;
}

function extentOf(size: XmlElement, name: "width" | "height", report: Report): number | undefined {
  const field = `size/${name}`;
  if (textOf(size, name) === undefined) {
    report(missing(size, field));
    return undefined;
  }
  const value = numberOf(size, name, field, report);
  if (value === undefined || Number.isSafeInteger(value)) return value;
  report({ rule: "field-type-mismatch", offset: size.offset, field, value: `${value}`, expected: "a whole number" });
  return undefined;
}

function only(images: readonly InputFile[]): InputFile | undefined {
  return images.length === 1 ? images[0] : undefined;
}
