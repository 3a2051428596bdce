import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { InputError } from "../records/errors.js";
import type { Fault } from "../records/finding.js";
import type { FileRecord, NodeRecord } from "../records/types.gen.js";
import { corpus, hasCorpus } from "./croissant/testing/corpus.js";
import { filesBelow, inputOf, sampleOf } from "./croissant/testing/folder.js";
import { croissant } from "./croissant.js";
import type { Sink } from "./format.js";

interface Taken {
  readonly files: FileRecord[];
  readonly nodes: { readonly record: NodeRecord; readonly offset: number; readonly element: number }[];
  readonly faults: Fault[];
  readonly errors: { readonly file: string; readonly error: unknown }[];
}

const isJson = (path: string): boolean => path.endsWith(".json");

async function taken(files: Readonly<Record<string, string | Uint8Array>>, wanted = isJson): Promise<Taken> {
  const result: Taken = { files: [], nodes: [], faults: [], errors: [] };
  const sink: Sink = {
    file: (record) => void result.files.push(record),
    node: (record, offset, element) => void result.nodes.push({ record, offset, element }),
    fault: (fault) => void result.faults.push(fault),
    declares: () => {},
    dataset: () => {},
    category: () => {},
    media: () => {},
    annotation: () => {},
    notRead: () => {},
    digest: () => {},
    tick: () => undefined,
  };
  const input = inputOf(files, wanted);
  await croissant.read(input, sink, (file, error) => result.errors.push({ file: file.path, error }));
  return result;
}

const rows = "id,label\n1,cat\n";
const digest = createHash("sha256").update(rows).digest("hex");
const described = (resource: object): string =>
  JSON.stringify({
    "@context": { "@vocab": "https://schema.org/", cr: "http://mlcommons.org/croissant/" },
    "@type": "sc:Dataset",
    name: "d",
    distribution: [{ "@type": "cr:FileObject", "@id": "f", ...resource }],
  });

describe("a description beside the data", () => {
  test.each([
    ["the file as it was", { contentUrl: "data/rows.csv", sha256: digest }, [true, digest]],
    ["a changed file", { contentUrl: "data/rows.csv", sha256: "0".repeat(64) }, [true, digest]],
    ["an escaped name", { contentUrl: "data/more%20rows.csv" }, [true, digest]],
    ["a file that is not there", { contentUrl: "data/gone.csv" }, [false, undefined]],
    ["a path that leaves the dataset", { contentUrl: "../../etc/passwd" }, [undefined, undefined]],
    ["an address", { contentUrl: "https://example.org/rows.csv" }, [undefined, undefined]],
  ])("%s", async (_, resource, expected) => {
    const { nodes, errors } = await taken({
      "croissant.json": described(resource),
      "data/rows.csv": rows,
      "data/more rows.csv": rows,
    });
    const file = nodes.find(({ record }) => record.role === "resource")?.record;
    expect([file?.file_found, file?.file_sha256]).toEqual(expected);
    expect(errors).toEqual([]);
  });

  test("a node begins at its brace", async () => {
    const text = described({ contentUrl: "a" });
    const { nodes } = await taken({ "metadata.json": text });
    expect(nodes.map(({ offset, element }) => [text.slice(offset, offset + 9), element])).toEqual([
      ['{"@contex', 0],
      ['{"@vocab"', 1],
      ['{"@type":', 2],
    ]);
  });

  test("a .gz is read like the file in it", async () => {
    const { nodes, errors } = await taken({ "croissant.json.gz": gzipSync(described({})) }, () => true);
    expect([nodes.length, errors]).toEqual([3, []]);
  });

  test("the dataset of an @graph has the context of the root", async () => {
    const { "@context": context, ...dataset } = JSON.parse(described({})) as Record<string, unknown>;
    const { nodes } = await taken({
      "a.json": JSON.stringify({ "@context": context, "@graph": [{ "@type": "sc:Person" }, dataset] }),
    });
    expect(nodes.map(({ record }) => [record.role, record.pointer])).toEqual([
      ["dataset", "/@graph/1"],
      ["context", "/@context"],
      ["resource", "/@graph/1/distribution/0"],
    ]);
  });
});

describe("bad input", () => {
  test("a description that ends early is an error of its file, and the next one is read", async () => {
    const { nodes, errors } = await taken({ "a.json": described({}).slice(0, -9), "b.json": described({}) });
    expect(errors.map(({ file, error }) => [file, error instanceof InputError && error.code])).toEqual([
      ["a.json", "TS-FORMAT-0012"],
    ]);
    expect(nodes).toHaveLength(3);
  });

  test("a root that is no object is TS-FORMAT-0021", async () => {
    const { errors } = await taken({ "a.json": "[1]" });
    expect(errors.map(({ error }) => error instanceof InputError && error.code)).toEqual(["TS-FORMAT-0021"]);
  });

  test("nesting without end is an error of the file", async () => {
    const { errors } = await taken({ "a.json": `{"@context":${"[".repeat(100_000)}` });
    expect(errors.map(({ error }) => error instanceof InputError && error.code)).toEqual(["TS-FORMAT-0014"]);
  });

  test("a key that stands twice is a fault", async () => {
    const { faults } = await taken({ "a.json": described({}).replace('"name":"d"', '"name":"d","name":"e"') });
    expect(faults.map(({ rule, kind }) => [rule, kind])).toEqual([["json-duplicate-key", "file"]]);
  });
});

describe("detection", () => {
  const match = (text: string) =>
    croissant.detect(sampleOf({ path: "a.json", absolute: "a.json", bytes: text.length, index: 0 }, Buffer.from(text)));
  test.each([
    ["an object with Croissant's context", described({}), "yes"],
    ["the same, behind a byte order mark", `\ufeff${described({})}`, "yes"],
    ["a type that is not Dataset", described({}).replace("sc:Dataset", "sc:Thing"), "yes"],
    ["the address of the context", '{"@context":"http://mlcommons.org/croissant/1.0"}', "yes"],
    ["JSON-LD of schema.org alone", '{"@context":"https://schema.org/","@type":"Dataset"}', "no"],
    ["a COCO file that mentions Croissant", '{"info":{"url":"http://mlcommons.org/croissant/1.0"},"images":[]}', "no"],
    ["no JSON", "see http://mlcommons.org/croissant/", "no"],
  ])("%s: %s", (_, text, expected) => expect(match(text).match).toBe(expected));

  test.skipIf(!hasCorpus)(
    "of the JSON files of the corpus, those in its croissant folder and no others (skipped: corpus-absent)",
    () => {
      const all = filesBelow(corpus).filter(({ path }) => /\/.*\.json$/.test(path));
      const found = all.filter((file) => croissant.detect(sampleOf(file)).match === "yes").map(({ path }) => path);
      expect(found).toEqual(all.map(({ path }) => path).filter((path) => path.startsWith("croissant/")));
      expect(found).toHaveLength(35);
    },
  );
});
