import schema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with { type: "json" };
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

/**
 * The schema of SARIF 2.1.0 as OASIS published it (rtm.5), from Microsoft's SDK: closed, a property that it does not know is an error.
 * It is of draft 4, and the only words of that draft in it that newer ones write otherwise are the two of its root.
 */
export function sarifValidator(): ValidateFunction {
  const { $schema: draft, id, ...definitions } = schema;
  if (draft !== "http://json-schema.org/draft-04/schema#") throw new Error(`${id} is of another draft: ${draft}`);
  // One of its patterns has a bracket that stands alone, which expressions with the flag u do not take.
  const ajv = new Ajv2020({ strict: false, allErrors: true, unicodeRegExp: false });
  ajv.addFormat("uri", (text) => URL.canParse(text));
  // RFC 3986: no sign outside of these stands in a reference unescaped.
  ajv.addFormat("uri-reference", /^(?:[A-Za-z0-9._~!$&'()*+,;=:@/?#-]|%[0-9A-Fa-f]{2})*$/);
  ajv.addFormat("date-time", (text) => !Number.isNaN(Date.parse(text)));
  return ajv.compile(definitions);
}
