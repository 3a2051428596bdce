import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newResolver } from "./resolve.js";
import { listData } from "./walk.js";

let folder = "";
let root = "";
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "touchstone-walk-")));
  root = join(folder, "data");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(...paths: readonly string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), path);
  }
}
function link(path: string, target: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  symlinkSync(target, join(root, path));
}
const pathsOf = () => listData(root).files.map(({ path, index }) => `${index} ${path}`);

describe("listing", () => {
  test("files come in the order of their paths, hidden ones are left out", () => {
    write("b.json", "a/z.png", "a/.DS_Store", ".git/config", "__MACOSX/b.json", "B.json");
    expect(pathsOf()).toEqual(["0 B.json", "1 a/z.png", "2 b.json"]);
  });

  test("a folder has the name it has without links, though a link to it comes first", () => {
    write("store/a.png");
    link("0", join(root, "store"));
    expect(pathsOf()).toEqual(["0 store/a.png"]);
  });

  test("a file has both its names", () => {
    write("store/a.png");
    link("images/b.png", join(root, "store/a.png"));
    expect(pathsOf()).toEqual(["0 images/b.png", "1 store/a.png"]);
  });

  test("links that lead back, to themselves or nowhere end nothing", () => {
    write("a.json");
    link("deeper/back", root);
    link("loop", "loop");
    link("gone", join(folder, "nothing"));
    expect(pathsOf()).toEqual(["0 a.json"]);
  });

  test("a link that leads out is not followed, and remembered", () => {
    write("a.json");
    mkdirSync(join(folder, "elsewhere"));
    writeFileSync(join(folder, "elsewhere/x.png"), "");
    link("images", join(folder, "elsewhere"));
    expect(pathsOf()).toEqual(["0 a.json"]);
    expect(listData(root).outside).toEqual(["images"]);
  });

  test("a pipe in the folder is passed over, a pipe as the data is an error", () => {
    write("a.json");
    execFileSync("mkfifo", [join(root, "pipe")]);
    expect(pathsOf()).toEqual(["0 a.json"]);
    expect(() => listData(join(root, "pipe"))).toThrow(expect.objectContaining({ code: "TS-IO-0001" }));
  });

  test("a path that is not there is TS-USAGE-0002", () => {
    expect(() => listData(root)).toThrow(expect.objectContaining({ code: "TS-USAGE-0002" }));
  });
});

describe("resolving a path of the data", () => {
  /** What the path means in a file: a path below the root, "unsafe", or undefined. */
  function meaning(path: string, from = "annotations/train.json", media?: string) {
    const data = listData(root);
    const file = data.files.find((one) => one.path === from);
    const found = newResolver(data, media)(path, file);
    return typeof found === "object" ? found.path : found;
  }

  test.each([
    ["a.png", "annotations/a.png"], // beside the file that names it
    ["images/train/b.png", "images/train/b.png"], // below the root
    ["b.png", "images/train/b.png"], // by its end, of the file's own split
    ["val/b.png", "images/val/b.png"],
    ["images\\val\\b.png", "images/val/b.png"],
    ["../images/val/b.png", "images/val/b.png"], // stays below the root
    ["c.png", undefined],
    ["../../b.png", "unsafe"],
    ["x/../../../b.png", "unsafe"],
    ["/etc/hostname", "unsafe"],
    ["C:\\b.png", "unsafe"],
    ["..", undefined], // the root itself, and no file
  ])("%s is %s", (path, expected) => {
    write("annotations/train.json", "annotations/a.png", "images/train/b.png", "images/val/b.png");
    expect(meaning(path)).toBe(expected);
  });

  test("through a link to a folder below the root", () => {
    write("annotations/train.json", "store/a.png");
    link("images", join(root, "store"));
    expect(meaning("images/a.png")).toBe("store/a.png");
  });

  test("a link that leads out of the root is unsafe, and so is what lies behind it", () => {
    write("annotations/train.json");
    mkdirSync(join(folder, "elsewhere"));
    writeFileSync(join(folder, "elsewhere/a.png"), "");
    link("images", join(folder, "elsewhere"));
    link("b.png", join(folder, "elsewhere/a.png"));
    expect([meaning("images/a.png"), meaning("b.png")]).toEqual(["unsafe", "unsafe"]);
  });

  test("below --media first", () => {
    write("annotations/train.json", "images/a.png");
    mkdirSync(join(folder, "media/deep"), { recursive: true });
    writeFileSync(join(folder, "media/deep/a.png"), "");
    expect(meaning("a.png", "annotations/train.json", join(folder, "media"))).toBe("deep/a.png");
  });

  test("beside a file that is assessed alone, where no folder is walked", () => {
    write("train.json", "a.png", "images/b.png", "other/c.png");
    const data = listData(join(root, "train.json"));
    const resolve = newResolver(data);
    const found = ["a.png", "b.png", "c.png", "../x.png"].map((path) => {
      const file = resolve(path, data.files[0]);
      return typeof file === "object" ? file.path : file;
    });
    expect(found).toEqual(["a.png", "images/b.png", undefined, "unsafe"]);
  });
});
