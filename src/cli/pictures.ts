import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { imageType } from "../formats/media/image.js";
import { newResolver } from "../formats/resolve.js";
import { listData } from "../formats/walk.js";
import type { Report } from "../records/report.gen.js";
import type { PageImageSource } from "../report/html/images.js";

/** Pictures of the media that drawn findings show, by the path that the data write; one whose digest is not the report's is left out. */
export function picturesOf(
  report: Report,
  data: string,
  media: string | undefined,
): ReadonlyMap<string, PageImageSource> {
  const root = listData(data);
  const resolve = newResolver(root, media);
  const files = new Map(root.files.map((file) => [file.path, file]));
  const pictures = new Map<string, PageImageSource>();
  for (const { drawing, file } of report.findings) {
    if (drawing?.media === undefined || pictures.has(drawing.media)) continue;
    const found = resolve(drawing.media, files.get(file));
    if (found === undefined || found === "unsafe") continue;
    const bytes = readFileSync(found.absolute);
    const type = imageType(bytes.subarray(0, 32));
    if (type !== "image/jpeg" && type !== "image/png") continue;
    if (createHash("sha256").update(bytes).digest("hex") === drawing.media_sha256)
      pictures.set(drawing.media, { bytes, type });
  }
  return pictures;
}
