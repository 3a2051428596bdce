import { afterAll, expect, test, vi } from "vitest";
import { standardFiles, type TinyRule } from "../../suites/testing/tiny-standard.js";
import { runCommand } from "./commands.js";
import { folderWith, removeFolders, runCli } from "./testing/run-cli.js";

afterAll(removeFolders);

/** Exit status of a command in this process, and what it prints. */
async function printedBy(args: readonly string[]) {
  const printed: string[] = [];
  const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => printed.push(String(text)) > 0);
  try {
    return { status: await runCommand(args), stdout: printed.join("") };
  } finally {
    write.mockRestore();
  }
}

const box = (width: number) => ({ annotation: { box: { x: 0, y: 0, width, height: 1 } } });
const wide: TinyRule = {
  id: "box-wide",
  on: "annotation",
  when: "has(annotation.box)",
  assert: "annotation.box.width > 0.0",
  cases: { conforming: [box(1)], violating: [box(2)], inapplicable: [{ annotation: { label: "cat" } }] },
};
/** A standard whose one rule has a violating case that it does not find, and no `break`. */
const folder = () =>
  `${folderWith(Object.fromEntries(Object.entries(standardFiles([wide])).map(([name, text]) => [`tiny/1.0.0/${name}`, text])))}/tiny/1.0.0`;
const notFound = {
  zh: "应违反；实际检查 1 条，发现 0 处，无法评估 0 条",
  en: "it should not hold; it was asked of 1, findings 0, could not be evaluated 0",
};

test.each([
  ["zh", `case box-wide：violating/0：${notFound.zh}`, "警告 no-break", "1 个问题，1 个警告，运行用例 3 个\n"],
  ["en", `case box-wide: violating/0: ${notFound.en}`, "warning no-break", "1 problems, 1 warnings, 3 cases run\n"],
])("standard lint --lang %s", async (lang, problem, warning, totals) => {
  const { status, stdout } = await printedBy(["standard", "lint", folder(), "--lang", lang]);
  expect(status).toBe(1);
  expect(stdout).toContain(problem);
  expect(stdout).toContain(warning);
  expect(stdout.endsWith(totals)).toBe(true);
});

test.each([
  ["zh", ["规则      符合  违反  不适用", "box-wide  1/1   0/1   1/1", `box-wide/violating/0：${notFound.zh}`]],
  ["en", ["rule      conforming  violating  inapplicable", "box-wide  1/1         0/1        1/1"]],
])("standard test --lang %s has its table in columns", async (lang, lines) => {
  const { status, stdout } = await printedBy(["standard", "test", folder(), "--lang", lang]);
  expect(status).toBe(1);
  expect(stdout.split("\n").slice(0, lines.length)).toEqual(lines);
});

test("--json gives both languages, whichever is asked for", async () => {
  const at = folder();
  for (const lang of ["zh", "en"]) {
    const linted = await printedBy(["standard", "lint", at, "--json", "--lang", lang]);
    const { problems } = JSON.parse(linted.stdout) as { problems: readonly { readonly code: string }[] };
    expect(problems.find(({ code }) => code === "case")).toMatchObject({
      message: { zh: `box-wide：violating/0：${notFound.zh}`, en: `box-wide: violating/0: ${notFound.en}` },
    });
    const tested = await printedBy(["standard", "test", at, "--json", "--lang", lang]);
    expect(JSON.parse(tested.stdout)).toContainEqual({
      rule: "box-wide",
      side: "violating",
      position: 0,
      name: "violating/0",
      ok: false,
      problem: notFound,
    });
  }
});

test("suite run tells a rule without a break in the reader's language", async () => {
  // In a process of its own: one that was forked takes itself for a part of the suite.
  const args = ["suite", "run", folder(), "--rule", "box-wide", "--runs", "1"];
  const [told, json] = await Promise.all([runCli([...args, "--lang", "zh"]), runCli([...args, "--json"])]);
  expect(told.status).toBe(1);
  expect(told.stdout).toMatch(
    /^未通过 box-wide +\n {5}没有 break\n种子 1，每条规则 1 个数据集：0 条通过，1 条未通过\n$/,
  );
  expect(JSON.parse(json.stdout)).toMatchObject([{ problem: { zh: "没有 break", en: "no break" } }]);
}, 60_000);
