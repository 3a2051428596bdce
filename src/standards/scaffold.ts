import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../records/errors.js";

const standardText = (id: string): string => `id: ${id}
edition: 0.1.0
number: ${id}
title: { zh: 新标准, en: A new standard }
status: draft
claim: illustrative
provenance:
  publisher: { zh: 发布单位, en: The publisher }
  read: own
  note: { zh: 草案，待修改, en: "A draft, to be changed" }
clauses:
  - id: "1"
    title: { zh: 标注框, en: Boxes }
    clauses:
      - { id: "1.1", title: { zh: 尺寸, en: Size }, obligation: requirement, decided_by: rule }
`;

const ruleText = `- id: box-below-minimum
  clause: "1.1"
  claim: illustrative
  obligation: requirement
  certainty: exact
  severity: major
  title: { zh: 标注框不小于最小面积, en: A box is not below the least area }
  on: annotation
  when: has(annotation.box)
  assert: annotation.box.width * annotation.box.height >= params.min_area_px2
  params: { min_area_px2: 16 }
  means: { zh: 过小的框难以用于训练, en: A box this small is of little use for training }
  fix: { zh: 删除或重画该框, en: Delete the box or draw it again }
  break: # how a generated dataset is broken so that the rule finds it: touchstone suite run
    set: { annotation.box.width: params.min_area_px2 / annotation.box.height / 2.0 }
  cases:
    conforming: [ { annotation: { box: { x: 0, y: 0, width: 4, height: 4 } } } ] # exactly the least area
    violating: [ { annotation: { box: { x: 0, y: 0, width: 5, height: 3 } } } ] # one px² less
    inapplicable: [ { annotation: { label: cat } } ] # no box, not asked
`;

/** Makes \`<out>/<id>/0.1.0\` with one rule to change; gives the folder. */
export function newStandard(id: string, out: string): string {
  if (!/^[a-z0-9]+([.-][a-z0-9]+)*$/.test(id) || id.endsWith("-partial")) {
    throw new UsageError("TS-USAGE-0001", {
      found: `standard new ${id}`,
      expected: "lower-case letters, digits, - and .; an encoding of a part gets its -partial when it is one",
    });
  }
  const folder = join(out, id, "0.1.0");
  if (existsSync(folder))
    throw new UsageError("TS-USAGE-0001", { file: folder, found: "it is there already", expected: "a new folder" });
  mkdirSync(join(folder, "rules"), { recursive: true });
  writeFileSync(join(folder, "standard.yaml"), standardText(id));
  writeFileSync(join(folder, "rules", "example.yaml"), ruleText);
  return folder;
}
