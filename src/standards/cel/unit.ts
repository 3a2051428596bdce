import type { GroupColumns } from "../../checks/declaration.js";
import { kindNames } from "../../records/kinds.js";
import { breakVariables, type CelTables } from "./environment.js";
import type { Facts } from "./facts.js";
import type { Runtime } from "./runtime.js";
import type { Tree } from "./tree.js";

/** Faults that tests put into the generator on purpose, to see that they are noticed. Nothing else passes one. */
export type PlantedBug =
  | "multiply-sign-of-zero"
  | "divide-sign-of-zero"
  | "remainder-sign-of-zero"
  | "all-not-absorbing"
  | "exists-not-absorbing"
  | "division-not-truncating"
  | "and-not-absorbing"
  | "size-in-utf16"
  | "order-by-utf16"
  | "overflow-unchecked"
  | "prototype-keys";

/** Everything that an expression can see and that is not made in it. */
const rootNames: ReadonlySet<string> = new Set([
  ...kindNames,
  "siblings",
  "at",
  ...breakVariables.map(([name]) => name),
]);

export type Column = keyof Omit<GroupColumns, "size">;

/** JavaScript of an expression, and whether evaluating it can throw a `Failure`. */
export interface Fragment {
  readonly js: string;
  readonly throws: boolean;
}

/** A function that is being written: what it takes from outside, and its temporaries. */
export interface Frame {
  readonly free: Set<string>;
  readonly temporaries: string[];
}

export const newFrame = (): Frame => ({ free: new Set(), temporaries: [] });

/** Where an expression is being written. */
export interface Spot {
  readonly unit: Unit;
  readonly frame: Frame;
  readonly facts: Facts;
  readonly where: "when" | "assert";
  readonly emit: (tree: Tree, spot: Spot) => Fragment;
}

/**
 * The code of one rule as it grows. Every name in it is made here from a counter; every text that comes from a rule goes through
 * `JSON.stringify`. Nothing else writes names or values.
 */
export class Unit {
  readonly tables: CelTables;
  readonly #plants: readonly PlantedBug[];
  readonly constants: string[] = [];
  readonly helpers: string[] = [];
  readonly checks: string[] = [];
  readonly patterns: string[] = [];
  readonly measures = new Set<string>();
  readonly columns = new Set<Column>();
  readonly #used = new Set<keyof Runtime>();
  readonly #names = new Map<string, string>();
  readonly #paths = new Map<string, { readonly root: string; readonly field: string }>();
  readonly #sites: string[] = [];
  #count = 0;

  constructor(tables: CelTables, plants: readonly PlantedBug[]) {
    this.tables = tables;
    this.#plants = plants;
  }

  planted(bug: PlantedBug): boolean {
    return this.#plants.includes(bug);
  }

  fresh(letter: string): string {
    return `${letter}${this.#count++}`;
  }

  /** A function of the runtime, by the name it has there. */
  runtime(name: keyof Runtime): string {
    this.#used.add(name);
    return name;
  }

  get usedRuntime(): readonly string[] {
    return [...this.#used].sort();
  }

  /** Evaluated once, when the rule is bound. */
  constant(js: string): string {
    return this.#once(`const ${js}`, "k", (name) => this.constants.push(`const ${name} = ${js};`));
  }

  failure(code: string, where: "when" | "assert", tree: { readonly start: number; readonly end: number }): string {
    const make = this.runtime("failure");
    return this.constant(`${make}(${quoted(code)}, ${quoted(where)}, ${tree.start}, ${tree.end})`);
  }

  check(cel: string, member: "call" | "marks"): string {
    return this.constant(`checks[${this.#indexIn(this.checks, cel)}].${member}`);
  }

  groupCheck(cel: string): string {
    return this.constant(`checks[${this.#indexIn(this.checks, cel)}]`);
  }

  pattern(pattern: string): string {
    return this.constant(`regexes[${this.#indexIn(this.patterns, pattern)}]`);
  }

  /** Answers of group checks are kept per call site, so one call written twice (in `run` and in `values`) is one site. */
  site(key: string): number {
    return this.#indexIn(this.#sites, key);
  }

  helper(text: (name: string) => string): string {
    const name = this.fresh("f");
    this.helpers.push(text(name));
    return name;
  }

  /** A record that the rule sees. */
  root(name: string, frame: Frame): string {
    if (!rootNames.has(name)) throw new Error(`no such variable: ${name}`);
    frame.free.add(`$${name}`);
    return `$${name}`;
  }

  /** A field of such a record: read once. */
  path(root: string, field: string, frame: Frame): string {
    const name = this.#once(`path ${root}.${field}`, "p", (fresh) => this.#paths.set(fresh, { root, field }));
    frame.free.add(name);
    return name;
  }

  temporary(frame: Frame): string {
    const name = this.fresh("t");
    frame.temporaries.push(name);
    return name;
  }

  /** Declarations for what a function takes from the scope, without what `declared` holds already. */
  declarations(frame: Frame, declared: Set<string>): string {
    const out: string[] = [];
    const declare = (name: string, js: string) => {
      if (declared.has(name)) return;
      declared.add(name);
      out.push(`const ${name} = ${js};`);
    };
    for (const name of frame.free) {
      const path = this.#paths.get(name);
      const root = path?.root ?? name.slice(1);
      if (path !== undefined || name.startsWith("$")) declare(`$${root}`, `scope.${root}`);
      if (path !== undefined) declare(name, `$${root}[${quoted(path.field)}]`);
    }
    if (frame.temporaries.length > 0) out.push(`let ${frame.temporaries.join(", ")};`);
    return out.join(" ");
  }

  #once(key: string, letter: string, make: (name: string) => void): string {
    let name = this.#names.get(key);
    if (name === undefined) {
      name = this.fresh(letter);
      this.#names.set(key, name);
      make(name);
    }
    return name;
  }

  #indexIn(list: string[], item: string): number {
    const at = list.indexOf(item);
    return at >= 0 ? at : list.push(item) - 1;
  }
}

/** A text as a JavaScript literal; lone surrogates come out as escapes. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(/[\u2028\u2029]/g, (c) => (c === "\u2028" ? "\\u2028" : "\\u2029"));
}

export function numberLiteral(value: number): string {
  if (Object.is(value, -0)) return "(-0)";
  return value < 0 ? `(${value})` : String(value);
}

/** Writes the body as a function of its own: its parameters are what the body takes from outside, the first ones given. */
export function helperCall(
  spot: Spot,
  inner: Frame,
  given: readonly { name: string; js: string }[],
  own: readonly string[],
  body: string,
): string {
  const hidden = new Set([...own, ...given.map(({ name }) => name)]);
  const taken = [...inner.free].filter((name) => !hidden.has(name));
  for (const name of taken) spot.frame.free.add(name);
  const temporaries = inner.temporaries.length > 0 ? `let ${inner.temporaries.join(", ")}; ` : "";
  const parameters = [...given.map(({ name }) => name), ...taken].join(", ");
  const name = spot.unit.helper((fresh) => `function ${fresh}(${parameters}) { ${temporaries}${body} }`);
  return `${name}(${[...given.map(({ js }) => js), ...taken].join(", ")})`;
}
