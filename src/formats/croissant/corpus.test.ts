/** All Croissant files of the corpus against the rules: what is required and not kept, node by node. docs/corpus-findings-croissant.md has the evidence. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { NodeRecord } from "../../records/types.gen.js";
import { memorySource } from "../bytes/memory-source.js";
import { openJson } from "../json/reader.js";
import { isObject } from "./context.js";
import { readLocated } from "./located.js";
import { nodesOf } from "./nodes.js";
import { corpus, hasCorpus } from "./testing/corpus.js";
import { outcome, rules } from "./testing/rules.js";

const valid = "croissant/croissant-1.0-datasets-dev/1.0";
const invalid = "croissant/croissant-invalid-graphs-1.0/1.0";

function nodes(file: string): NodeRecord[] {
  const bytes = readFileSync(join(corpus, file));
  const { value } = readLocated(openJson(memorySource(bytes), { onFault: (fault) => expect.unreachable(fault.id) }));
  if (!isObject(value)) throw new Error(`${file} is no object`);
  return nodesOf(value, () => undefined).map(({ record }) => record);
}

/** `rule @ node` for every rule of the obligation that does not hold. */
function broken(file: string, obligation: "requirement" | "recommendation"): string[] {
  const asked = rules.filter((rule) => rule.obligation === obligation);
  return nodes(file).flatMap((node) =>
    asked
      .filter((rule) => outcome(rule, node) === "does not hold")
      .map((rule) => `${rule.id.replace("croissant-", "")} @ ${node.path}`),
  );
}

/**
 * Files that upstream ships as examples although they leave out properties that the text says must be specified (heading Required), a
 * distribution (Modified and Added Properties) or the declaration of the RAI vocabulary that they use (Prerequisites).
 */
const missing: readonly (readonly [file: string, dataset: string, properties: string])[] = [
  ["audio_test/metadata.json", "(audio_test)", "license creator date-published"],
  ["coco2014/metadata.json", "(COCO)", "creator date-published"],
  ["flores-200/metadata.json", "(FLORES-200)", "creator date-published"],
  ["gpt-3/metadata.json", "(gpt-3)", "creator date-published"],
  ["huggingface-mnist/metadata.json", "(mnist)", "creator date-published"],
  ["huggingface-squad/metadata.json", "", "description license name url creator date-published"],
  ["movielens/metadata.json", "(Movielens-25M)", "license creator date-published"],
  ["pass/metadata.json", "(PASS)", "creator date-published"],
  ["recipes/compressed_archive.json", "(compressed_archive_example)", "license creator date-published"],
  ["recipes/enum.json", "(enum_example)", "license creator date-published rai-conforms-to"],
  ["recipes/file_object_in_zip.json", "(file_object_in_zip)", "license creator date-published"],
  ["recipes/live_dataset.json", "(enum_example)", "license creator date-published"],
  ["recipes/minimal.json", "(minimal_example)", "license creator date-published distribution"],
  ["recipes/minimal_recommended.json", "(minimal_example_with_recommended_fields)", "creator date-published"],
  ["recipes/multiple_conforms_to.json", "(minimal_example_with_recommended_fields)", "creator date-published"],
  ["recipes/read_binary_file_by_line.json", "(read_binary_file_by_line)", "license creator date-published"],
  ["recipes/read_from_directory.json", "(read_from_directory)", "license creator date-published"],
  ["recipes/read_from_tar.json", "(read_from_tar)", "license creator date-published"],
  ["recipes/simple-split.json", "(simple-split)", "creator date-published"],
  ["simple-join/metadata.json", "(simple-join)", "creator date-published"],
  ["simple-parquet/metadata.json", "(simple-parquet)", "creator date-published"],
  ["titanic/metadata.json", "(Titanic)", "creator date-published"],
  ["wiki-text/metadata.json", "(WikiText-103)", "creator date-published"],
];

const inField = "Metadata(mydataset) > RecordSet(a-record-set) > ";
/** Each file breaks the text at the node that upstream's output.txt names; all leave out the creator as well. */
const faults: readonly (readonly [file: string, at: readonly string[]])[] = [
  ["distribution_bad_contained_in", ["reference-dangling @ Metadata(mydataset) > FileObject(a-csv-table)"]],
  [
    "distribution_bad_id",
    [
      "id-not-iri @ Metadata(mydataset) > FileObject(distribution name)",
      `reference-not-iri @ ${inField}Field(first-field)`,
    ],
  ],
  ["distribution_bad_type", ["distribution-type @ Metadata(mydataset) > WRONG_TYPE_HERE(a-csv-table)"]],
  // The text asks no encodingFormat of a FileSet: see the recommendation below.
  ["distribution_missing_encoding_format", []],
  [
    "distribution_missing_property_content_url",
    ["content-url-missing @ Metadata(mydataset) > FileObject(a-csv-table)"],
  ],
  ["metadata_bad_type", ["dataset-type @ Metadata(mydataset)", "distribution-missing @ Metadata(mydataset)"]],
  ["mlfield_bad_source", [`reference-dangling @ ${inField}Field(first-field)`]],
  ["mlfield_bad_type", [`field-type @ ${inField}WRONG_TYPE(first-field)`]],
  ["mlfield_missing_source", [`field-unsourced @ ${inField}Field(first-field)`]],
  ["recordset_bad_type", ["record-set-type @ Metadata(mydataset) > WRONG_TYPE(a-record-set)"]],
  ["recordset_missing_context_for_datatype", [`field-untyped @ ${inField}Field(first-field)`]],
  ["recordset_wrong_join", ["join-undeclared @ Metadata(mydataset) > RecordSet(my-record-set)"]],
];

interface CroissantCase {
  readonly case: string;
  readonly files: readonly string[];
  readonly expectations: readonly {
    readonly file: string;
    readonly valid: boolean;
    readonly expected_output: string;
  }[];
}

describe.skipIf(!hasCorpus)("corpus/croissant (skipped: corpus-absent)", () => {
  test.each(
    missing,
  )("%s keeps every requirement but the must-have properties that it leaves out", (file, dataset, properties) => {
    const expected = properties.split(" ").map((property) => `${property}-missing @ Metadata${dataset}`);
    expect(broken(`${valid}/${file}`, "requirement").sort()).toEqual(expected.sort());
  });

  test.each(faults)("%s breaks a requirement at the node that upstream names", (file, at) => {
    const found = broken(`${invalid}/${file}/metadata.json`, "requirement");
    expect(found.sort()).toEqual([...at, "creator-missing @ Metadata(mydataset)"].sort());
  });

  test("distribution_missing_encoding_format is reported at its FileSet, as what the reference validator asks", () => {
    const found = broken(`${invalid}/distribution_missing_encoding_format/metadata.json`, "recommendation");
    expect(found).toContain("file-set-encoding-format-missing @ Metadata(mydataset) > FileSet(a-file-set)");
  });

  test("the tables above name every file, as the manifest lists them", () => {
    const manifest = JSON.parse(readFileSync(join(corpus, "MANIFEST.json"), "utf8")) as { cases: CroissantCase[] };
    const of = (name: string) => manifest.cases.find((entry) => entry.case === name);
    expect(missing.map(([file]) => `1.0/${file}`).sort()).toEqual(
      [...(of("croissant-1.0-datasets-dev")?.files ?? [])].sort(),
    );
    const expectations = of("croissant-invalid-graphs-1.0")?.expectations ?? [];
    expect(faults.map(([file]) => `1.0/${file}/metadata.json`).sort()).toEqual(
      expectations.map(({ file }) => file).sort(),
    );
    expect(expectations.every((expectation) => !expectation.valid)).toBe(true);
  });
});
