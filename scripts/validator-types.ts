import { compile, type JSONSchema } from "json-schema-to-typescript";

/** The records as a validator takes them: lists of numbers are lists, or typed arrays as a reader has them. */
export async function recordDeclarations(titles: Readonly<Record<string, string>>): Promise<string> {
  const properties = Object.fromEntries(Object.entries(titles).map(([title, file]) => [title, { $ref: file }]));
  const source = await compile(
    { type: "object", additionalProperties: false, properties } as JSONSchema,
    "AllRecords",
    { cwd: "standards/records/", bannerComment: "", style: { printWidth: 120 }, strictIndexSignatures: true },
  );
  return source
    .replace(/export interface AllRecords \{[\s\S]*?\n\}\n/, "")
    .replace(/\bFloat64Array;/g, "readonly number[] | Float64Array;")
    .trim();
}
