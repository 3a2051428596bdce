import { RE2JS } from "re2js";
import { memorySource } from "../formats/bytes/memory-source.js";
import type { JsonValue } from "../formats/json/api.js";
import { openJson } from "../formats/json/reader.js";
import { TouchstoneError } from "../records/errors.js";
import type { ToolOutput, ToolPlace } from "../records/grammar.gen.js";

/** What a tool says of one fault, in its own words; all are texts as it wrote them. */
export interface ToolFinding {
  /** The tool's name of the fault. */
  readonly fault: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  /** Byte of the file, instead of a line. */
  readonly offset?: number | undefined;
  /** JSON Pointer of the record, or of a field of it. */
  readonly pointer?: string | undefined;
  /** Id of an annotation, a category or a medium. */
  readonly record?: string | undefined;
  /** Path, name or id of the medium. */
  readonly media?: string | undefined;
}

/** The findings that a tool wrote, or why they cannot be read. */
export type ReadOutput = { readonly findings: readonly ToolFinding[] } | { readonly problem: string };

export function readOutput(bytes: Buffer, output: ToolOutput): ReadOutput {
  if (output.as === "lines") return { findings: fromLines(bytes.toString("utf8"), output.pattern ?? "") };
  const problems: string[] = [];
  const parse = (part: Buffer): JsonValue | undefined => {
    try {
      const json = openJson(memorySource(part), { onFault: () => {} });
      const value = json.value();
      json.end();
      return value;
    } catch (error) {
      if (!(error instanceof TouchstoneError)) throw error;
      problems.push(error.message);
      return undefined;
    }
  };
  const findings =
    output.as === "jsonl"
      ? linesOf(bytes).flatMap((line) => findingOf(parse(line), output.at))
      : output.as === "sarif"
        ? fromSarif(parse(bytes))
        : select(parse(bytes), (output.items ?? "").split("/").slice(1)).flatMap((item) => findingOf(item, output.at));
  const [problem] = problems;
  return problem === undefined ? { findings } : { problem };
}

function linesOf(bytes: Buffer): Buffer[] {
  return bytes
    .toString("latin1")
    .split("\n")
    .flatMap((line) => (line.trim() === "" ? [] : [Buffer.from(line, "latin1")]));
}

function fromLines(text: string, pattern: string): ToolFinding[] {
  const compiled = RE2JS.compile(pattern);
  const named = Object.keys(compiled.namedGroups());
  return text.split(/\r?\n/).flatMap((line) => {
    const match = compiled.matcher(line);
    if (!match.find()) return [];
    const group = (name: string): string | undefined =>
      named.includes(name) ? (match.group(name) ?? undefined) : undefined;
    const fault = group("rule");
    return fault === undefined ? [] : [finding(fault, group)];
  });
}

function findingOf(item: JsonValue | undefined, at: ToolPlace | undefined): ToolFinding[] {
  const get = (name: string): string | undefined => {
    const pointer = at?.[name as keyof ToolPlace];
    return pointer === undefined ? undefined : textOf(valueAt(item, pointer));
  };
  const fault = get("rule");
  return fault === undefined ? [] : [finding(fault, get)];
}

function finding(fault: string, get: (name: string) => string | undefined): ToolFinding {
  const number = (name: string): number | undefined => {
    const text = get(name);
    return text === undefined ? undefined : Number(text);
  };
  return {
    fault,
    file: get("file"),
    line: number("line"),
    offset: number("offset"),
    pointer: get("pointer"),
    record: get("record"),
    media: get("media"),
  };
}

/** Results of all runs: the first location of each, and the fully qualified name of its logical one as a pointer. */
function fromSarif(log: JsonValue | undefined): ToolFinding[] {
  return select(log, ["runs", "*", "results", "*"]).flatMap((result) => {
    const text = (pointer: string): string | undefined => textOf(valueAt(result, pointer));
    const fault = text("/ruleId");
    if (fault === undefined) return [];
    const physical = "/locations/0/physicalLocation";
    const line = text(`${physical}/region/startLine`);
    const logical = text("/locations/0/logicalLocations/0/fullyQualifiedName");
    return [
      {
        fault,
        file: decoded(text(`${physical}/artifactLocation/uri`)),
        line: line === undefined ? undefined : Number(line),
        pointer: logical?.startsWith("/") === true ? logical : undefined,
      },
    ];
  });
}

/** A URI escapes what a path may hold. */
function decoded(uri: string | undefined): string | undefined {
  if (uri === undefined) return undefined;
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}

/** Values at a path in which `*` stands for every member. */
function select(value: JsonValue | undefined, steps: readonly string[]): JsonValue[] {
  const [step, ...rest] = steps;
  if (value === undefined) return [];
  if (step === undefined) return Array.isArray(value) ? value : [value];
  if (step !== "*") return select(valueAt(value, `/${step}`), rest);
  if (value === null || typeof value !== "object") return [];
  const members = Array.isArray(value) ? value : Object.values(value);
  return rest.length === 0 ? members : members.flatMap((member) => select(member, rest));
}

function valueAt(value: JsonValue | undefined, pointer: string): JsonValue | undefined {
  let here = value;
  for (const part of pointer.split("/").slice(1)) {
    const step = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (here === null || typeof here !== "object" || !Object.hasOwn(here, step)) return undefined;
    here = (here as { readonly [key: string]: JsonValue })[step];
  }
  return here;
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}
