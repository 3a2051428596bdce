import { lstatSync, readdirSync, readFileSync, realpathSync, type Stats } from "node:fs";
import { basename, join } from "node:path";
import { yaml } from "../formats/late.js";
import { UsageError } from "../records/errors.js";
import type { LocalText, ProofDocument, Rule, SchemeDocument, StandardDocument } from "../records/grammar.gen.js";
import type { RuleParts } from "./compile-parts.js";
import { type Digests, digestsOf, type StandardData } from "./digest.js";
import { lintMessage } from "./lint-messages.js";
import { nestingOf } from "./nesting.js";
import { dataProblems } from "./plain-data.js";
import { placeInScalar, type ScalarNode } from "./scalar-place.js";
import { yamlText } from "./yaml-words.js";

/** A standard from outside is hostile until shown otherwise. YAML of 512 kB takes at most 3 s to parse, whatever it holds; ours has 36 kB. */
export const limits = {
  fileBytes: 512 * 1024,
  /** Of one folder of rules or schemas. */
  totalChars: 4 * 1024 * 1024,
  files: 500,
  rules: 5000,
  aliases: 50,
  nesting: 60,
  /** Told of one file; the rest is counted. */
  problems: 200,
} as const;

export interface LoadedStandard extends StandardData {
  readonly digests: Digests;
  /** What its rules have been seen to do on real data; undefined: not stated. */
  readonly proof?: ProofDocument;
  /** A shipped standard in a built package: its rules, compiled. */
  readonly built?: (rule: Rule) => RuleParts | undefined;
}

/** One YAML or JSON file of a standard: its data, and a way from a path in the data to line and column. */
export interface SourceFile {
  readonly name: string;
  readonly data: unknown;
  readonly text: string;
  /** Warnings and errors of the YAML itself, with their place. */
  readonly problems: readonly { readonly message: LocalText; readonly line: number; readonly column: number }[];
  position(path: readonly (string | number)[]): { line: number; column: number };
  /** Where an offset in the text of a scalar (UTF-16 units) stands in the file. */
  positionIn(path: readonly (string | number)[], offset: number): { line: number; column: number };
}

/** A standard as it lies on the disk, before it is known to fit the grammar. */
export interface StandardFiles {
  readonly folder: string;
  readonly standard: SourceFile | undefined;
  readonly rules: readonly SourceFile[];
  readonly scheme: SourceFile | undefined;
  readonly schemas: readonly SourceFile[];
  readonly proof: SourceFile | undefined;
}

/** Reads one plain file of a standard: no link leads out of its folder, and no device is opened. */
export function readSource(path: string, name: string): SourceFile {
  const bytes = plainFile(name, lstatSync(path)).size;
  if (bytes > limits.fileBytes) {
    throw new UsageError("TS-STANDARD-0003", {
      file: name,
      found: `${bytes} bytes`,
      expected: `at most ${limits.fileBytes} bytes`,
    });
  }
  return parseSource(readFileSync(path, "utf8"), name);
}

function plainFile(name: string, stats: Stats): Stats {
  if (stats.isFile()) return stats;
  throw new UsageError("TS-STANDARD-0001", {
    file: name,
    found: stats.isSymbolicLink() ? "a link" : stats.isDirectory() ? "a folder" : "no plain file",
    expected: "a plain file in the standard's folder",
  });
}

/** Parses YAML (JSON is YAML): one document, core schema, no custom tags, no merging, few aliases, little nesting. */
export function parseSource(text: string, name: string): SourceFile {
  const nesting = nestingOf(text);
  const tooDeep = nesting > limits.nesting;
  const { LineCounter, parseDocument } = yaml();
  const lines = new LineCounter();
  const document = parseDocument(tooDeep ? "" : text, {
    lineCounter: lines,
    prettyErrors: false,
    strict: true,
    schema: "core",
    merge: false,
    resolveKnownTags: false,
    uniqueKeys: false,
  });
  const placed = (message: LocalText, offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { message, line, column: col };
  };
  const problems = [
    ...[...document.errors, ...document.warnings].map(({ code, message, pos }) =>
      placed(yamlText(code, message), pos[0]),
    ),
    ...dataProblems(document).map(({ message, offset }) => placed(message, offset)),
  ];
  if (tooDeep)
    problems.push({ message: lintMessage("yaml/nesting", { most: limits.nesting }).message, line: 1, column: 1 });
  let data: unknown;
  try {
    data = document.errors.length > 0 || tooDeep ? undefined : document.toJS({ maxAliasCount: limits.aliases });
  } catch (cause) {
    // What the YAML library throws for aliases that name nothing, and for those that explode.
    if (!(cause instanceof ReferenceError)) throw cause;
    problems.push({ message: lintMessage("yaml/alias", { words: cause.message }).message, line: 1, column: 1 });
  }
  const startOf = (path: readonly (string | number)[]): number | undefined =>
    (document.getIn(path, true) as { range?: readonly number[] } | undefined)?.range?.[0];
  const position = (path: readonly (string | number)[]): { line: number; column: number } => {
    for (let length = path.length; length >= 0; length--) {
      const start = startOf(path.slice(0, length));
      if (start === undefined) continue;
      const { line, col } = lines.linePos(start);
      return { line, column: col };
    }
    return { line: 1, column: 1 };
  };
  return {
    name,
    data,
    text,
    problems,
    position,
    positionIn(path, offset) {
      const node = document.getIn(path, true) as (Partial<ScalarNode> & { value?: unknown }) | undefined;
      if (node?.range === undefined || typeof node.value !== "string") return position(path);
      const { line, col } = lines.linePos(placeInScalar(text, node as ScalarNode, offset));
      return { line, column: col };
    },
  };
}

function filesIn(folder: string, sub: string, ends: RegExp): SourceFile[] {
  const below = lstatSync(join(folder, sub), { throwIfNoEntry: false });
  if (below === undefined) return [];
  if (!below.isDirectory())
    throw new UsageError("TS-STANDARD-0001", {
      file: sub,
      found: below.isSymbolicLink() ? "a link" : "no folder",
      expected: "a folder in the standard's folder",
    });
  const chosen = readdirSync(join(folder, sub))
    .filter((name) => ends.test(name))
    .sort();
  if (chosen.length > limits.files)
    throw new UsageError("TS-STANDARD-0003", {
      file: sub,
      found: `${chosen.length} files`,
      expected: `at most ${limits.files}`,
    });
  let total = 0;
  return chosen.map((name) => {
    const file = readSource(join(folder, sub, name), `${sub}/${name}`);
    total += file.text.length;
    if (total > limits.totalChars)
      throw new UsageError("TS-STANDARD-0003", {
        file: sub,
        found: `more than ${limits.totalChars} characters`,
        expected: `at most ${limits.totalChars} characters in all`,
      });
    return file;
  });
}

function optional(folder: string, name: string): SourceFile | undefined {
  return lstatSync(join(folder, name), { throwIfNoEntry: false }) === undefined
    ? undefined
    : readSource(join(folder, name), name);
}

/** @param reference the folder; it may itself be reached by a link */
export function readStandardFiles(reference: string): StandardFiles {
  const folder = realpathSync(reference);
  return {
    folder,
    standard: optional(folder, "standard.yaml"),
    rules: filesIn(folder, "rules", /\.ya?ml$/),
    scheme: optional(folder, "scheme.yaml"),
    schemas: filesIn(folder, "schemas", /\.schema\.json$/),
    proof: optional(folder, "proof.json"),
  };
}

/** Takes the data as they are; whether they fit the grammar is `lintStandard`'s to say. */
export function standardFrom(files: StandardFiles): LoadedStandard {
  const parts = [files.standard, ...files.rules, files.scheme, ...files.schemas, files.proof];
  for (const part of parts) {
    const problem = part?.problems[0];
    if (part !== undefined && problem !== undefined) {
      throw new UsageError("TS-STANDARD-0001", {
        file: part.name,
        place: `${problem.line}:${problem.column}`,
        says: problem.message,
      });
    }
  }
  if (files.standard === undefined)
    throw new UsageError("TS-USAGE-0003", {
      file: basename(files.folder),
      found: "no standard.yaml",
      expected: "a folder of a standard",
    });
  const loaded = {
    document: files.standard.data as StandardDocument,
    rules: files.rules.flatMap((file) => (Array.isArray(file.data) ? (file.data as Rule[]) : [])),
    scheme: files.scheme?.data as SchemeDocument | undefined,
    schemas: Object.fromEntries(files.schemas.map((file) => [basename(file.name), file.data])),
  };
  const proof = files.proof?.data as ProofDocument | undefined;
  return { ...loaded, digests: digestsOf(loaded), ...(proof === undefined ? {} : { proof }) };
}
