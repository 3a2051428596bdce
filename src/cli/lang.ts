import type { LocalText } from "../records/grammar.gen.js";

export type Lang = "zh" | "en" | "zh+en";

/** For a command whose outputs may be in both languages: yargs adds the choice to those of the global `--lang`. */
export const alsoBoth = { choices: ["zh+en"] as readonly Lang[] };

/** What every command is given. */
export interface Cli {
  /** Takes the exit status. */
  readonly done: (status: number) => void;
  readonly lang: "zh" | "en";
  /** The half of a text that is read. */
  readonly say: (text: LocalText) => string;
}

/**
 * The language that a command line asks for, before it is parsed: help and errors of usage are in it, too. Without one, or for both, that of
 * the locale: Chinese where it says so, else English.
 */
export function languageOf(args: readonly string[]): "zh" | "en" {
  const at = args.findLastIndex((arg) => arg === "--lang" || arg.startsWith("--lang="));
  const asked = args[at] === "--lang" ? args[at + 1] : args[at]?.slice("--lang=".length);
  if (asked === "zh" || asked === "en") return asked;
  return /^zh/i.test(process.env["LC_ALL"] ?? process.env["LC_MESSAGES"] ?? process.env["LANG"] ?? "") ? "zh" : "en";
}
