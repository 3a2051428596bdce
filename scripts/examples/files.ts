import { datasetOf, exampleFormats } from "./dataset.js";
import { plantDefects } from "./plant.js";
import { drawPictures } from "./scene.js";
import { writeExample } from "./write.js";

/** All files of the examples that the script makes, by their path below examples/. */
export function exampleFiles(): Map<string, string | Buffer> {
  const files = new Map<string, string | Buffer>();
  for (const format of exampleFormats) {
    const clean = writeExample(format, datasetOf(drawPictures(20, { train: 14, val: 6 })));
    for (const [path, content] of clean.files) files.set(`street-signs/${format}/${path}`, content);

    const { dataset, planted } = plantDefects(datasetOf(drawPictures(24, { train: 20, val: 10 })), format);
    const broken = writeExample(format, dataset);
    for (const [path, content] of broken.files) files.set(`street-signs-defects/${format}/${path}`, content);
    const defects = planted.map(({ rule, severity, at, what }) => ({ rule, severity, ...broken.placeOf(at), what }));
    const order = (left: (typeof defects)[number], right: (typeof defects)[number]): number =>
      left.file === right.file ? left.line - right.line : left.file < right.file ? -1 : 1;
    const lines = defects.sort(order).map((defect) => `  ${JSON.stringify(defect)}`);
    files.set(`street-signs-defects/${format}.defects.json`, `[\n${lines.join(",\n")}\n]\n`);
  }
  return files;
}
