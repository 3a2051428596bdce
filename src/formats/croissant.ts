import { readCroissant } from "./croissant/read.js";
import type { Detection, FileSample, Format } from "./format.js";
import { reason } from "./reasons.js";

const inCroissant = /https?:\/\/mlcommons\.org\/(?:croissant(?:\/|")|schema\/)/;
const member = /"@context"\s*:/;

/** Croissant 1.0: the JSON-LD description of a dataset, read as its documentation. Source: http://mlcommons.org/croissant/1.0. */
export const croissant: Format = {
  id: "croissant",
  family: "documentation",
  title: { zh: "Croissant 数据集描述", en: "Croissant dataset description" },
  faults: {
    "bom-present": ["file"],
    "newline-mixed": ["file"],
    "json-parse-error": ["file"],
    "invalid-utf8": ["file"],
    "json-duplicate-key": ["file"],
    "json-number-unsafe": ["file"],
    "text-control-characters": ["file"],
  },
  detect,
  async read(input, sink, onError) {
    for (const file of input.files) {
      try {
        await readCroissant(input, file, sink, onError);
      } catch (error) {
        onError(file, error);
      }
      const pause = sink.tick(file.bytes);
      if (pause !== undefined) await pause;
    }
  },
};

/** By its context: JSON-LD that names the Croissant vocabulary, whatever the file is called and whatever type its root claims. */
function detect({ head }: FileSample): Detection {
  const text = head.toString("utf8");
  if (!/^\ufeff?\s*[{[]/.test(text)) return { match: "no", reason: reason("not-json", {}).message };
  if (!member.test(text)) return { match: "no", reason: reason("croissant-no-context", {}).message };
  const found = inCroissant.exec(text);
  if (found === null) return { match: "no", reason: reason("croissant-other", {}).message };
  return { match: "yes", reason: reason("croissant", { name: found[0].replace('"', "") }).message };
}
