import { createHash } from "node:crypto";
import { appendixTerms } from "../formats/croissant/terms.js";
import type { JsonValue } from "../formats/json/api.js";
import {
  drawUrl,
  type Feature,
  features,
  type JsonObject,
  oneOrList,
  type Plan,
  type Resources,
  titles,
} from "./croissant-plan.js";
import { drawRecordSets } from "./croissant-record-sets.js";
import type { Draw } from "./draw.js";

export interface DescriptionWish {
  readonly fields: ReadonlySet<string>;
  readonly without: ReadonlySet<string>;
}

/** A description, and the files beside it that it names, by path. */
export interface DrawnDescription {
  readonly root: JsonObject;
  readonly beside: ReadonlyMap<string, Uint8Array>;
}

/**
 * A Croissant 1.0 description that conforms, valid by construction: each reference is made to what was drawn before, fields lie under their record set's id,
 * digests and sizes are those of the files beside it. From a dataset with one file to one with every kind of record set; what is recommended is always there,
 * since its absence is a finding.
 */
export function drawDescription(draw: Draw, { fields, without }: DescriptionWish): DrawnDescription {
  const chosen = new Set<string>(
    features.filter((feature) => fields.has(feature) || (!without.has(feature) && draw.int(0, 3) === 3)),
  );
  // A digest and a live dataset exclude each other, and so do what is asked for and what is drawn.
  if (fields.has("beside") && !fields.has("live")) chosen.delete("live");
  const used = new Set<string>();
  const own = {
    draw,
    has: (feature: Feature) => chosen.has(feature),
    id(stem: string): string {
      const [, name = stem, extension = ""] = /^(.*?)(\.\w+)?$/.exec(stem) ?? [];
      let id = stem;
      for (let number = 2; used.has(id); number++) id = `${name}-${number}${extension}`;
      used.add(id);
      return id;
    },
  };
  const beside = new Map<string, Uint8Array>();
  const { resources, distribution } = drawResources(own, beside);
  const recordSet = drawRecordSets({ ...own, resources });
  const root: JsonObject = {
    "@context": drawContext(draw, own.has),
    "@type": draw.pick(["sc:Dataset", "https://schema.org/Dataset", "Dataset"]),
    ...(own.has("dataset_id") ? { "@id": own.id("dataset") } : {}),
    ...drawDataset(draw, own.has),
    distribution: oneOrList(draw, distribution),
    ...(recordSet.length > 0 ? { recordSet } : {}),
  };
  return { root, beside };
}

/** Appendix 1, with the prefixes that it forgets, or the addresses of known contexts. */
function drawContext(draw: Draw, has: Plan["has"]): JsonValue {
  if (!has("aliases") && draw.int(0, 7) === 7) return ["https://schema.org/", "http://mlcommons.org/croissant/1.0"];
  return {
    "@language": draw.pick(["en", "zh", "de"]),
    "@vocab": "https://schema.org/",
    ...Object.fromEntries(
      [...appendixTerms].map(([term, { coerced }]): [string, JsonValue] => [
        term,
        coerced === undefined ? `cr:${term}` : { "@id": `cr:${term}`, "@type": coerced },
      ]),
    ),
    ...Object.fromEntries(["citeAs", "key", "md5"].map((term) => [term, `cr:${term}`])),
    conformsTo: "dct:conformsTo",
    cr: "http://mlcommons.org/croissant/",
    dct: "http://purl.org/dc/terms/",
    rai: "http://mlcommons.org/croissant/RAI/",
    sc: "https://schema.org/",
  };
}

const dates = ["2024-03-01", "2000-02-29", "2024-03-01T08:00", "2024-12-31T23:59:59.5Z", "2024-03-01T08:00:00+08:00"];
const licences: readonly JsonValue[] = [
  "https://spdx.org/licenses/CC-BY-4.0.html",
  { "@id": "https://creativecommons.org/publicdomain/zero/1.0/" },
  { "@type": "sc:CreativeWork", name: "CC BY 4.0", url: "https://creativecommons.org/licenses/by/4.0/" },
];

function drawDataset(draw: Draw, has: Plan["has"]): JsonObject {
  const live = has("live");
  const version = "http://mlcommons.org/croissant/1.0";
  return {
    [draw.pick(["conformsTo", "dct:conformsTo"])]: has("rai")
      ? [version, "http://mlcommons.org/croissant/RAI/1.0"]
      : draw.pick<JsonValue>([version, { "@id": version }, [version]]),
    name: draw.pick(titles),
    description: draw.pick(titles),
    license: oneOrList(
      draw,
      draw.list(1, 2, () => draw.pick(licences)),
    ),
    url: drawUrl(draw),
    creator: oneOrList(
      draw,
      draw.list(1, 3, () => drawAgent(draw)),
    ),
    datePublished: draw.pick(dates),
    keywords: oneOrList(
      draw,
      draw.list(1, 3, () => drawKeyword(draw)),
    ),
    publisher: drawAgent(draw),
    version: draw.pick(["1.0.0", "0.0.1", "10.20.30-rc.1", "1.0.0+build.5"]),
    dateCreated: draw.pick(dates),
    dateModified: draw.pick(dates),
    sameAs: oneOrList(
      draw,
      draw.list(1, 2, () => drawUrl(draw)),
    ),
    [draw.pick(["sdLicense", "sdLicence"])]: draw.pick(licences),
    inLanguage: oneOrList(
      draw,
      draw.list(1, 2, () => draw.pick(["en", "zh-Hans", "ar"])),
    ),
    ...(has("cited") ? { citeAs: draw.pick(["@article{doe, title={A}}", "\n @misc {图, title={数据}}"]) } : {}),
    ...(live ? { isLiveDataset: draw.pick<JsonValue>([true, "true"]) } : {}),
    ...(!live && has("live_flag") ? { isLiveDataset: draw.pick<JsonValue>([false, "false"]) } : {}),
    ...(live ? { temporalCoverage: "2020-01-01/.." } : {}),
    ...(has("rai") ? drawRai(draw) : {}),
  };
}

function drawAgent(draw: Draw): JsonValue {
  return draw.pick<JsonValue>([
    { "@type": "sc:Person", name: draw.pick(titles) },
    { "@type": "Organization", name: draw.pick(titles), url: "https://example.org/" },
    { name: draw.pick(titles) },
    { "@id": "https://orcid.org/0000-0002-1825-0097" },
  ]);
}

function drawKeyword(draw: Draw): JsonValue {
  return draw.pick<JsonValue>([
    draw.pick(titles),
    { "@type": "sc:DefinedTerm", name: "signs" },
    { "@id": "https://example.org/terms/signs" },
  ]);
}

function drawRai(draw: Draw): JsonObject {
  const one = (): JsonValue => draw.pick(titles);
  return {
    "rai:dataCollection": one(),
    "rai:dataCollectionType": oneOrList(
      draw,
      draw.list(1, 2, () => draw.pick(["Surveys", "Web API", "Others"])),
    ),
    "rai:dataCollectionTimeframe": draw.pick<JsonValue>([
      "2019/2020",
      "2023-01-01/2023-12-31",
      "2023-01-01T00:00:00Z/2023-12-31T23:59:59Z",
      ["2023-01", "2023-12"],
    ]),
    "rai:dataUseCases": oneOrList(draw, draw.list(1, 2, one)),
    "rai:personalSensitiveInformation": one(),
    ...Object.fromEntries(
      [...singles, ...plurals]
        .filter(() => draw.int(0, 3) === 3)
        .map((name) => [`rai:${name}`, singles.includes(name) ? one() : oneOrList(draw, draw.list(1, 2, one))]),
    ),
  };
}

const singles = [
  ...["dataCollectionMissingData", "dataCollectionRawData", "dataImputationProtocol", "dataManipulationProtocol"],
  ...["dataAnnotationProtocol", "dataSocialImpact", "annotationsPerItem"],
];
const plurals = [
  ...["dataPreprocessingProtocol", "dataAnnotationPlatform", "dataAnnotationAnalysis", "dataReleaseMaintenancePlan"],
  ...["dataBiases", "dataLimitations", "annotatorDemographics", "machineAnnotationTools"],
];

type OwnPlan = Omit<Plan, "resources">;

/** Two tables at addresses of their own, and what the features ask for. */
function drawResources(
  plan: OwnPlan,
  beside: Map<string, Uint8Array>,
): { resources: Resources; distribution: JsonValue[] } {
  const { draw, has } = plan;
  const first = drawFile(plan, draw.pick(["table.csv", "表.csv", "a-b_c.d.csv"]), "text/csv");
  const second = drawFile(plan, "labels.csv", draw.pick(["text/csv", "text/csv; charset=utf-8"]));
  const distribution: JsonObject[] = [first];
  // Only what several record sets compare needs two.
  if (["join", "split", "nested_set"].some((feature) => has(feature as Feature)) || draw.int(0, 1) === 1)
    distribution.push(second);
  const inside = has("contained") || has("file_set") || has("pictures");
  const archive = inside ? drawFile(plan, draw.pick(["archive.zip", "图像.zip"]), "application/zip") : undefined;
  if (archive !== undefined) distribution.push(archive);
  if (archive !== undefined && has("contained")) {
    const { contentUrl: _, ...rest } = drawFile(plan, "inner.csv", "text/csv");
    const path = draw.pick(["inner.csv", "data/内.csv"]);
    distribution.push({
      ...rest,
      ...(typeof rest["name"] === "string" ? { name: path } : {}),
      contentUrl: path,
      containedIn: { "@id": archive["@id"] ?? "" },
    });
  }
  let pictures: string | undefined;
  if (archive !== undefined && (has("file_set") || has("pictures"))) {
    pictures = plan.id(draw.pick(["images", "图像", "façade"]));
    distribution.push(drawFileSet(draw, pictures, archive["@id"] ?? ""));
  }
  if (has("beside")) distribution.push(drawLocalFile(plan, beside));
  if (has("file_same_as")) first["sameAs"] = oneOrList(draw, [drawUrl(draw)]);
  return { resources: { tables: [String(first["@id"]), String(second["@id"])], pictures }, distribution };
}

const digits = [..."0123456789abcdef"];

function drawFile({ draw, has, id }: OwnPlan, stem: string, encodingFormat: string): JsonObject {
  const own = id(stem);
  return {
    "@type": draw.pick<JsonValue>(["cr:FileObject", "http://mlcommons.org/croissant/FileObject", ["cr:FileObject"]]),
    "@id": own,
    ...(has("named_file") ? { name: own } : {}),
    ...(draw.int(0, 3) === 3 ? { description: draw.pick(titles) } : {}),
    contentUrl: `https://example.org/data/${own}`,
    ...(draw.int(0, 1) === 1 ? { contentSize: draw.pick<JsonValue>(["0 B", "12.5 MB", "3 GiB", "1024", 7]) } : {}),
    encodingFormat,
    ...(has("live") ? {} : { sha256: draw.pick([...digits, "A"]).repeat(64) }),
  };
}

/** A file that lies beside the description, with its own digest and size. */
function drawLocalFile(plan: OwnPlan, beside: Map<string, Uint8Array>): JsonObject {
  const { draw, has } = plan;
  const path = draw.pick(["data/rows.csv", "数据/行.csv", "with space.csv"]);
  const bytes = Buffer.from(draw.pick(["", "a,b\n1,2\n", "名,数\n一,1\n"]));
  beside.set(path, bytes);
  const { sha256: _, ...file } = drawFile(plan, "rows.csv", "text/csv");
  return {
    ...file,
    ...(has("named_file") ? { name: path } : {}),
    contentUrl: path,
    contentSize: draw.pick<JsonValue>([`${bytes.length} B`, `${bytes.length}`, bytes.length, `${bytes.length} bytes`]),
    ...(has("live") ? {} : { sha256: createHash("sha256").update(bytes).digest("hex") }),
  };
}

function drawFileSet(draw: Draw, id: string, archive: JsonValue): JsonObject {
  return {
    "@type": "cr:FileSet",
    "@id": id,
    containedIn: oneOrList(draw, [{ "@id": archive }]),
    encodingFormat: draw.pick(["image/jpeg", "image/svg+xml"]),
    includes: oneOrList(
      draw,
      draw.list(1, 2, () => draw.pick(["*.jpg", "**/*", "图/*.png"])),
    ),
    ...(draw.int(0, 3) === 3 ? { excludes: "tmp/*" } : {}),
  };
}
