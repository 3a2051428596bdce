/** A CEL signature, `ringArea(list<double>): double`, in parts. */
export interface Signature {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly result: string;
}

/** Reads a signature and holds its types against those that are known: the parser's own registry accepts a misspelt one and fails later. */
export function parseSignature(text: string, isRecord: (name: string) => boolean): Signature {
  const match = /^([A-Za-z_]\w*)\(([^()]*)\): (.+)$/.exec(text);
  if (match === null) throw new Error(`not a CEL signature: ${text}`);
  const [, name = "", list = "", result = ""] = match;
  const parameters = list === "" ? [] : splitTypes(list);
  for (const type of [...parameters, result]) {
    if (!isType(type, isRecord)) throw new Error(`${text}: there is no type ${type}`);
  }
  return { name, parameters, result };
}

/** At commas outside of `<…>`. */
function splitTypes(list: string): string[] {
  const out: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < list.length; i++) {
    const c = list[i];
    if (c === "<") depth++;
    else if (c === ">") depth--;
    else if (c === "," && depth === 0) {
      out.push(list.slice(from, i).trim());
      from = i + 1;
    }
  }
  out.push(list.slice(from).trim());
  return out;
}

function isType(type: string, isRecord: (name: string) => boolean): boolean {
  if (type === "bool" || type === "int" || type === "double" || type === "string") return true;
  const inner = /^list<(.+)>$/.exec(type)?.[1] ?? /^map<string, (.+)>$/.exec(type)?.[1];
  return inner === undefined ? isRecord(type) : isType(inner, isRecord);
}
