import type { NodeRecord } from "../records/types.gen.js";

/** What the documentation that was read says of the dataset: which properties its nodes have. */
export interface Documented {
  readonly file: number;
  /** Whether the dataset itself is described; a file without its node documents nothing. */
  described: boolean;
  name: string;
  date: string;
  /** `role.property` */
  readonly properties: Set<string>;
}

/** Notes the properties of a node, by the role of the node; files in the order read. */
export function note(documented: Map<number, Documented>, file: number, node: NodeRecord): void {
  let entry = documented.get(file);
  if (entry === undefined) {
    entry = { file, described: false, name: "", date: "", properties: new Set() };
    documented.set(file, entry);
  }
  if (node.role === undefined || node.role === "context") return;
  for (const property of node.properties ?? []) entry.properties.add(`${node.role}.${property}`);
  if (node.role !== "dataset") return;
  entry.described = true;
  entry.name = node.name ?? "";
  const dated = ["dateModified", "datePublished", "dateCreated"].map(
    (property) => node.values?.find((value) => value.property === property)?.text,
  );
  entry.date = dated.find((text) => text !== undefined && text !== "") ?? "";
}
