import { pngBytes } from "../../formats/media/testing/images.js";

/** A picture of 40 × 30 px. */
export const picture = pngBytes(40, 30);

/** A COCO dataset of one picture that conforms, as an object to be changed. */
export function smallCoco(files: readonly string[] = ["a.png"]) {
  return {
    info: { description: "test", version: "1.0" },
    licenses: [],
    images: files.map((file_name, at) => ({ id: at + 1, file_name, width: 40, height: 30 })),
    annotations: files.map((_, at) => ({
      id: at + 1,
      image_id: at + 1,
      category_id: 1,
      bbox: [4, 5, 20, 15],
      area: 300,
      iscrowd: 0,
    })),
    categories: [{ id: 1, name: "cat", supercategory: "animal" }],
  };
}

/** Its text, an annotation a line; `change` has the last word. */
export function smallCocoText(change: (text: string) => string = (text) => text, files?: readonly string[]): string {
  return change(JSON.stringify(smallCoco(files), undefined, 1));
}
