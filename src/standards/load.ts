import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import { UsageError } from "../records/errors.js";
import type { Rule, SchemeDocument, StandardDocument } from "../records/grammar.gen.js";
import type { RuleParts } from "./compile-parts.js";
import { type Digests, digestsOf, type StandardData } from "./digest.js";

/** A standard from outside is hostile until shown otherwise. */
export const limits = { fileBytes: 2 * 1024 * 1024, files: 500, rules: 5000, aliases: 50 } as const;

export interface LoadedStandard extends StandardData {
  readonly digests: Digests;
  /** A shipped standard in a built package: its rules, compiled. */
  readonly built?: (rule: Rule) => RuleParts | undefined;
}

/** One YAML or JSON file of a standard: its data, and a way from a path in the data to line and column. */
export interface SourceFile {
  readonly name: string;
  readonly data: unknown;
  readonly text: string;
  /** Warnings and errors of the YAML itself, with their place. */
  readonly problems: readonly { readonly message: string; readonly line: number; readonly column: number }[];
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
}

export function readSource(path: string, name: string): SourceFile {
  const bytes = statSync(path).size;
  if (bytes > limits.fileBytes) {
    throw new UsageError("TS-STANDARD-0003", {
      file: name,
      found: `${bytes} bytes`,
      expected: `at most ${limits.fileBytes} bytes`,
    });
  }
  return parseSource(readFileSync(path, "utf8"), name);
}

/** Parses YAML (JSON is YAML): one document, core schema, no custom tags, few aliases. */
export function parseSource(text: string, name: string): SourceFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true, strict: true });
  const problems = [...document.errors, ...document.warnings].map(({ message, pos }) => {
    const { line, col } = lines.linePos(pos[0]);
    return { message, line, column: col };
  });
  let data: unknown;
  try {
    data = document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: limits.aliases });
  } catch (cause) {
    problems.push({ message: cause instanceof Error ? cause.message : "too many aliases", line: 1, column: 1 });
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
      const node = document.getIn(path, true) as
        | { range?: readonly number[]; type?: string; value?: unknown }
        | undefined;
      const start = node?.range?.[0];
      if (node === undefined || start === undefined || typeof node.value !== "string") return position(path);
      const at = lines.linePos(start);
      if (node.type !== "BLOCK_LITERAL") {
        const quote = node.type === "PLAIN" ? 0 : 1;
        return { line: at.line, column: at.col + quote + offset };
      }
      const before = node.value.slice(0, offset).split("\n");
      const body = text.split("\n")[at.line] ?? "";
      const indent = body.length - body.trimStart().length;
      return { line: at.line + before.length, column: indent + (before.at(-1)?.length ?? 0) + 1 };
    },
  };
}

function filesIn(folder: string, sub: string, ends: RegExp): SourceFile[] {
  let names: string[];
  try {
    names = readdirSync(join(folder, sub));
  } catch {
    return [];
  }
  const chosen = names.filter((name) => ends.test(name)).sort();
  if (chosen.length > limits.files)
    throw new UsageError("TS-STANDARD-0003", {
      file: sub,
      found: `${chosen.length} files`,
      expected: `at most ${limits.files}`,
    });
  return chosen.map((name) => readSource(join(folder, sub, name), `${sub}/${name}`));
}

function optional(folder: string, name: string): SourceFile | undefined {
  try {
    statSync(join(folder, name));
  } catch {
    return undefined;
  }
  return readSource(join(folder, name), name);
}

export function readStandardFiles(folder: string): StandardFiles {
  return {
    folder,
    standard: optional(folder, "standard.yaml"),
    rules: filesIn(folder, "rules", /\.ya?ml$/),
    scheme: optional(folder, "scheme.yaml"),
    schemas: filesIn(folder, "schemas", /\.schema\.json$/),
  };
}

/** Takes the data as they are; whether they fit the grammar is `lintStandard`'s to say. */
export function standardFrom(files: StandardFiles): LoadedStandard {
  const parts = [files.standard, ...files.rules, files.scheme, ...files.schemas];
  for (const part of parts) {
    const problem = part?.problems[0];
    if (part !== undefined && problem !== undefined) {
      throw new UsageError("TS-STANDARD-0001", {
        file: part.name,
        place: `${problem.line}:${problem.column}`,
        found: problem.message,
        expected: "YAML without warnings",
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
  return { ...loaded, digests: digestsOf(loaded) };
}
