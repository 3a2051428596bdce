import { RE2JS } from "re2js";

/** A compiled pattern: RE2 syntax, unanchored search, linear time. */
export interface Matcher {
  test(text: string): boolean;
  /** The same for the text of an id. */
  testId(id: string | number): boolean;
}

/** Labels and ids repeat: remembered answers are 15 to 100 times faster than a search (146 M/s). */
const remembered = 4096;
const rememberedLength = 256;

const matchers = new Map<string, Matcher>();

export function matcherFor(pattern: string): Matcher {
  let matcher = matchers.get(pattern);
  if (matcher === undefined) {
    matcher = new MemoMatcher(RE2JS.compile(pattern));
    matchers.set(pattern, matcher);
  }
  return matcher;
}

class MemoMatcher implements Matcher {
  readonly #regex: RE2JS;
  // 1 and "1" are two keys, so ids need no text of their own here.
  readonly #answers = new Map<string | number, boolean>();
  constructor(regex: RE2JS) {
    this.#regex = regex;
  }
  test(text: string): boolean {
    return this.#answers.get(text) ?? this.#search(text, text);
  }
  testId(id: string | number): boolean {
    return this.#answers.get(id) ?? this.#search(id, String(id));
  }
  #search(key: string | number, text: string): boolean {
    const answer = this.#regex.test(text);
    if (text.length <= rememberedLength) {
      if (this.#answers.size === remembered) this.#answers.clear();
      this.#answers.set(key, answer);
    }
    return answer;
  }
}

interface PatternFault {
  readonly message: string;
  readonly hint?: string;
}

/** Time is linear in the text times the states: 40,000 states took 20 s on 20,000 characters. */
const largestProgram = 2000;
const longestPattern = 1000;

/** Why RE2 does not take a pattern, with what to write instead. */
export function patternFault(pattern: string): PatternFault | undefined {
  if (pattern.length > longestPattern) {
    return {
      message: `a pattern has at most ${longestPattern} characters`,
      hint: "put words into a list and use `in`",
    };
  }
  try {
    if (RE2JS.compile(pattern).programSize() <= largestProgram) return undefined;
    return {
      message: `the pattern has more than ${largestProgram} states`,
      hint: "repeat less, or bound the length with size()",
    };
  } catch (error) {
    const message = `RE2 does not take this pattern: ${error instanceof Error ? error.message : String(error)}`;
    const hint = patternHint(pattern);
    return hint === undefined ? { message } : { message, hint };
  }
}

function patternHint(pattern: string): string | undefined {
  const script = /\\[pP]\{(?:Script|sc|Script_Extensions|scx)=(\w+)\}/.exec(pattern);
  if (script !== null) return `write \\p{${script[1]}}`;
  const unicode = /\\u\{?([0-9a-fA-F]{4,6})\}?/.exec(pattern);
  if (unicode !== null) return `write \\x{${unicode[1]?.toLowerCase()}}`;
  if (/\(\?<?[=!]/.test(pattern)) return "RE2 has no look-around: join two matches() with && and !";
  if (/\\[1-9]/.test(pattern)) return "RE2 has no back-references: call a check function";
  if (/\{\d{4,}|\{\d*,\d{4,}/.test(pattern)) return "repeat at most 1000 times; bound the length with size()";
  if (/[{)][^()]*\)\{/.test(pattern) || /\{\d+/.test(pattern))
    return "nested repeats multiply: their product is at most 1000";
  return undefined;
}
