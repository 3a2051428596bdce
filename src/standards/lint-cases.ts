import type { Case, LocalText } from "../records/grammar.gen.js";
import { kindNames } from "../records/kinds.js";
import { loadRecordSchemas } from "./cel/record-types.js";
import { lintMessage } from "./lint-messages.js";
import type { Complain, PlacedRule } from "./lint-problem.js";
import { newAjv, type SchemaViolation, violationOf } from "./schema.js";

type Validate = (data: unknown) => readonly SchemaViolation[];
let validators: Map<string, Validate> | undefined;

/** A record of a case has only fields of its schema, of the right type; fields that readers always give may be absent. */
function validatorOf(kind: string): Validate | undefined {
  if (validators === undefined) {
    const ajv = newAjv();
    validators = new Map();
    const schemas = Object.values(loadRecordSchemas()) as { $id: string; required?: string[] }[];
    for (const schema of schemas) ajv.addSchema(schema);
    for (const name of kindNames) {
      const found = schemas.find(({ $id }) => $id.endsWith(`/${name}.schema.json`));
      const validate = found === undefined ? undefined : ajv.getSchema(found.$id);
      if (validate !== undefined)
        validators.set(name, (data) => (validate(data) === true ? [] : (validate.errors ?? []).map(violationOf)));
    }
  }
  return validators.get(kind);
}

/** Null in a case is an absent field. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== null)
      .map(([key, item]) => [key, withoutNulls(item)]),
  );
}

/** What of the records of a case does not fit their schemas. */
export function caseProblems(
  one: Case,
): readonly { readonly path: readonly (string | number)[]; readonly kind: string; readonly message: LocalText }[] {
  return recordsIn(one).flatMap(({ kind, record, path }) =>
    (validatorOf(kind)?.(withoutNulls(record)) ?? []).map((violation) => ({
      path: [...path, ...violation.path],
      kind,
      message: violation.message,
    })),
  );
}

/** The records of the cases against the record schemas. */
export function lintCases({ rule, file, at }: PlacedRule, complain: Complain): void {
  const names = new Set<string>();
  for (const side of ["conforming", "violating", "inapplicable"] as const) {
    (rule.cases[side] ?? []).forEach((one, position) => {
      const here = [...at, "cases", side, position];
      if (one.name !== undefined) {
        if (names.has(one.name)) complain(file, here, lintMessage("duplicate-case", { rule: rule.id, name: one.name }));
        names.add(one.name);
      }
      for (const { path, kind, message } of caseProblems(one))
        complain(
          file,
          [...here, ...path],
          lintMessage("case-record", {
            rule: rule.id,
            at: `${side}/${position}`,
            kind,
            what: message,
          }),
        );
      for (const name of Object.keys(one.params ?? {})) {
        if (!Object.hasOwn(rule.params ?? {}, name))
          complain(
            file,
            [...here, "params", name],
            lintMessage("unknown-parameter", {
              rule: rule.id,
              at: `${side}/${position}`,
              param: name,
            }),
          );
      }
    });
  }
}

function recordsIn(
  one: Case,
): { readonly kind: string; readonly record: unknown; readonly path: readonly (string | number)[] }[] {
  if (one.records !== undefined) {
    return one.records.flatMap((entry, index) =>
      Object.entries(entry).map(([kind, record]) => ({ kind, record, path: ["records", index, kind] })),
    );
  }
  return kindNames
    .filter((kind) => kind !== "file" && one[kind] !== undefined)
    .map((kind) => ({ kind, record: one[kind], path: [kind] }));
}
