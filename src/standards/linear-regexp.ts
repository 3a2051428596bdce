import { RE2JS } from "re2js";

/** A RegExp of RE2 syntax that runs in linear time: for patterns that come from outside, in schemas as in CEL. */
class LinearRegExp {
  readonly #pattern: RE2JS;
  constructor(source: string) {
    this.#pattern = RE2JS.compile(source);
  }
  test(text: string): boolean {
    return this.#pattern.matcher(text).find();
  }
}

/** What Ajv asks for as `code.regExp`. */
export const linearRegExp = Object.assign((source: string, _flags: string) => new LinearRegExp(source), {
  code: "new RegExp",
});
