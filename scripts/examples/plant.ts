import {
  type ExampleDataset,
  type ExampleFormat,
  type Label,
  labelIn,
  type Named,
  type Photo,
  type Planted,
} from "./dataset.js";
import { areaOf, vocBox } from "./write.js";

type Severity = Planted["severity"];

/**
 * Breaks a clean dataset on purpose, and says for each defect which findings must come of it in the format.
 *
 * @param which `shared`: only defects that every format can carry.
 */
export function plantDefects(
  dataset: { photos: Photo[]; names: string[] },
  format: ExampleFormat,
  which: "shared" | "all" = "all",
): { readonly dataset: ExampleDataset; readonly planted: readonly Planted[] } {
  const planted: Planted[] = [];
  const free = new Set(dataset.photos);
  const garden: Garden = {
    format,
    dataset,
    expect(rule, severity, at, zh, en) {
      planted.push({ rule, severity, at, what: { zh, en } });
    },
    take(split, fits = () => true) {
      const photo = [...free].find((one) => one.split === split && fits(one));
      if (photo === undefined) throw new Error("no picture is left to plant a defect in");
      free.delete(photo);
      return photo;
    },
  };
  // The one that needs a sign near the border chooses first.
  plantInAll(garden);
  const plantInOne = { coco: plantInCoco, voc: plantInVoc, yolo: plantInYolo };
  if (which === "all") plantInOne[format](garden);
  return { dataset, planted };
}

interface Garden {
  readonly format: ExampleFormat;
  readonly dataset: { photos: Photo[]; names: string[] };
  expect(rule: string, severity: Severity, at: Label | Photo | Named, zh: string, en: string): void;
  /** A picture that has no defect yet. */
  take(split: "train" | "val", fits?: (photo: Photo) => boolean): Photo;
}

function first(photo: Photo): Label {
  const label = photo.labels[0];
  if (label === undefined) throw new Error(`${photo.name} has no sign`);
  return label;
}

/** Room between a sign and the right border. */
function gap(photo: Photo, { box }: Label): number {
  return photo.width - box.x - box.width;
}

function plantInAll(garden: Garden): void {
  const { expect, take, format, dataset } = garden;

  const near = Math.min(...dataset.photos.map((photo) => (photo.split === "train" ? gap(photo, first(photo)) : 999)));
  const edge = take("train", (photo) => gap(photo, first(photo)) === near);
  const over = first(edge);
  Object.assign(over, labelIn(over.category, { ...over.box, x: over.box.x + near + 6 }));
  // VOC would otherwise say that nothing is cut off.
  over.voc = { truncated: "<truncated>1</truncated>" };
  expect("box-out-of-bounds", "major", over, "框越过右边界 6 px", "The box goes 6 px over the right border");
  if (format === "coco") {
    expect("polygon-out-of-bounds", "major", over, "多边形随框越界", "The polygon goes over the border with its box");
  }

  const flat = first(take("train"));
  flat.box = { ...flat.box, width: 0 };
  flat.outline = undefined;
  // In VOC the last pixel would stand before the first: the same pixel twice is the least that can be written.
  flat.voc = { bndbox: vocBox(flat.box.x + 1, flat.box.y + 1, flat.box.x + 1, flat.box.y + flat.box.height) };
  expect("box-degenerate", "major", flat, "框宽为 0", "The box is 0 px wide");

  const twice = take("train");
  const again = { ...first(twice) };
  twice.labels.push(again);
  for (const label of [first(twice), again])
    expect("box-duplicate-exact", "major", label, "同一标注写了两遍", "The same annotation stands twice");

  const shifted = take("train");
  const beside = labelIn(first(shifted).category, { ...first(shifted).box, x: first(shifted).box.x - 4 });
  shifted.labels.push(beside);
  for (const label of [first(shifted), beside])
    expect(
      "box-duplicate-overlap",
      "minor",
      label,
      "同一对象标了两次，相差 4 px",
      "One object annotated twice, 4 px apart",
    );

  const disputed = take("train");
  const other = labelIn((first(disputed).category % 4) + 1, first(disputed).box);
  disputed.labels.push(other);
  for (const label of [first(disputed), other])
    expect("box-class-conflict", "minor", label, "同一对象有两个类别", "One object has two categories");

  const missing = take("train");
  missing.png = undefined;
  expect("media-missing", "major", missing, "图像文件不在", "The picture is not there");

  const cut = take("train");
  cut.png = cut.png?.subarray(0, Math.floor(cut.png.length * 0.6));
  expect("media-unreadable", "critical", cut, "图像文件在六成处被截断", "The picture is cut off at six tenths");

  const source = take("train");
  const leaked = take("val", (photo) => photo.width === source.width && photo.height === source.height);
  leaked.png = source.png;
  leaked.labels = source.labels.map((label) => ({ ...label }));
  for (const photo of [source, leaked]) {
    const en = "One picture in two files, one in train and one in val";
    expect("media-duplicate-exact", "minor", photo, "同一张图有两个文件，一在训练集一在验证集", en);
    expect("split-leak-exact", "major", photo, "同一张图有两个文件，一在训练集一在验证集", en);
  }

  const unknown = first(take("train"));
  unknown.category = 9;
  expect("label-undefined", "major", unknown, "类别不在类别表中", "The category is in no list of categories");

  dataset.names.push("crossing");
  const lists: readonly Named[] =
    format === "coco"
      ? [
          { name: "crossing", split: "train" },
          { name: "crossing", split: "val" },
        ]
      : [{ name: "crossing" }];
  for (const list of lists) {
    expect("label-unused", "minor", list, "类别没有标注", "A category without annotation");
    expect("record-orphan", "minor", list, "类别没有被引用", "A record that nothing refers to");
  }

  const empty = take("train");
  empty.labels = [];
  expect(
    "item-unannotated",
    "minor",
    empty,
    "图中有标志却没有标注",
    "There are signs in the picture and no annotation",
  );

  const dot = labelIn(1, { x: 2, y: 2, width: 2, height: 1 });
  dot.outline = undefined;
  dot.voc = { bndbox: vocBox(3, 3, 5, 4) };
  take("val").labels.push(dot);
  expect("box-too-small", "minor", dot, "误点出的 2 × 1 px 小框", "A box of 2 × 1 px, a slip of the mouse");
}

function plantInCoco({ expect, take }: Garden): void {
  const twin = take("val");
  const [one, two] = twin.labels;
  if (one === undefined || two === undefined) throw new Error("two signs are needed");
  one.coco = { id: 5000 };
  two.coco = { id: 5000 };
  for (const label of [one, two])
    expect("id-duplicate", "critical", label, "编号 5000 用了两次", "The id 5000 is given twice");

  const lost = first(take("train"));
  lost.coco = { image_id: 999 };
  expect("reference-dangling", "critical", lost, "所指图像 999 不存在", "There is no image 999");

  const crossed = take("train");
  const bow = first(crossed);
  const { x, y, width, height } = bow.box;
  bow.outline = [x, y, x + width, y + height, x + width, y, x, y + height - 8];
  bow.coco = { area: areaOf(bow.outline) };
  expect("polygon-self-intersection", "minor", bow, "多边形自相交", "The polygon crosses itself");

  const loose = first(take("val"));
  loose.box = { ...loose.box, x: loose.box.x - 5, width: loose.box.width + 5 };
  expect("polygon-box-mismatch", "major", loose, "框比多边形宽 5 px", "The box is 5 px wider than the polygon");

  const swollen = first(take("val"));
  swollen.coco = { area: 9999 };
  expect("polygon-area-mismatch", "minor", swollen, "面积与多边形不符", "The area is not that of the polygon");

  const repeated = first(take("val"));
  repeated.cocoTail = '"iscrowd":0';
  expect("json-duplicate-key", "major", repeated, "键 iscrowd 写了两遍", "The key iscrowd stands twice");

  const turned = take("train");
  turned.declared = { width: turned.height, height: turned.width + 1 };
  expect(
    "media-dimension-mismatch",
    "major",
    turned,
    "声明的尺寸与文件不符",
    "The declared size is not that of the file",
  );
}

function plantInVoc({ expect, take }: Garden): void {
  const inverted = first(take("val"));
  const { x, y, width, height } = inverted.box;
  inverted.voc = { bndbox: vocBox(x + width, y + 1, x + 1, y + height) };
  expect("box-inverted", "major", inverted, "xmax 小于 xmin", "xmax is less than xmin");

  const zero = first(take("val"));
  zero.voc = { truncated: "<truncated>1</truncated>" };
  zero.box = { ...zero.box, x: -1, width: zero.box.x + zero.box.width + 1 };
  expect("box-zero-based-violation", "minor", zero, "xmin 为 0，VOC 从 1 起", "xmin is 0, and VOC counts from 1");

  const nameless = first(take("val"));
  nameless.voc = { name: "" };
  expect("field-missing", "major", nameless, "缺少 name", "There is no name");

  const turned = take("train");
  turned.declared = { width: turned.height, height: turned.width + 1 };
  expect(
    "media-dimension-mismatch",
    "major",
    turned,
    "声明的尺寸与文件不符",
    "The declared size is not that of the file",
  );
}

function plantInYolo({ expect, take }: Garden): void {
  const short = first(take("val"));
  short.yolo = "0 0.5 0.5 0.1";
  expect("box-column-count", "major", short, "只有 4 列", "There are 4 columns only");

  const pixels = take("val");
  const label = first(pixels);
  const { x, y, width, height } = label.box;
  label.yolo = [label.category - 1, x + width / 2, y + height / 2, width, height].join(" ");
  expect("box-not-normalised", "major", label, "坐标写成了像素", "The coordinates are pixels");
  expect("box-out-of-bounds", "major", label, "按份额读出界", "Read as shares, it is out of bounds");
  expect("box-outside-image", "major", label, "按份额读在图外", "Read as shares, it is outside the picture");
  expect("box-covers-image", "observation", label, "按份额读大于全图", "Read as shares, it is larger than the picture");
}
