import { expect, test } from "vitest";
import { folderOfFiles, inputOf, record } from "../media/testing/sink.js";
import { settleVoc, voc } from "../voc.js";

const xml = "<annotation><filename>a.jpg</filename><size><width>9</width><height>9</height></size></annotation>";
const main = "ImageSets/Main";

/** Faults of the lists of a dataset that has the XML files a and b: rule, list, images, and how many of how many or where else. */
async function faultsOf(lists: Readonly<Record<string, string>>) {
  const root = folderOfFiles({ "Annotations/a.xml": xml, "Annotations/b.xml": xml, ...lists });
  const { faults, media } = await record(voc, root);
  expect(media).toHaveLength(2); // an image that is only listed is no medium
  return faults.map(({ rule, file, values }) => [rule, file, values?.[0]?.value, values?.[0]?.says?.en]);
}

test.each(["train", "val", "trainval"])("an image of %s without an XML file is missing", async (split) => {
  const list = `${main}/${split}.txt`;
  expect(await faultsOf({ [list]: "b\r\nd  1\r\n# c\r\na\r\nc -1\r\nd\r\n" })).toEqual([
    ["manifest-file-missing", list, "c d", "images without an annotation file (2 / 4)"],
  ]);
});

test.each([
  ["every image has an XML file", { [`${main}/train.txt`]: "a\nb\n" }],
  ["a test list names more images: VOC withholds their annotations", { [`${main}/test.txt`]: "a\nc\n" }],
  ["the lists lie elsewhere and are about other files", { [`other/${main}/train.txt`]: "x\ny\n" }],
  [
    "trainval is train and val together",
    { [`${main}/train.txt`]: "a\n", [`${main}/val.txt`]: "b\n", [`${main}/trainval.txt`]: "a\nb\n" },
  ],
  ["a list is empty", { [`${main}/train.txt`]: "\n\n" }],
])("no fault where %s", async (_, lists) => expect(await faultsOf(lists)).toEqual([]));

test.each([
  ["beside the XML files", main],
  ["elsewhere, where another list of the folder names one of them", `sets/${main}`],
])("a split of which nothing was delivered is missing whole, its list %s", async (_, folder) => {
  expect(await faultsOf({ [`${folder}/train.txt`]: "a\nb\n", [`${folder}/val.txt`]: "c\nd\n" })).toEqual([
    ["manifest-file-missing", `${folder}/val.txt`, "c d", "images without an annotation file (2 / 2)"],
  ]);
});

test("an image in two splits is a fault of both lists", async () => {
  const lists = { [`${main}/test.txt`]: "b\n", [`${main}/trainval.txt`]: "a\nb\n" };
  expect(await faultsOf(lists)).toEqual([
    ["split-list-overlap", `${main}/test.txt`, "b", `images also in ${main}/trainval.txt (1)`],
    ["split-list-overlap", `${main}/trainval.txt`, "b", `images also in ${main}/test.txt (1)`],
  ]);
});

test("the lists are files of the dataset, in the order of all files", () => {
  const root = folderOfFiles({ "Annotations/a.xml": xml, "d/ImageSets/Main/val.txt": "a\n", "notes.txt": "a\n" });
  const { files, all } = inputOf(root, (sample) => voc.detect(sample).match === "yes");
  const settled = settleVoc(
    files.map((file) => ({ file, id: voc.id })),
    all,
  );
  expect(settled.files.map(({ path }) => path)).toEqual(["Annotations/a.xml", "d/ImageSets/Main/val.txt"]);
});
