import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { ErrorObject } from "ajv";
import type { LocalText } from "../records/grammar.gen.js";
import { linearRegExp } from "./linear-regexp.js";
import { packageRoot } from "./package-root.js";
import { schemaSentence } from "./schema-words.js";

/** JSON Schemas of the grammar, of options files and of the report, by name. */
export const schemaFiles = {
  standard: "standards/meta/standard.schema.json",
  rules: "standards/meta/rules.schema.json",
  scheme: "standards/meta/scheme.schema.json",
  proof: "standards/meta/proof.schema.json",
  profile: "standards/meta/profile.schema.json",
  evidence: "standards/meta/evidence.schema.json",
  tool: "standards/meta/tool.schema.json",
  report: "reports/schema/report.schema.json",
} as const;

export type SchemaName = keyof typeof schemaFiles;

export interface SchemaViolation {
  readonly path: readonly (string | number)[];
  readonly message: LocalText;
  readonly keyword: string;
  /** The property that should not be there. */
  readonly extra?: string;
}

type Ajv = import("ajv/dist/2020.js").Ajv2020;
let ajv: Ajv | undefined;

export function readSchema(name: SchemaName): string {
  return readFileSync(join(packageRoot, schemaFiles[name]), "utf8");
}

/** Loaded late: Ajv with its first schema costs 0.2 s. Patterns run in linear time. */
export function newAjv(): Ajv {
  const { Ajv2020 } = createRequire(import.meta.url)("ajv/dist/2020.js") as typeof import("ajv/dist/2020.js");
  return new Ajv2020({ allErrors: true, strict: false, validateFormats: false, code: { regExp: linearRegExp } });
}

function shared(): Ajv {
  if (ajv === undefined) {
    ajv = newAjv();
    for (const name of Object.keys(schemaFiles) as SchemaName[]) ajv.addSchema(JSON.parse(readSchema(name)) as object);
  }
  return ajv;
}

/** All violations of one of our schemas; `fragment` names a part of it, such as `#/properties/issue`. */
export function checkAgainst(name: string, data: unknown, fragment = ""): readonly SchemaViolation[] {
  const { $id } = JSON.parse(readSchema(name as SchemaName)) as { $id: string };
  const validate = shared().getSchema($id + fragment);
  if (validate === undefined) throw new Error(`no schema ${name}${fragment}`);
  if (validate(data) === true) return [];
  return (validate.errors ?? []).map(violationOf);
}

export function violationOf({ instancePath, message = "", keyword, params }: ErrorObject): SchemaViolation {
  const path = instancePath
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  const extra =
    keyword === "additionalProperties" ? (params as { additionalProperty?: string }).additionalProperty : undefined;
  const named =
    extra !== undefined
      ? ` (${extra})`
      : keyword === "enum"
        ? `: ${JSON.stringify((params as { allowedValues?: unknown }).allowedValues)}`
        : keyword === "pattern" && (params as { pattern?: string }).pattern === "\\S"
          ? " (some text)"
          : "";
  const at = path.join(".");
  return {
    path,
    message: {
      zh: `${at === "" ? "文件" : `${at} `}${schemaSentence({ keyword, params, message })}`,
      en: `${at === "" ? "the file" : at} ${message}${named}`,
    },
    keyword,
    ...(extra === undefined ? {} : { extra }),
  };
}
