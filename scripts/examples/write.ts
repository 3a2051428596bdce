import type { ExampleDataset, ExampleFormat, Label, Named, Photo, Place, Written } from "./dataset.js";

/** Writes the dataset as one of the three formats, into texts and pictures by path. */
export function writeExample(format: ExampleFormat, dataset: ExampleDataset): Written {
  const files = new Map<string, string | Buffer>();
  const places = new Map<unknown, Place>();
  writers[format](dataset, files, places);
  return {
    files,
    placeOf(at) {
      const key = "name" in at && !("labels" in at) ? categoryKey(at) : at;
      const place = places.get(key);
      if (place === undefined) throw new Error(`nothing was written for ${JSON.stringify(at)}`);
      return place;
    },
  };
}

type Files = Map<string, string | Buffer>;
type Places = Map<unknown, Place>;
type Writer = (dataset: ExampleDataset, files: Files, places: Places) => void;

const splits = ["train", "val"] as const;

function categoryKey({ name, split }: Named): string {
  return `${split ?? ""} ${name}`;
}

/** Lines of one file; a thing that is put down is remembered with its line. */
class Page {
  readonly #lines: string[] = [];
  readonly #file: string;
  readonly #places: Places;
  constructor(file: string, places: Places) {
    this.#file = file;
    this.#places = places;
  }
  add(line: string, about?: unknown): void {
    this.#lines.push(line);
    if (about !== undefined) this.#places.set(about, { file: this.#file, line: this.#lines.length });
  }
  text(): string {
    return `${this.#lines.join("\n")}\n`;
  }
}

const writers: Readonly<Record<ExampleFormat, Writer>> = { coco: writeCoco, voc: writeVoc, yolo: writeYolo };

function writeCoco({ photos, names }: ExampleDataset, files: Files, places: Places): void {
  for (const split of splits) {
    const path = `annotations/instances_${split}.json`;
    const page = new Page(path, places);
    page.add("{");
    page.add(`"info": ${JSON.stringify(info)},`);
    page.add(`"licenses": ${JSON.stringify([licence])},`);
    const own = photos.filter((photo) => photo.split === split);
    page.add('"images": [');
    own.forEach((photo, at) => {
      const { declared, writtenName, name } = photo;
      const image = {
        id: idOf(photos, photo),
        file_name: writtenName ?? name,
        ...declared,
        license: 1,
        date_captured: day,
      };
      page.add(`${JSON.stringify(image)}${at + 1 < own.length ? "," : ""}`, photo);
      if (photo.png !== undefined) files.set(`images/${split}/${name}`, photo.png);
    });
    page.add("],");
    page.add('"annotations": [');
    const labels = own.flatMap((photo) => photo.labels.map((label) => ({ photo, label })));
    labels.forEach(({ photo, label }, at) => {
      const fields = cocoFields(label, at + 1 + (split === "val" ? 1000 : 0), idOf(photos, photo));
      const tail = label.cocoTail === undefined ? "}" : `,${label.cocoTail}}`;
      page.add(`${JSON.stringify(fields).slice(0, -1)}${tail}${at + 1 < labels.length ? "," : ""}`, label);
    });
    page.add("],");
    page.add('"categories": [');
    names.forEach((name, at) => {
      const category = { id: at + 1, name, supercategory: "sign" };
      page.add(`${JSON.stringify(category)}${at + 1 < names.length ? "," : ""}`, categoryKey({ name, split }));
    });
    page.add("]");
    page.add("}");
    files.set(path, page.text());
  }
}

const day = "2025-03-01T08:00:00Z";
const licence = { id: 1, name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" };
const info = {
  description: "Drawn street signs, an example of Touchstone",
  version: "1.0",
  year: 2025,
  contributor: "The Touchstone project",
  date_created: day,
};

function idOf(photos: readonly Photo[], photo: Photo): number {
  return 101 + photos.indexOf(photo);
}

function cocoFields(label: Label, id: number, image_id: number): Record<string, unknown> {
  const { box, outline, category } = label;
  return {
    id,
    image_id,
    category_id: category,
    bbox: [box.x, box.y, box.width, box.height],
    segmentation: outline === undefined ? [] : [outline],
    area: outline === undefined ? box.width * box.height : areaOf(outline),
    iscrowd: 0,
    ...label.coco,
  };
}

/** Shoelace formula; whole pixels make it a whole number of halves. */
export function areaOf(outline: readonly number[]): number {
  let twice = 0;
  for (let i = 0; i < outline.length; i += 2) {
    const [x1 = 0, y1 = 0] = outline.slice(i, i + 2);
    const [x2 = 0, y2 = 0] = i + 2 < outline.length ? outline.slice(i + 2, i + 4) : outline.slice(0, 2);
    twice += x1 * y2 - x2 * y1;
  }
  return Math.abs(twice) / 2;
}

/** VOC counts pixels from 1 and names the last one inside, so a box of 30 from 10 is 11 to 40. */
function writeVoc({ photos, names }: ExampleDataset, files: Files, places: Places): void {
  for (const photo of photos) {
    const path = `Annotations/${photo.name.replace(/\.png$/, ".xml")}`;
    const page = new Page(path, places);
    if (photo.vocDoctype !== undefined) page.add(photo.vocDoctype);
    page.add("<annotation>", photo);
    page.add("\t<folder>JPEGImages</folder>");
    page.add(`\t<filename>${photo.writtenName ?? photo.name}</filename>`);
    page.add("\t<source><database>Touchstone street signs</database></source>");
    const { width, height } = photo.declared;
    page.add(`\t<size><width>${width}</width><height>${height}</height><depth>3</depth></size>`);
    page.add("\t<segmented>0</segmented>");
    for (const label of photo.labels) writeVocObject(page, label, names);
    page.add("</annotation>");
    files.set(path, page.text());
    if (photo.png !== undefined) files.set(`JPEGImages/${photo.name}`, photo.png);
  }
  const map = new Page("labelmap.txt", places);
  map.add("# label:color_rgb:parts:actions");
  map.add("background:0,0,0::");
  names.forEach((name, at) => {
    map.add(`${name}:${40 * (at + 1)},80,120::`, categoryKey({ name }));
  });
  files.set("labelmap.txt", map.text());
  for (const split of splits) {
    const stems = photos.filter((photo) => photo.split === split).map(({ name }) => name.replace(/\.png$/, ""));
    files.set(`ImageSets/Main/${split}.txt`, `${stems.join("\n")}\n`);
  }
}

function writeVocObject(page: Page, label: Label, names: readonly string[]): void {
  const { box, category } = label;
  const own = (element: string, usual: string): void => {
    const line = label.voc?.[element] ?? usual;
    if (line !== "") page.add(`\t\t${line}`);
  };
  page.add("\t<object>", label);
  own("name", `<name>${names[category - 1] ?? `sign-${category}`}</name>`);
  own("pose", "<pose>Unspecified</pose>");
  own("truncated", "<truncated>0</truncated>");
  own("difficult", "<difficult>0</difficult>");
  const [left, top] = [box.x + 1, box.y + 1];
  const [right, bottom] = [box.x + box.width, box.y + box.height];
  own("bndbox", vocBox(left, top, right, bottom));
  page.add("\t</object>");
}

export function vocBox(left: number, top: number, right: number, bottom: number): string {
  return `<bndbox><xmin>${left}</xmin><ymin>${top}</ymin><xmax>${right}</xmax><ymax>${bottom}</ymax></bndbox>`;
}

/** Centre and extent in shares of the picture, whose sides are powers of two: every share is written in full. */
function writeYolo({ photos, names }: ExampleDataset, files: Files, places: Places): void {
  const config = new Page("data.yaml", places);
  for (const line of ["path: .", "train: images/train", "val: images/val", "names:"]) config.add(line);
  names.forEach((name, at) => {
    config.add(`  ${at}: ${name}`, categoryKey({ name }));
  });
  files.set("data.yaml", config.text());
  for (const photo of photos) {
    const path = `labels/${photo.split}/${photo.name.replace(/\.png$/, ".txt")}`;
    const page = new Page(path, places);
    places.set(photo, { file: path, line: 1 });
    for (const label of photo.labels) page.add(label.yolo ?? yoloLine(label, photo), label);
    files.set(path, photo.labels.length === 0 ? "" : page.text());
    if (photo.png !== undefined) files.set(`images/${photo.split}/${photo.name}`, photo.png);
  }
}

function yoloLine({ category, box }: Label, { width, height }: Photo): string {
  const x = (box.x + box.width / 2) / width;
  const y = (box.y + box.height / 2) / height;
  return [category - 1, x, y, box.width / width, box.height / height].join(" ");
}
