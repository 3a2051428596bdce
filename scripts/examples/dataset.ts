import { type Box, categories, type Picture, type Sign, signIn } from "./scene.js";

export type ExampleFormat = "coco" | "voc" | "yolo";
export const exampleFormats: readonly ExampleFormat[] = ["coco", "voc", "yolo"];

/** One annotation before it is written; what a format's writer may be told to write otherwise stands in its own field. */
export interface Label {
  /** 1 is the first category. */
  category: number;
  box: Box;
  /** Absent: COCO writes an empty segmentation. */
  outline: readonly number[] | undefined;
  /** Fields that replace or follow what COCO would have; undefined leaves one out. */
  coco?: Readonly<Record<string, unknown>>;
  /** Text that COCO has before the closing brace. */
  cocoTail?: string;
  /** Lines that VOC has instead of those for the same element. */
  voc?: Readonly<Record<string, string>>;
  /** The line that YOLO has instead. */
  yolo?: string;
}

export interface Photo {
  readonly name: string;
  readonly split: "train" | "val";
  /** As the bytes say. */
  readonly width: number;
  readonly height: number;
  /** As the annotations say. */
  declared: { width: number; height: number };
  /** What COCO and VOC write instead of the name. */
  writtenName?: string;
  /** A line between the XML declaration and the root. */
  vocDoctype?: string;
  labels: Label[];
  /** Undefined: the file is not there. */
  png: Buffer | undefined;
}

export interface ExampleDataset {
  readonly photos: readonly Photo[];
  readonly names: readonly string[];
}

/** A finding that must come, and nothing else may. */
export interface Planted {
  readonly rule: string;
  readonly severity: "critical" | "major" | "minor" | "observation";
  /** What it is about; the writers say where that stands. */
  readonly at: Label | Photo | Named;
  readonly what: { readonly zh: string; readonly en: string };
}

/** A category by its name, in one of COCO's two files or wherever else names stand. */
export interface Named {
  readonly name: string;
  readonly split?: "train" | "val";
}

/** Where the writers have put things. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

export interface Written {
  readonly files: ReadonlyMap<string, string | Buffer>;
  placeOf(at: Label | Photo | Named): Place;
}

export function datasetOf(pictures: readonly Picture[]): { photos: Photo[]; names: string[] } {
  const photos = pictures.map(({ name, split, width, height, signs, png }) => ({
    name,
    split,
    width,
    height,
    declared: { width, height },
    labels: signs.map(labelOf),
    png,
  }));
  return { photos, names: [...categories] };
}

export function labelOf({ category, box, outline }: Sign): Label {
  return { category: category + 1, box, outline };
}

/** A label of the category whose outline fills the box. */
export function labelIn(category: number, box: Box): Label {
  return labelOf(signIn(category - 1, box));
}
