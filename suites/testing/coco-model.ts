import * as fc from "fast-check";

/** A small COCO dataset without ids: annotations name media and categories by position, -1 for one that is not there. */
export interface Model {
  readonly media: readonly { readonly width: number; readonly height: number }[];
  /** Names; null for a category without one. */
  readonly categories: readonly (string | null)[];
  readonly annotations: readonly ModelAnnotation[];
}

export interface ModelAnnotation {
  readonly media: number;
  readonly category: number;
  readonly box: readonly [number, number, number, number];
  readonly ring: readonly number[] | undefined;
  readonly iscrowd: number;
  /** A fault of reading in this record. */
  readonly fault: "none" | "duplicate-key" | "text-area";
  /** Whether it takes the id of the annotation before it. */
  readonly sameId: boolean;
}

const small = fc.integer({ min: -3, max: 24 });
const annotation = (media: number, categories: number): fc.Arbitrary<ModelAnnotation> =>
  fc.record({
    media: fc.integer({ min: -1, max: media - 1 }),
    category: fc.integer({ min: -1, max: categories - 1 }),
    box: fc.tuple(small, small, small, small),
    ring: fc.option(
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 6, maxLength: 8 }).map((xy) => xy.slice(0, xy.length & ~1)),
      { nil: undefined },
    ),
    iscrowd: fc.integer({ min: 0, max: 1 }),
    fault: fc.oneof(
      { weight: 6, arbitrary: fc.constant("none" as const) },
      { weight: 1, arbitrary: fc.constantFrom("duplicate-key" as const, "text-area" as const) },
    ),
    sameId: fc.oneof({ weight: 7, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  });

/** Random media, categories and annotations, faults of every kind among them; at least one annotation. */
export const models: fc.Arbitrary<Model> = fc
  .record({
    media: fc.array(fc.record({ width: fc.integer({ min: 0, max: 20 }), height: fc.integer({ min: 0, max: 20 }) }), {
      minLength: 1,
      maxLength: 4,
    }),
    categories: fc.uniqueArray(fc.constantFrom("cat", "dog", "x", "猫", "constructor", "__proto__", null), {
      minLength: 1,
      maxLength: 4,
    }),
  })
  .chain(({ media, categories }) =>
    fc
      .array(annotation(media.length, categories.length), { minLength: 1, maxLength: 12 })
      .map((annotations) => ({ media, categories, annotations })),
  );

export interface Writing {
  /** Id of the n-th record of a kind. */
  readonly id: (kind: "image" | "category" | "annotation", at: number) => number | string;
  /** Orders the elements of a list. */
  readonly order: <T>(list: readonly T[]) => readonly T[];
  readonly sections: readonly ("images" | "categories" | "annotations")[];
}

export const plain: Writing = {
  id: (_, at) => at + 1,
  order: (list) => list,
  sections: ["images", "categories", "annotations"],
};

/** The dataset as a COCO file, optionally with its copies, each under ids of its own. */
export function cocoText(model: Model, { id, order, sections }: Writing = plain, copies = 1): string {
  const images: string[] = [];
  const categories: string[] = [];
  const annotations: string[] = [];
  for (let copy = 0; copy < copies; copy++) {
    const of = (kind: "image" | "category" | "annotation", at: number, count: number) => id(kind, copy * count + at);
    const media = (at: number) => of("image", at, model.media.length);
    const category = (at: number) => of("category", at, model.categories.length);
    for (const [at, { width, height }] of model.media.entries())
      images.push(JSON.stringify({ id: media(at), file_name: `m${at}.jpg`, width, height }));
    for (const [at, name] of model.categories.entries())
      categories.push(JSON.stringify({ id: category(at), ...(name === null ? {} : { name }) }));
    let last: number | string | undefined;
    model.annotations.forEach((one, at) => {
      const own = one.sameId && last !== undefined ? last : of("annotation", at, model.annotations.length);
      last = own;
      annotations.push(annotationText(one, own, media, category));
    });
  }
  const lists = { images, categories, annotations };
  return `{${sections.map((name) => `"${name}": [\n${order(lists[name]).join(",\n")}\n]`).join(", ")}}`;
}

/** An id that no record has. */
const nowhere = 999_999;

function annotationText(
  { media, category, box, ring, iscrowd, fault }: ModelAnnotation,
  id: number | string,
  mediaId: (at: number) => number | string,
  categoryId: (at: number) => number | string,
): string {
  const record = {
    id,
    image_id: media < 0 ? nowhere : mediaId(media),
    category_id: category < 0 ? nowhere : categoryId(category),
    bbox: box,
    iscrowd,
    area: fault === "text-area" ? "ten" : Math.abs(box[2] * box[3]),
    ...(ring === undefined ? {} : { segmentation: [ring] }),
  };
  const text = JSON.stringify(record);
  return fault === "duplicate-key" ? text.replace("{", '{"iscrowd": 0, ') : text;
}
