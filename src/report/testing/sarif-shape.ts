/**
 * The part of the SARIF 2.1.0 schema that we write, closed as it is there: a property that the schema does not know is an error.
 * Source: OASIS sarif-schema-2.1.0.json (Errata 01), definitions of the same names; written out anew, the file itself is not ours to ship.
 */
const ref = (name: string): object => ({ $ref: `#/$defs/${name}` });
const list = (items: object, uniqueItems = false): object => ({ type: "array", items, uniqueItems });
const closed = (properties: Record<string, object>, required: readonly string[] = []): object => ({
  type: "object",
  additionalProperties: false,
  properties,
  required,
});
const text = { type: "string" };
const level = { enum: ["none", "note", "warning", "error"] };
const index = { type: "integer", minimum: -1 };
const bag = { type: "object", properties: { tags: list(text, true) } };

export const sarifShape = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  ...closed({ $schema: text, version: { enum: ["2.1.0"] }, runs: list(ref("run")), properties: bag }, [
    "version",
    "runs",
  ]),
  $defs: {
    run: closed(
      {
        tool: closed({ driver: ref("toolComponent"), properties: bag }, ["driver"]),
        language: { type: "string", pattern: "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$" },
        columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
        originalUriBaseIds: { type: "object", additionalProperties: ref("artifactLocation") },
        invocations: list(ref("invocation")),
        artifacts: list(ref("artifact"), true),
        results: list(ref("result")),
        properties: bag,
      },
      ["tool"],
    ),
    toolComponent: closed(
      {
        name: text,
        semanticVersion: text,
        rules: list(ref("reportingDescriptor"), true),
        notifications: list(ref("reportingDescriptor"), true),
        properties: bag,
      },
      ["name"],
    ),
    reportingDescriptor: closed(
      {
        id: text,
        shortDescription: ref("message"),
        fullDescription: ref("message"),
        help: ref("message"),
        defaultConfiguration: closed({ enabled: { type: "boolean" }, level, properties: bag }),
        properties: bag,
      },
      ["id"],
    ),
    message: {
      ...closed({ text, markdown: text, id: text, arguments: list(text), properties: bag }),
      anyOf: [{ required: ["text"] }, { required: ["id"] }],
    },
    artifactLocation: closed({
      uri: { type: "string", pattern: "^[A-Za-z0-9%._~!$&'()*+,;=:@/-]*$" },
      uriBaseId: text,
      index,
      description: ref("message"),
      properties: bag,
    }),
    artifact: closed({
      location: ref("artifactLocation"),
      length: { type: "integer", minimum: -1 },
      hashes: { type: "object", additionalProperties: text },
      properties: bag,
    }),
    invocation: closed(
      {
        executionSuccessful: { type: "boolean" },
        toolExecutionNotifications: list(ref("notification")),
        properties: bag,
      },
      ["executionSuccessful"],
    ),
    notification: closed(
      {
        descriptor: closed({ id: text, index }),
        level,
        message: ref("message"),
        locations: list(ref("location"), true),
        properties: bag,
      },
      ["message"],
    ),
    location: closed({
      physicalLocation: {
        ...closed({ artifactLocation: ref("artifactLocation"), region: ref("region"), properties: bag }),
        anyOf: [{ required: ["address"] }, { required: ["artifactLocation"] }],
      },
      logicalLocations: list(
        closed({ name: text, fullyQualifiedName: text, kind: text, index, properties: bag }),
        true,
      ),
      properties: bag,
    }),
    region: closed({
      startLine: { type: "integer", minimum: 1 },
      startColumn: { type: "integer", minimum: 1 },
      endLine: { type: "integer", minimum: 1 },
      endColumn: { type: "integer", minimum: 1 },
      properties: bag,
    }),
    result: closed(
      {
        ruleId: text,
        ruleIndex: index,
        kind: { enum: ["notApplicable", "pass", "fail", "review", "open", "informational"] },
        level,
        message: ref("message"),
        locations: list(ref("location")),
        partialFingerprints: { type: "object", additionalProperties: text },
        suppressions: list(
          closed(
            {
              kind: { enum: ["inSource", "external"] },
              status: { enum: ["accepted", "underReview", "rejected"] },
              justification: text,
              properties: bag,
            },
            ["kind"],
          ),
          true,
        ),
        baselineState: { enum: ["new", "unchanged", "updated", "absent"] },
        properties: bag,
      },
      ["message"],
    ),
  },
} as const;
