import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";

/**
 * Opens HTML reports in Chromium and says what falls short: `npx tsx scripts/check-html.ts REPORT.html…`
 * Exit status: 0 nothing falls short, or there is no Chromium (said by name); 1 something does.
 */

const executable = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
// Without these the browser itself calls home, and "no request" could not be told from its own.
const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
const args = ["--headless", "--no-sandbox", "--disable-gpu", ...quiet];

const modes = ["zh", "en", "both"] as const;
const schemes = ["light", "dark"] as const;
const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly target: readonly unknown[] }[];
  }[];
}

async function main(files: readonly string[]): Promise<number> {
  if (files.length === 0) {
    process.stderr.write("usage: tsx scripts/check-html.ts REPORT.html…\n");
    return 1;
  }
  if (!existsSync(executable)) {
    process.stdout.write(
      `skipped html-in-chromium: there is no ${executable} (Debian: apt-get install chromium fonts-noto-cjk)\n`,
    );
    return 0;
  }
  const browser = await chromium.launch({ executablePath: executable, args });
  let failures = 0;
  try {
    for (const file of files) {
      const found = await checkFile(browser, file);
      process.stdout.write(`${file}: ${found.length === 0 ? "nothing falls short" : `${found.length} fall short`}\n`);
      for (const line of found) process.stdout.write(`  ${line}\n`);
      failures += found.length;
    }
  } finally {
    await browser.close();
  }
  return failures === 0 ? 0 : 1;
}

async function checkFile(browser: Browser, file: string): Promise<string[]> {
  const found: string[] = [];
  const url = pathToFileURL(resolve(file)).href;
  for (const scheme of schemes) {
    const context = await browser.newContext({
      colorScheme: scheme,
      viewport: { width: 1280, height: 800 },
      bypassCSP: false,
    });
    const page = await watchedPage(context, url, found, scheme);
    for (const mode of modes) {
      await page.click(`label[for="lang-${mode}"]`);
      found.push(...(await languageFaults(page, mode)), ...(await axeFaults(page, `${mode} ${scheme}`)));
    }
    await page.setViewportSize({ width: 320, height: 640 });
    for (const mode of modes) {
      await page.click(`label[for="lang-${mode}"]`);
      const width = await page.evaluate("document.documentElement.scrollWidth");
      if (Number(width) > 320) found.push(`${mode} ${scheme}: at 320 px the page is ${String(width)} px wide`);
    }
    await context.close();
  }
  found.push(...(await searchFaults(browser, url)), ...(await withoutScript(browser, url)));
  return [...new Set(found)];
}

type Context = Awaited<ReturnType<Browser["newContext"]>>;

/** A page whose console, errors and requests are written down. */
async function watchedPage(context: Context, url: string, found: string[], label: string): Promise<Page> {
  const page = await context.newPage();
  page.on("console", (message) => found.push(`${label}: console: ${message.text()}`));
  page.on("pageerror", (error) => found.push(`${label}: error: ${error.message}`));
  page.on("request", (request) => {
    const asked = request.url();
    if (asked !== url && !asked.startsWith("data:")) found.push(`${label}: request: ${asked}`);
  });
  await page.goto(url);
  return page;
}

/** In one language no word of the other is shown; in both, both are. */
async function languageFaults(page: Page, mode: (typeof modes)[number]): Promise<string[]> {
  const shown = await page.evaluate(`["zh", "en"].map((lang) =>
    [...document.querySelectorAll(":is(header.page > :not(nav), main, footer) [lang=" + lang + "]")].filter((e) => e.checkVisibility()).length)`);
  const [zh = 0, en = 0] = shown as number[];
  if (mode === "zh" && (en > 0 || zh === 0)) return [`zh: ${en} English texts are shown, ${zh} Chinese`];
  if (mode === "en" && (zh > 0 || en === 0)) return [`en: ${zh} Chinese texts are shown, ${en} English`];
  if (mode === "both" && (zh === 0 || en === 0)) return ["both: a language is not shown"];
  return [];
}

async function axeFaults(page: Page, label: string): Promise<string[]> {
  // The page's own policy forbids foreign scripts; axe comes in through the debugger, which is not bound by it.
  await page.evaluate(readFileSync(axePath, "utf8"));
  const result = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as AxeResult;
  return result.violations.map(
    ({ id, nodes }) => `${label}: axe ${id}: ${nodes.length} × ${JSON.stringify(nodes[0]?.target).slice(0, 120)}`,
  );
}

/** The search leaves nothing for a word that is nowhere, and everything when it is empty again. */
async function searchFaults(browser: Browser, url: string): Promise<string[]> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url);
  const all = await page.locator("section.rule").count();
  const found: string[] = [];
  if (all > 0) {
    const visible = async (): Promise<number> => page.locator("section.rule:visible").count();
    await page.fill("#q", "no such word anywhere");
    if ((await visible()) !== 0) found.push("search: a word that is nowhere leaves rules");
    await page.fill("#q", "");
    if ((await visible()) !== all) found.push("search: an empty search does not show all rules");
  }
  await context.close();
  return found;
}

/** Without script everything is visible, and the languages still switch. */
async function withoutScript(browser: Browser, url: string): Promise<string[]> {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(url);
  const found: string[] = [];
  await page.click('label[for="lang-en"]');
  if (await page.locator("main h2 [lang=zh]").first().isVisible())
    found.push("without script: the language does not switch");
  const rules = await page.locator("section.rule").count();
  if ((await page.locator("section.rule:visible").count()) !== rules) found.push("without script: rules are hidden");
  await context.close();
  return found;
}

process.exitCode = await main(process.argv.slice(2));
