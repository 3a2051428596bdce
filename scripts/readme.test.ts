/** The documents say what is so: their commands run and end as stated, their tables are those of the code, both languages say the same. */
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { runCommand } from "../src/cli/commands.js";
import { readIssue, readProfile } from "../src/cli/inputs.js";
import { exitStatuses } from "../src/cli/texts.js";
import { formats } from "../src/formats/index.js";
import { TouchstoneError } from "../src/records/errors.js";
import { findStandard, shippedStandards } from "../src/standards/find.js";

const root = fileURLToPath(new URL("../", import.meta.url));
const english = page("README.md");
const chinese = page("README.zh.md");
const contributing = page("CONTRIBUTING.md");
const decisions = readdirSync(join(root, "docs/decisions")).sort();
const pages = [
  ...["README.md", "README.zh.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/dependencies.md"],
  ...decisions.map((name) => `docs/decisions/${name}`),
];
const manifest = JSON.parse(page("package.json")) as {
  readonly version: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};

interface Command {
  readonly line: string;
  readonly status: number;
}

/** Lines of the blocks marked `sh run`, without their comments, and the exit status that a comment states; 0 where none does. */
function commandsOf(markdown: string): Command[] {
  return blocksOf(markdown, "sh run").flatMap(({ text }) =>
    text.split("\n").map((whole) => {
      const at = whole.indexOf(" #");
      const comment = at < 0 ? "" : whole.slice(at);
      const stated = /(?:exit status|退出码) ?(\d+)/.exec(comment)?.[1];
      return { line: (at < 0 ? whole : whole.slice(0, at)).trim(), status: Number(stated ?? 0) };
    }),
  );
}

/** Files that the reader is told to write: blocks marked `yaml file=NAME`. */
function filesOf(markdown: string): { name: string; text: string }[] {
  return blocksOf(markdown, "yaml file=").map(({ info, text }) => ({ name: info.slice("yaml file=".length), text }));
}

function blocksOf(markdown: string, start: string): { info: string; text: string }[] {
  return [...markdown.matchAll(/^```(.*)\n([\s\S]*?)\n```$/gm)]
    .map(([, info = "", text = ""]) => ({ info, text }))
    .filter(({ info }) => info.startsWith(start));
}

/** The cells of the table below a heading, row by row, without backquotes. */
function tableBelow(markdown: string, heading: RegExp): string[][] {
  const section = markdown.split(/^(?=## )/m).find((one) => heading.test(one)) ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("|"));
  return rows.slice(2).map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll("`", "")),
  );
}

function page(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

async function statusOf(line: string): Promise<number> {
  try {
    return await runCommand(line.split(/\s+/));
  } catch (error) {
    if (error instanceof TouchstoneError) return error.exit;
    throw error;
  }
}

describe("the commands of the README", () => {
  const before = process.cwd();
  let folder: string;
  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "touchstone-readme-")));
    cpSync(join(root, "examples"), join(folder, "examples"), { recursive: true });
    for (const { name, text } of filesOf(english)) writeFileSync(join(folder, name), text);
    process.chdir(folder);
  });
  afterAll(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  });

  const commands = [...commandsOf(english), ...commandsOf(contributing)];
  test("there are some", () => expect(commands.length).toBeGreaterThan(12));
  // In their order: a later one uses what an earlier one wrote.
  test.each(commands)("$line ends with $status", async ({ line, status }) => {
    const call = line.replace(/^npm ci && /, "");
    const script = /^npm (?:run )?([a-z:]+)/.exec(call)?.[1];
    if (script !== undefined) {
      expect(manifest.scripts).toHaveProperty(script);
      return;
    }
    expect(call).toMatch(/^npx touchstone [^"'$`|<>;&]+$/);
    const printed = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    try {
      expect(await statusOf(call.replace("npx touchstone ", ""))).toBe(status);
    } finally {
      printed.mockRestore();
    }
  });
  test("the Chinese profile and issue file fit their schemas", () => {
    const files = filesOf(chinese);
    expect(files.map(({ name }) => name)).toEqual(filesOf(english).map(({ name }) => name));
    for (const { name, text } of files) {
      writeFileSync(join(folder, `zh-${name}`), text);
      const read = name === "issue.yaml" ? readIssue : readProfile;
      expect(() => read(join(folder, `zh-${name}`))).not.toThrow();
    }
  });
});

describe.each([
  ["en", english, /^## Formats\n/, /^## Standards\n/, /^## Exit status\n/],
  ["zh", chinese, /^## 格式\n/, /^## 标准\n/, /^## 退出码\n/],
])("the tables of the README in %s", (_, markdown, formatsAt, standardsAt, statusesAt) => {
  test("list the formats that can be read", () =>
    expect(tableBelow(markdown, formatsAt).map(([id, family]) => [id, family])).toEqual(
      formats.map(({ id, family }) => [id, family]),
    ));
  test("list the standards that ship, with their claims", () => {
    const words: Readonly<Record<string, string>> = { 原文: "normative", 转引: "reported", 示例: "illustrative" };
    const rows = tableBelow(markdown, standardsAt).map(([id = "", claim = ""]) => [id, words[claim] ?? claim]);
    expect(rows.sort()).toEqual(
      shippedStandards()
        .map(({ id }) => [id, findStandard(id).document.claim])
        .sort(),
    );
  });
  test.each([
    [exitStatuses.en, "Other commands"],
    [exitStatuses.zh, "其他命令"],
  ])("list the exit statuses of --help: %s", (text, rest) => {
    const help = text.slice(0, text.indexOf(rest));
    const statuses = [...help.matchAll(/(?:^|\s)\s+(\d+) /gm)].map(([, status]) => Number(status));
    expect(tableBelow(markdown, statusesAt).map(([status]) => Number(status))).toEqual(statuses.sort((a, b) => a - b));
  });
});

test("both languages have the same commands with the same statuses", () =>
  expect(commandsOf(chinese)).toEqual(commandsOf(english)));

test.each(pages)("the links of %s lead to files that are there", (path) => {
  const links = [...page(path).matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, target = ""]) => target);
  const broken = links.filter((link) => !/^[a-z]+:/.test(link) && !existsSync(join(root, dirname(path), link)));
  expect(broken).toEqual([]);
});

test.each(["README.md", "README.zh.md"])("the pictures of %s are small and have a text", (path) => {
  const pictures = [...page(path).matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g)];
  expect(pictures.length).toBeGreaterThan(0);
  for (const [, text = "", file = ""] of pictures) {
    expect(text.length).toBeGreaterThan(20);
    expect(statSync(join(root, file)).size).toBeLessThan(250_000);
  }
});

test("docs/dependencies.md has a line for each dependency, with its version", () => {
  const rows = page("docs/dependencies.md").matchAll(/^\| `([^`]+)` \| ([^ ]+) \|/gm);
  const listed = Object.fromEntries([...rows].map(([, name, version]) => [name, version]));
  expect(listed).toEqual({ ...manifest.dependencies, ...manifest.devDependencies });
});

test("the changelog has an entry for the version", () =>
  expect(page("CHANGELOG.md")).toContain(`## ${manifest.version}`));

test("decisions are numbered without a gap and have the three parts", () => {
  decisions.forEach((name, at) => {
    expect(name).toMatch(new RegExp(`^${String(at + 1).padStart(4, "0")}-[a-z0-9-]+\\.md$`));
    expect(page(`docs/decisions/${name}`), relative(root, name)).toMatch(
      /^# .+\n[\s\S]*\*\*Context\.\*\*[\s\S]*\*\*Decision\.\*\*[\s\S]*\*\*Consequence\.\*\*/,
    );
  });
});
