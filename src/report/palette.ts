/** Colours of drawings and charts. Colour has three jobs: verdict, data, fault; a drawing knows the last two. */
export interface Palette {
  readonly paper: string;
  readonly wash: string;
  readonly ink: string;
  readonly muted: string;
  readonly data: string;
  readonly mark: string;
  readonly rule: string;
  readonly rule3: string;
}

/** For the page: tokens of reports/styles, so that drawings follow dark mode, print and forced colours. */
export const cssPalette: Palette = {
  paper: "var(--paper)",
  wash: "var(--wash)",
  ink: "var(--ink)",
  muted: "var(--muted)",
  data: "var(--data)",
  mark: "var(--mark)",
  rule: "var(--rule)",
  rule3: "var(--rule3)",
};

/** For paper: the light values of the same tokens; a PDF knows no variables. */
export const paperPalette: Palette = {
  paper: "#ffffff",
  wash: "#f5f4f0",
  ink: "#1c1c1a",
  muted: "#5b5a55",
  data: "#2f5d8a",
  mark: "#d1351f",
  rule: "#dcdad3",
  rule3: "#8a887f",
};
