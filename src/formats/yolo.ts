import { InputError } from "../records/errors.js";
import type { LocalText } from "../records/grammar.gen.js";
import { clearCategory, newAnnotation, newCategory, newFile, newMedia } from "../records/types.gen.js";
import { openFile } from "./bytes/source.js";
import type { Format, InputFile, Settled, Sink } from "./format.js";
import { examineHeader } from "./media/image.js";
import { splitOf } from "./split.js";
import { guarded } from "./text/guarded.js";
import { readLines } from "./text/lines.js";
import { fillAnnotation, type ImageSize } from "./yolo/annotation.js";
import { besideConfig, findConfig, openYolo, type YoloDataset } from "./yolo/dataset.js";
import { detectYolo, settleTask } from "./yolo/detect.js";
import { columnsOf, expectedColumns, fits, type LineForm, type YoloTask } from "./yolo/label-line.js";
import { labelFiles } from "./yolo/pairing.js";

const tasks = ["detection", "segmentation", "obb", "pose"] as const satisfies readonly YoloTask[];

/** A label file an image, a line an object. Source: docs.ultralytics.com/datasets (detect, segment, obb, pose); Darknet's obj.data. */
export const yoloFormats: readonly Format[] = [
  yoloFormat("detection", { zh: "YOLO 检测", en: "YOLO detection" }),
  yoloFormat("segmentation", { zh: "YOLO 分割", en: "YOLO segmentation" }),
  yoloFormat("obb", { zh: "YOLO 旋转框", en: "YOLO oriented boxes" }),
  yoloFormat("pose", { zh: "YOLO 姿态", en: "YOLO pose" }),
];

/** One format for a whole dataset, from the label files that were detected (with the ids that each alone shows) and its data.yaml; see `settleTask`. */
export function settleYolo(
  detected: readonly { readonly file: InputFile; readonly id: string }[],
  all: ReadonlyMap<string, InputFile>,
): Settled {
  const shown = new Set(tasks.filter((task) => detected.some(({ id }) => id === `yolo-${task}`)));
  // What is wrong with a data.yaml is reported when the dataset is read, of which it is then a file.
  const broken = new Set<InputFile>();
  const config = findConfig(all, (file) => broken.add(file));
  const settled = settleTask(shown, config);
  const labels = labelFiles(
    detected.map(({ file }) => file),
    all,
  );
  const beside = config === undefined ? [] : [config.file, ...besideConfig(all, config)];
  const files = [...new Set([...labels, ...broken, ...beside])].sort((a, b) => a.index - b.index);
  const { reason } = settled;
  if (settled.task === undefined) {
    return { format: undefined, candidates: settled.candidates.map((task) => `yolo-${task}`), reason, files };
  }
  const id = `yolo-${settled.task}`;
  return { format: yoloFormats.find((format) => format.id === id), candidates: [id], reason, files };
}

function yoloFormat(task: YoloTask, title: LocalText): Format {
  return {
    id: `yolo-${task}`,
    family: "yolo",
    title,
    faults: {
      "bom-present": ["file"],
      "invalid-utf8": ["file"],
      "newline-mixed": ["file"],
      "file-unreadable": ["file"],
      "box-column-count": ["annotation"],
      "field-type-mismatch": ["annotation"],
      "value-not-finite": ["annotation"],
    },
    detect: (sample) => detectYolo(task, sample),
    async read(input, sink, onError) {
      const dataset = openYolo(input, onError);
      const form: LineForm = { task, keypoints: task === "pose" ? dataset.config?.keypoints : undefined };
      const reader: Reader = { dataset, form, sink, format: `yolo-${task}` };
      const { config } = dataset;
      if (config !== undefined) {
        guarded(config.file, onError, () => readConfig(reader));
        for (const file of besideConfig(input.all, config)) announce(reader, file);
      }
      let bytesRead = 0;
      for (const [index, file] of dataset.labels.entries()) {
        guarded(file, onError, () => readLabels(reader, file, config === undefined && index === 0));
        bytesRead += file.bytes;
        const pause = sink.tick(bytesRead);
        if (pause !== undefined) await pause;
      }
    },
  };
}

interface Reader {
  readonly dataset: YoloDataset;
  readonly form: LineForm;
  readonly sink: Sink;
  readonly format: string;
}

/** Names, and the images without a label file: they are media with no annotation, and the file that declares the dataset declares them. */
function readConfig(reader: Reader): void {
  const { dataset, sink } = reader;
  const { config } = dataset;
  if (config === undefined) return;
  announce(reader, config.file);
  if (config.names !== undefined) {
    sink.declares("category");
    const category = newCategory();
    config.names.forEach(({ id, name, offset }, element) => {
      clearCategory(category);
      category.id = id;
      category.name = name;
      category.keypoints = config.keypointNames === undefined ? undefined : [...config.keypointNames];
      sink.category(category, offset, element);
    });
  }
  readUnlabelled(reader, 0);
}

/** One label file: its image is the medium, its lines are the annotations. `holdsRest`: nothing else could declare the images without label file. */
function readLabels(reader: Reader, file: InputFile, holdsRest: boolean): void {
  const { dataset, form, sink } = reader;
  announce(reader, file);
  sink.declares("media");
  const image = dataset.images.get(file.path);
  const size = image === undefined ? undefined : sizeOf(image);
  putMedia(reader, { id: file.path, path: image?.path ?? dataset.missingImage(file), size, splitBy: file.path }, 0);
  if (holdsRest) readUnlabelled(reader, 1);

  const source = openFile(file);
  try {
    const lines = readLines(source, {
      onFault: ({ id, offset, value }) =>
        sink.fault({ rule: id, kind: "file", offset, element: -1, values: [{ name: "bytes", value }] }),
    });
    const annotation = newAnnotation();
    for (let element = -1; lines.next(); ) {
      const columns = columnsOf(lines.text);
      if (columns.length === 0) continue;
      element += 1;
      const { offset } = lines;
      const at = { kind: "annotation", offset, element } as const;
      if (!fits(columns.length, form)) {
        const bound = expectedColumns(form);
        const values = [{ name: "columns", value: columns.length, relation: "expected", bound }];
        sink.fault({ rule: "box-column-count", ...at, values });
        sink.notRead("annotation", offset, element, "column count");
        continue;
      }
      fillAnnotation(annotation, columns, form, size, ({ rule, field, value, expected }) =>
        sink.fault({ rule, ...at, values: [{ name: field, value, relation: "expected", bound: expected }] }),
      );
      annotation.media_id = file.path;
      sink.annotation(annotation, offset, element);
    }
  } finally {
    source.close();
  }
}

function readUnlabelled(reader: Reader, from: number): void {
  const { dataset, sink } = reader;
  if (dataset.unlabelled.length + dataset.listed.length > 0) sink.declares("media");
  let element = from;
  for (const image of dataset.unlabelled) {
    putMedia(reader, { id: image.path, path: image.path, size: sizeOf(image), splitBy: image.path }, element);
    element += 1;
  }
  for (const { path } of dataset.listed) {
    putMedia(reader, { id: path, path, size: undefined, splitBy: path }, element);
    element += 1;
  }
}

interface Medium {
  readonly id: string;
  readonly path: string;
  readonly size: ImageSize | undefined;
  readonly splitBy: string;
}

function putMedia({ dataset, sink }: Reader, { id, path, size, splitBy }: Medium, element: number): void {
  const media = newMedia();
  media.id = id;
  media.path = path;
  media.width = size?.width;
  media.height = size?.height;
  media.split = dataset.splitOf(splitBy);
  sink.media(media, 0, element);
}

/** From the header; an image that cannot be read or has no size leaves the geometry in px away, and the engine says what is wrong with its file. */
function sizeOf(image: InputFile): ImageSize | undefined {
  try {
    const { width, height } = examineHeader(image);
    return width === undefined || height === undefined || width === 0 || height === 0 ? undefined : { width, height };
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

function announce({ sink, format }: Reader, file: InputFile): void {
  const record = newFile();
  record.path = file.path;
  record.format = format;
  record.bytes = file.bytes;
  record.split = splitOf(file.path);
  sink.file(record, file);
}
