import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { RE2JS } from "re2js";
import type { Writer } from "../formats/write.js";
import { writers } from "../formats/writers.js";
import { UsageError } from "../records/errors.js";
import type { Rule, ToolDocument, ToolOutput } from "../records/grammar.gen.js";
import { newAnnotation, newCategory, newMedia } from "../records/types.gen.js";
import { shippedFolderOf, standardWithCases } from "../standards/find.js";
import type { LoadedStandard } from "../standards/load.js";
import { type OptionsFile, readOptions } from "../standards/options-file.js";
import { namedClaims } from "./converter/compare.js";

/** A tool as its TOOL.yaml describes it, with what the names in it stand for. */
export interface LoadedTool {
  readonly document: ToolDocument;
  /** Folder of TOOL.yaml, whole: what `{here}` stands for. */
  readonly folder: string;
  readonly standard: LoadedStandard;
  /** Rules that are claimed, in the order of the standard. */
  readonly claimed: readonly Rule[];
  /** Formats that are claimed. */
  readonly writers: readonly Writer[];
  /** Ways of a converter that are claimed. */
  readonly pairs: readonly FormatPair[];
  /** Rules of ours that a fault of the tool's may be; none where TOOL.yaml does not map it. */
  rulesOf(fault: string): readonly string[];
  /** SHA-256 over the files that are the tool; null where none is named. */
  readonly digest: string | null;
}

export interface FormatPair {
  readonly from: Writer;
  readonly to: Writer;
  /** What the tool says that it keeps on this way. */
  readonly fields: readonly string[] | "all";
}

const placeholders: Readonly<Record<ToolDocument["kind"], readonly string[]>> = {
  validator: ["in", "out", "here", "format"],
  converter: ["in", "out", "here", "from", "to"],
};

/** What a finding can be told by, beside its rule. */
const places = ["line", "offset", "pointer", "record", "media"] as const;

/**
 * Reads TOOL.yaml.
 *
 * @throws UsageError with the place in the file: TS-USAGE-0004 where it does not fit its schema or says nothing that can be done, TS-USAGE-0003 for a rule or a
 * standard that there is not, TS-USAGE-0002 for a file
 */
export function loadTool(path: string): LoadedTool {
  const file = readOptions<ToolDocument>(path, "tool");
  const { data: document } = file;
  const folder = resolve(dirname(path));
  const wrong = (at: readonly (string | number)[], found: string, expected: string): UsageError =>
    new UsageError("TS-USAGE-0004", { file: path, place: file.place(at), found, expected });
  checkCommand(document, wrong);
  const named = document.standard ?? "ref-image-annotation";
  const standard = standardWithCases(
    shippedFolderOf(named) === undefined && !isAbsolute(named) ? join(folder, named) : named,
  );
  const ids = new Set(standard.rules.map(({ id }) => id));
  const wantRule = (id: string, at: readonly (string | number)[]): void => {
    if (ids.has(id)) return;
    throw new UsageError("TS-USAGE-0003", {
      file: path,
      place: file.place(at),
      found: id,
      expected: `a rule of ${standard.document.id}`,
    });
  };
  const { rules = [], formats } = document.claims;
  if (rules !== "all") for (const [at, id] of rules.entries()) wantRule(id, ["claims", "rules", at]);
  for (const [at, format] of formats.entries())
    if (!writersOfData.some((one) => one.format === format))
      throw wrong(["claims", "formats", at], format, `one of ${writersOfData.map((one) => one.format).join(", ")}`);
  const map = document.output?.rules;
  if (map !== undefined && map !== "same")
    for (const [fault, mapped = []] of Object.entries(map))
      for (const [at, id] of mapped.entries()) wantRule(id, ["output", "rules", fault, at]);
  if (document.output !== undefined) checkOutput(document.output, document.pool !== false, wrong);
  const claimedWriters = writersOfData.filter(({ format }) => (formats as readonly string[]).includes(format));
  checkFields(document, wrong);
  return {
    document,
    folder,
    standard,
    claimed: standard.rules.filter(({ id }) => rules === "all" || (rules as readonly string[]).includes(id)),
    writers: claimedWriters,
    pairs: document.kind === "converter" ? pairsOf(document, claimedWriters, wrong) : [],
    rulesOf: (fault) => (map === "same" ? (ids.has(fault) ? [fault] : []) : (map?.[fault] ?? [])),
    digest: digestOf(document, folder, path, file),
  };
}

/** A description has nothing that a tool of annotations could be asked about. */
const writersOfData = writers.filter(({ carries }) => carries.node !== true);

type Wrong = (at: readonly (string | number)[], found: string, expected: string) => UsageError;

function checkCommand({ kind, command }: ToolDocument, wrong: Wrong): void {
  const allowed = placeholders[kind];
  for (const [at, part] of command.entries())
    for (const [whole, name = ""] of part.matchAll(/\{(\w+)\}/g))
      if (!allowed.includes(name))
        throw wrong(["command", at], whole, `one of ${allowed.map((one) => `{${one}}`).join(", ")}`);
  if (!command.some((part) => part.includes("{in}")))
    throw wrong(["command"], command.join(" "), "{in}, where the data are");
  if (kind === "converter" && !command.some((part) => part.includes("{out}")))
    throw wrong(["command"], command.join(" "), "{out}, where its result goes");
}

function checkFields({ claims }: ToolDocument, wrong: Wrong): void {
  const lists = [
    [["claims", "fields"], claims.fields] as const,
    ...(claims.conversions ?? []).map((one, at) => [["claims", "conversions", at, "fields"], one.fields] as const),
  ];
  for (const [place, fields] of lists)
    for (const [at, field] of (fields === undefined || fields === "all" ? [] : fields).entries())
      if (!claimable.has(field))
        throw wrong([...place, at], field, `a field of a record (annotation.box), or ${namedClaims.join(", ")}`);
}

/** What a converter can be held to: a field of a record as rules name it, and what is of no field. */
const claimable: ReadonlySet<string> = new Set([
  ...Object.keys(newAnnotation()).map((field) => `annotation.${field}`),
  ...Object.keys(newMedia()).map((field) => `media.${field}`),
  ...Object.keys(newCategory()).map((field) => `category.${field}`),
  ...namedClaims,
]);

function pairsOf({ claims }: ToolDocument, claimed: readonly Writer[], wrong: Wrong): readonly FormatPair[] {
  const { fields = [] } = claims;
  if (claims.conversions === undefined) {
    const all = claimed.flatMap((from) => claimed.flatMap((to) => (from === to ? [] : [{ from, to, fields }])));
    if (all.length === 0) throw wrong(["claims", "formats"], claims.formats.join(", "), "two formats, or conversions");
    return all;
  }
  return claims.conversions.map(({ from, to, fields: own = fields }, at) => {
    const [left, right] = (
      [
        ["from", from],
        ["to", to],
      ] as const
    ).map(([side, format]) => {
      const writer = claimed.find((one) => one.format === format);
      if (writer === undefined)
        throw wrong(["claims", "conversions", at, side], format, `one of the formats: ${claims.formats.join(", ")}`);
      return writer;
    }) as [Writer, Writer];
    return { from: left, to: right, fields: own };
  });
}

function checkOutput({ as, at, items, pattern }: ToolOutput, pool: boolean, wrong: Wrong): void {
  const told = (found: string, expected: string): UsageError => wrong(["output"], found, expected);
  if ((as === "json" || as === "jsonl") && at === undefined)
    throw told(`as: ${as}`, "at, with the pointers of a finding");
  if (as === "json" && items === undefined) throw told("as: json", "items, where the list of findings is");
  if (as === "lines" && pattern === undefined) throw told("as: lines", "a pattern");
  const names = pattern === undefined ? [] : groupNames(pattern, wrong);
  if (pattern !== undefined && !names.includes("rule"))
    throw wrong(["output", "pattern"], pattern, "a group (?P<rule>…)");
  const given = as === "lines" ? names : Object.keys(at ?? {});
  if (pool && as !== "sarif" && !places.some((place) => given.includes(place)))
    throw told(
      "findings without line, offset, pointer, record or media",
      "one of them, or pool: false, since faults of one dataset cannot be told apart",
    );
}

function groupNames(pattern: string, wrong: Wrong): readonly string[] {
  try {
    return Object.keys(RE2JS.compile(pattern).namedGroups());
  } catch (error) {
    throw wrong(["output", "pattern"], error instanceof Error ? error.message : String(error), "a pattern of RE2");
  }
}

function digestOf(
  { files }: ToolDocument,
  folder: string,
  path: string,
  file: OptionsFile<ToolDocument>,
): string | null {
  if (files === undefined || files.length === 0) return null;
  const hash = createHash("sha256");
  for (const [at, name] of files.entries()) {
    const whole = join(folder, name);
    if (statSync(whole, { throwIfNoEntry: false })?.isFile() !== true)
      throw new UsageError("TS-USAGE-0002", {
        file: path,
        place: file.place(["files", at]),
        found: name,
        expected: "a file",
      });
    hash
      .update(name)
      .update("\0")
      .update(createHash("sha256").update(readFileSync(whole)).digest());
  }
  return hash.digest("hex");
}
