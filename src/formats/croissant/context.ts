import type { JsonValue } from "../json/api.js";
import { appendixTerms, knownPrefixes, propertyName, shortIri } from "./terms.js";

interface TermDefinition {
  readonly iri: string;
  readonly coerced: string | undefined;
}

/** The part of a JSON-LD context that a Croissant description needs: vocabulary, base and terms. Nothing is fetched. */
export interface Context {
  readonly vocabulary: string | undefined;
  readonly base: string | undefined;
  readonly terms: ReadonlyMap<string, TermDefinition>;
}

const schemaOrg = "https://schema.org/";
const croissantContext = /^https?:\/\/mlcommons\.org\/croissant\/1\.\d+\/?$/;

/** Reads the value of `@context`: a map of terms, the address of a known context, or a list of these. */
export function contextOf(value: JsonValue | undefined): Context {
  let vocabulary: string | undefined;
  let base: string | undefined;
  const terms = new Map<string, TermDefinition>();
  for (const part of Array.isArray(value) ? value : [value]) {
    if (typeof part === "string") {
      if (/^https?:\/\/schema\.org\/?$/.test(part)) vocabulary = schemaOrg;
      if (croissantContext.test(part)) {
        vocabulary = schemaOrg;
        for (const [term, { coerced }] of appendixTerms) terms.set(term, { iri: `cr:${term}`, coerced });
        terms.set("conformsTo", { iri: "dct:conformsTo", coerced: undefined });
      }
    } else if (isObject(part)) {
      vocabulary = typeof part["@vocab"] === "string" ? part["@vocab"] : vocabulary;
      base = typeof part["@base"] === "string" ? part["@base"] : base;
      for (const [term, definition] of Object.entries(part)) {
        if (term.startsWith("@")) continue;
        const read = definitionOf(definition);
        if (read === undefined) terms.delete(term);
        else terms.set(term, read);
      }
    }
  }
  return { vocabulary, base, terms };
}

function definitionOf(value: JsonValue): TermDefinition | undefined {
  if (typeof value === "string") return { iri: value, coerced: undefined };
  if (!isObject(value) || typeof value["@id"] !== "string") return undefined;
  const coerced = value["@type"];
  return { iri: value["@id"], coerced: typeof coerced === "string" ? coerced : undefined };
}

/** The property that a key stands for, as `propertyName` writes it; a keyword stays itself. */
export function propertyOf(context: Context, key: string): string {
  return key.startsWith("@") ? key : propertyName(vocabularyIri(context, key));
}

/** The class or data type that a text stands for, as `shortIri` writes it. */
export function typeOf(context: Context, text: string): string {
  return shortIri(vocabularyIri(context, text));
}

/** A text that is relative to the vocabulary: a key, an @type, a data type. */
function vocabularyIri(context: Context, text: string): string {
  const defined = context.terms.get(text);
  if (defined !== undefined) return defined.iri === text ? text : prefixed(context, defined.iri, 0);
  if (text.includes(":") || /^schema\.org\//.test(text)) return prefixed(context, text, 0);
  // Where no context says otherwise the text's default namespace holds (Namespaces: "the default namespace in all examples").
  return (context.vocabulary ?? schemaOrg) + text;
}

function prefixed(context: Context, text: string, depth: number): string {
  const colon = text.indexOf(":");
  if (colon < 0 || text.startsWith("//", colon + 1) || depth > 8) return text;
  const prefix = text.slice(0, colon);
  const iri = context.terms.get(prefix)?.iri ?? knownPrefixes.get(prefix);
  return iri === undefined ? text : prefixed(context, iri, depth + 1) + text.slice(colon + 1);
}

/** The identifier that an @id stands for: a prefix is expanded, a relative one joined to @base where the context gives a base. */
export function identifierOf(context: Context, id: string): string {
  const iri = prefixed(context, id, 0);
  if (context.base === undefined || !URL.canParse(context.base)) return iri;
  return URL.canParse(iri, context.base) ? new URL(iri, context.base).href : iri;
}

/** Whether an @id is an absolute IRI that lies outside the description. */
export function isOutside(context: Context, id: string): boolean {
  const iri = prefixed(context, id, 0);
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(iri) && !iri.startsWith("urn:")) return false;
  return context.base === undefined || !iri.startsWith(context.base);
}

/** Terms among `used` that the context does not define as Appendix 1 does. */
export function unaliasedTerms(context: Context, used: ReadonlySet<string>): string[] {
  return [...appendixTerms]
    .filter(([term, { coerced }]) => {
      if (!used.has(term)) return false;
      return (
        propertyOf(context, term) !== `cr:${term}` ||
        (coerced !== undefined && context.terms.get(term)?.coerced !== coerced)
      );
    })
    .map(([term]) => term);
}

export function isObject(value: JsonValue | undefined): value is { [key: string]: JsonValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
