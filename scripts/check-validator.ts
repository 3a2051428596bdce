/**
 * Runs built validators in Chromium under a strict Content-Security-Policy and says what differs from the engine:
 * `npx tsx scripts/check-validator.ts [--runs N] [ID…]`. Vectors, drawn datasets, and the page with a COCO file dropped on it.
 * Exit status: 0 nothing differs, or there is no Chromium (said by name); 1 something does.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { type Browser, chromium, type Page } from "playwright-core";
import { buildStandard } from "../src/build-standard/build.js";
import { validatorModule } from "../src/build-standard/module.js";
import { isJson, type ReadRecords, readRecords } from "../src/build-standard/records.js";
import { askedFormat } from "../src/conformance/drawn-files.js";
import { suiteOf } from "../src/conformance/rule-suite.js";
import { seededDraw } from "../src/generate/draw.js";
import { standardWithCases } from "../src/standards/find.js";
import { validatorAssets } from "./validator-runtime.js";

const executable = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const types: Readonly<Record<string, string>> = {
  html: "text/html",
  css: "text/css",
  js: "text/javascript",
};
const axe = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

/** Serves files from memory to this machine alone; every request is noted. */
async function serve(files: ReadonlyMap<string, string>, asked: string[]): Promise<Server> {
  const server = createServer((request, response) => {
    const path = (request.url ?? "/").slice(1);
    asked.push(path);
    const text = files.get(path);
    response.writeHead(text === undefined ? 404 : 200, {
      "content-type": `${types[path.split(".").pop() ?? ""] ?? "text/plain"}; charset=utf-8`,
      "content-security-policy": policy,
    });
    response.end(text ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

/** A page with the validator and nothing else, whose console, errors and violations of the policy are faults. */
async function openPage(browser: Browser, url: string, faults: string[]): Promise<Page> {
  const page = await browser.newPage();
  page.on("console", (message) => faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(new URL("/", url).href)) faults.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  return page;
}

/** In the page: each vector and each drawn dataset asked, and the answers as the engine words them. */
const askInPage = `async ({ vectors, datasets }) => {
  const { answers, steps } = await globalThis.validatorUnderTest;
  return { vectors: vectors.map(answers), datasets: datasets.map(steps) };
}`;
const harness = `import { createAssessor, validate } from "./validator.js";
const counted = ({ rule, verdict, asked, not_evaluated }) => ({ rule, verdict, asked, not_evaluated });
globalThis.validatorUnderTest = Promise.resolve({
  answers(records) {
    const { rules, findings } = validate(records);
    return rules.map((one) => ({ ...counted(one), findings: findings.filter(({ rule }) => rule === one.rule).map(({ record = -1 }) => record).sort((a, b) => a - b) }));
  },
  steps({ steps, places }) {
    const assessor = createAssessor();
    for (const step of steps) "declares" in step ? assessor.declares(step.declares) : assessor.add(step);
    const { rules, findings } = assessor.finish();
    return rules.map((one) => ({ ...counted(one), at: findings.filter(({ rule }) => rule === one.rule).map(({ record }) => record === undefined ? "dataset" : places[record]).sort() }));
  },
});
`;

interface Answered {
  readonly rule: string;
  readonly verdict: string;
}

async function checkStandard(browser: Browser, id: string, runs: number): Promise<readonly string[]> {
  const faults: string[] = [];
  const standard = standardWithCases(id);
  const assets = await validatorAssets();
  const files = new Map(
    await buildStandard(standard, undefined, {
      runtime: assets["runtime.js"],
      records: assets["records.d.ts"],
      page: assets["coco.js"],
    }),
  );
  const { data, active } = await validatorModule(standard, undefined, assets["runtime.js"]);
  const notCovered = new Set(data.notCovered.map(({ rule }) => rule));
  files.set("harness.js", harness);
  files.set("harness.html", '<!doctype html><script type="module" src="harness.js"></script>');
  const asked: string[] = [];
  const server = await serve(files, asked);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const vectors = (files.get("vectors.jsonl") ?? "")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as { id: string; params?: unknown; records: unknown; expected: Answered[] })
      .filter(({ params }) => params === undefined);
    // What goes to the page is JSON.
    const datasets = (await drawn(id, runs, active)).filter(({ steps }) => isJson(steps));
    const page = await openPage(browser, `${url}/harness.html`, faults);
    const got = (await page.evaluate(
      `(${askInPage})(${JSON.stringify({ vectors: vectors.map(({ records }) => records), datasets })})`,
    )) as {
      vectors: Answered[][];
      datasets: Answered[][];
    };
    await page.close();
    const differ = (name: string, answers: readonly Answered[], expected: readonly Answered[]): void => {
      for (const one of expected) {
        const answer = answers.find(({ rule }) => rule === one.rule);
        const same = notCovered.has(one.rule)
          ? answer?.verdict === "indeterminate"
          : JSON.stringify(answer) === JSON.stringify(one);
        if (!same) faults.push(`${name}: ${JSON.stringify(answer)}, and the engine says ${JSON.stringify(one)}`);
      }
    };
    for (const [at, { id: name, expected }] of vectors.entries()) differ(name, got.vectors[at] ?? [], expected);
    for (const [at, { answers }] of datasets.entries()) differ(`dataset ${at}`, got.datasets[at] ?? [], answers);
    const records = datasets.reduce((sum, { places }) => sum + places.length, 0);
    const size = gzipSync(files.get("validator.js") ?? "", { level: 9 }).length;
    process.stdout.write(
      `${id}: ${size} bytes gzipped; ${vectors.length} vectors, ${datasets.length} drawn datasets with ${records} records compared\n`,
    );
    if (id === "ref-image-annotation") faults.push(...(await checkPage(browser, `${url}/coco.html`)));
  } finally {
    server.close();
  }
  return faults;
}

/** Datasets of every format, conforming and with each rule broken. */
async function drawn(
  id: string,
  runs: number,
  active: Parameters<typeof readRecords>[0],
): Promise<readonly ReadRecords[]> {
  const standard = standardWithCases(id);
  const suite = await suiteOf(standard);
  const datasets: ReadRecords[] = [];
  for (const writer of suite.writers)
    for (let run = 0; run < runs; run++)
      datasets.push(
        await readRecords(active, suite.drawConforming(writer, seededDraw(11, run)), askedFormat(writer.format)),
      );
  for (const rule of standard.rules) {
    if (rule.break === undefined || rule.break.params !== undefined) continue;
    const drawer = await suite.drawerOf(rule);
    for (let run = 0; drawer !== undefined && run < runs; run++) {
      const { format, files } = drawer(seededDraw(11, run));
      datasets.push(await readRecords(active, files, askedFormat(format)));
    }
  }
  return datasets;
}

const broken = JSON.stringify({
  images: [{ id: 1, file_name: "一.jpg", width: 640, height: 480 }],
  categories: [{ id: 1, name: "car" }],
  annotations: [
    { id: 1, image_id: 1, category_id: 1, bbox: [0, 0, 10, 10], area: 100, iscrowd: 0 },
    { id: 2, image_id: 1, category_id: 1, bbox: [600, 0, 100, 10], area: 1000, iscrowd: 0 },
    { id: 3, image_id: 1, category_id: 9, bbox: [20, 20, 10, 10], area: 100, iscrowd: 0 },
  ],
}).replace('"iscrowd":0}]', '"iscrowd":0,"iscrowd":0}]');

/** The page with a file that has a box outside, a dangling reference and a key twice: each is shown at its place, in both languages. */
async function checkPage(browser: Browser, url: string): Promise<readonly string[]> {
  const faults: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), "check-validator-"));
  try {
    const path = join(folder, "train.json");
    writeFileSync(path, broken);
    const page = await openPage(browser, url, faults);
    for (const name of [path, `${path}.gz`]) {
      if (name.endsWith(".gz")) writeFileSync(name, gzipSync(broken));
      await page.setInputFiles("#file:enabled", name);
      await page.waitForSelector("body:not([aria-busy]) .verdict", { timeout: 30_000 });
      const text = String(await page.evaluate("document.getElementById('results').innerText"));
      for (const wanted of [
        ["box-out-of-bounds", "/annotations/1"],
        ["label-undefined", "/annotations/2"],
        ["json-duplicate-key", "/annotations/2"],
        ["标注框位于数据项之内", "A box lies inside its media"],
        ["不符合", "nonconforming"],
      ].flat())
        if (!text.includes(wanted))
          faults.push(`page: ${wanted} is not shown of ${name.split(".").slice(1).join(".")}`);
    }
    await page.evaluate(axe);
    for (const lang of ["zh", "en", "both"]) {
      await page.click(`#lang-${lang}`);
      const found = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as {
        violations: { id: string; nodes: { target: unknown }[] }[];
      };
      for (const { id, nodes } of found.violations)
        faults.push(`page: ${lang}: axe ${id}: ${JSON.stringify(nodes[0]?.target)}`);
    }
    await page.setViewportSize({ width: 320, height: 640 });
    const width = Number(await page.evaluate("document.documentElement.scrollWidth"));
    if (width > 320) faults.push(`page: at 320 px it is ${width} px wide`);
    if (process.env["SCREENSHOT"] !== undefined) {
      await page.setViewportSize({ width: 1000, height: 900 });
      await page.screenshot({ path: process.env["SCREENSHOT"] });
    }
    await page.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return faults;
}

async function main(args: readonly string[]): Promise<number> {
  if (!existsSync(executable)) {
    process.stdout.write(
      `skipped validator-in-chromium: there is no ${executable} (Debian: apt-get install chromium)\n`,
    );
    return 0;
  }
  const at = args.indexOf("--runs");
  const runs = at < 0 ? 2 : Number(args[at + 1]);
  const named = args.filter((_, i) => at < 0 || (i !== at && i !== at + 1));
  const browser = await chromium.launch({
    executablePath: executable,
    args: ["--headless", "--no-sandbox", "--disable-gpu", ...quiet],
  });
  let failures = 0;
  try {
    for (const id of named.length > 0 ? named : ["ref-image-annotation", "mlc-croissant-1.0"]) {
      const faults = await checkStandard(browser, id, runs);
      for (const fault of faults.slice(0, 30)) process.stdout.write(`  ${fault.slice(0, 600)}\n`);
      process.stdout.write(
        `${id} in Chromium: ${faults.length === 0 ? "nothing differs" : `${faults.length} differ`}\n`,
      );
      failures += faults.length;
    }
  } finally {
    await browser.close();
  }
  return failures === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
