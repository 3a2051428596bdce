export type Lang = "zh" | "en" | "zh+en";

export const langOption = { choices: ["zh", "en", "zh+en"] as const, describe: "Language; default from the locale" };

/** The language of the locale: Chinese where it says so, else English. */
export function defaultLanguage(): "zh" | "en" {
  return /^zh/i.test(process.env["LC_ALL"] ?? process.env["LC_MESSAGES"] ?? process.env["LANG"] ?? "") ? "zh" : "en";
}
