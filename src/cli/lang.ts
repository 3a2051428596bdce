export type Lang = "zh" | "en" | "zh+en";

export const langOption = { choices: ["zh", "en", "zh+en"] as const, describe: "Language; default from the locale" };
