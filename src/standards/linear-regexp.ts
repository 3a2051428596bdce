import { RE2JS } from "re2js";

/** A RegExp of RE2 syntax that runs in linear time: for patterns that come from outside, in schemas as in CEL. */
class LinearRegExp {
  readonly #pattern: RE2JS;
  readonly #source: string;
  constructor(source: string) {
    this.#pattern = RE2JS.compile(source);
    this.#source = source;
  }
  /** Ajv keeps patterns by this text: without it all schemas of an instance would share the first one. */
  toString(): string {
    return `/${this.#source}/`;
  }
  test(text: string): boolean {
    return this.#pattern.matcher(text).find();
  }
}

/** What Ajv asks for as `code.regExp`. */
export const linearRegExp = Object.assign((source: string, _flags: string) => new LinearRegExp(source), {
  code: "new RegExp",
});
