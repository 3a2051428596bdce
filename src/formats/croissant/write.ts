import { editJson } from "../json/edit.js";
import type { Writer } from "../write.js";
import { layOut } from "./layout.js";

const file = "croissant.json";

/** Croissant 1.0: the description as JSON, a node or property a line, so that the line of a node tells which one it is. */
export const croissantWriter: Writer = {
  format: "croissant",
  carries: {
    node: true,
    category: [],
    media: [],
    annotation: [],
    coordinates: "any",
    ids: "own",
    needsPictures: false,
  },
  write({ description }, files, placed) {
    if (description === undefined) return;
    const { root, nodes, beside } = description;
    const edits = nodes.flatMap(({ record, edits: own = [] }) =>
      own.map((edit) => ({ ...edit, at: `${record.pointer ?? ""}${edit.at}` })),
    );
    const { text, lines } = layOut(editJson(JSON.stringify(root), edits));
    files.text(file, text);
    nodes.forEach((node, element) => {
      const pointer = node.record.pointer ?? "";
      placed(node, { file, line: lines.get(pointer) ?? 1, element, pointer });
    });
    for (const [path, bytes] of beside) files.bytes(path, bytes);
  },
};
