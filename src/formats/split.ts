const names: Readonly<Record<string, "train" | "val" | "test">> = {
  train: "train",
  training: "train",
  val: "val",
  valid: "val",
  validation: "val",
  test: "test",
  testing: "test",
};

/** The split that a path names: a segment or a part of the file's name equal to train, val, valid or test, a year stripped; else none. */
export function splitOf(path: string): "train" | "val" | "test" | undefined {
  const parts = path.toLowerCase().split(/[/\\._-]+/);
  for (let i = parts.length - 1; i >= 0; i--) {
    const name = names[(parts[i] ?? "").replace(/\d{4}$/, "")];
    if (name !== undefined) return name;
  }
  return undefined;
}
