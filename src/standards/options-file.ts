import { existsSync, readFileSync } from "node:fs";
import { UsageError } from "../records/errors.js";
import { parseSource, type SourceFile } from "./load.js";
import { checkAgainst, type SchemaName } from "./schema.js";

export interface OptionsFile<T> {
  readonly data: T;
  /** `18:5`: where a part of the data stands in the file. */
  place(path: readonly (string | number)[]): string;
}

/** Reads a YAML or JSON file of options and holds it against its schema; `pointer` names a part of that schema. */
export function readOptions<T>(path: string, schema: SchemaName, pointer?: string): OptionsFile<T> {
  if (!existsSync(path)) throw new UsageError("TS-USAGE-0002", { file: path });
  const source = parseSource(readFileSync(path, "utf8"), path);
  const problem = source.problems[0];
  if (problem !== undefined)
    throw new UsageError("TS-USAGE-0004", {
      file: path,
      place: `${problem.line}:${problem.column}`,
      says: problem.message,
    });
  const violation = checkAgainst(schema, source.data, pointer)[0];
  if (violation !== undefined)
    throw new UsageError("TS-USAGE-0004", {
      file: path,
      place: placeIn(source, violation.path),
      says: violation.message,
      hint: `touchstone schema ${schema} shows the schema`,
    });
  return { data: source.data as T, place: (at) => placeIn(source, at) };
}

function placeIn(source: SourceFile, path: readonly (string | number)[]): string {
  const { line, column } = source.position(path);
  return `${line}:${column}`;
}
