import { expect, test } from "vitest";
import { assess } from "../src/assess.js";
import { renderTo } from "../src/report/render.js";
import { inFolder } from "./testing/folder.js";

const markup = `<img src=x onerror="alert(1)"></script><script>alert(2)</script>]]>&{{7*7}}`;
const data = JSON.stringify({
  images: [{ id: 1, file_name: `${markup}.jpg`, width: 4, height: 4, "__proto__ ": 1 }],
  categories: [{ id: 1, name: markup }],
  annotations: [
    { id: markup, image_id: 1, category_id: 1, bbox: [0, 0, 9, -9], area: 1, iscrowd: 0, [markup]: markup },
  ],
});

test("names that are markup come out as text in every rendering", () =>
  inFolder({ "<b onclick=alert(3)>.json": data }, async (folder) => {
    const report = await assess(folder, { name: markup });
    expect(report.findings.length).toBeGreaterThan(2);
    const rendered = async (to: string) =>
      String((await renderTo(report, to, { lang: "zh+en", digest: "0".repeat(64) })).content);
    const html = await rendered("html");
    for (const tag of ["<img src=x", "</script><script>alert", "<b onclick"]) expect(html).not.toContain(tag);
    // One script of the page's own, which ends where it should.
    expect(html.match(/<script/gi)?.length).toBe(html.match(/<\/script/gi)?.length);
    const markdown = (await rendered("md")).replace(/`[^`\n]*`/g, "");
    expect(markdown).not.toMatch(/(?<!\\)<(img|script|b )/);
    const junit = await rendered("junit");
    expect(junit).not.toContain("<img");
    expect(junit).not.toContain("<script");
    const sarif = JSON.parse(await rendered("sarif")) as { version: string };
    expect(sarif.version).toBe("2.1.0");
  }));
