import { datasetOf, type ExampleFormat, exampleFormats, type Planted, type Written } from "./dataset.js";
import { plantDefects } from "./plant.js";
import { readmes } from "./readme.js";
import { drawPictures } from "./scene.js";
import { writeExample } from "./write.js";

/** The dataset that conforms: twenty pictures. */
export function cleanExample(format: ExampleFormat): Written {
  return writeExample(format, datasetOf(drawPictures(20, { train: 14, val: 6 })));
}

/** The dataset with defects: thirty pictures. */
export function brokenExample(
  format: ExampleFormat,
  which: "shared" | "all" = "all",
): { readonly written: Written; readonly planted: readonly Planted[] } {
  const { dataset, planted } = plantDefects(datasetOf(drawPictures(24, { train: 20, val: 10 })), format, which);
  return { written: writeExample(format, dataset), planted };
}

/** An entry of `<format>.defects.json`. */
export interface DefectEntry extends Pick<Planted, "rule" | "severity" | "what"> {
  readonly file: string;
  readonly line: number;
}

/** All files of the examples that the script makes, by their path below examples/. */
export function exampleFiles(): Map<string, string | Buffer> {
  const files = new Map<string, string | Buffer>(readmes);
  for (const format of exampleFormats) {
    for (const [path, content] of cleanExample(format).files) files.set(`street-signs/${format}/${path}`, content);
    const { written, planted } = brokenExample(format);
    for (const [path, content] of written.files) files.set(`street-signs-defects/${format}/${path}`, content);
    const defects: DefectEntry[] = planted.map(({ rule, severity, at, what }) => ({
      rule,
      severity,
      ...written.placeOf(at),
      what,
    }));
    const lines = defects.sort(byPlace).map((defect) => `  ${JSON.stringify(defect)}`);
    files.set(`street-signs-defects/${format}.defects.json`, `[\n${lines.join(",\n")}\n]\n`);
  }
  return files;
}

function byPlace(left: DefectEntry, right: DefectEntry): number {
  if (left.file !== right.file) return left.file < right.file ? -1 : 1;
  return left.line - right.line || (left.rule < right.rule ? -1 : 1);
}
