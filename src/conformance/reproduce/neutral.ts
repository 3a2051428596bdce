/** Words of folders and files that formats go by: they say nothing of the data. */
const words =
  "images?|imgs?|labels?|annotations?|jpegimages|imagesets|main|layout|segmentation|train|training|val|valid|validation|test|testing|trainval|" +
  "data|dataset|classes|names|panoptic|masks?|instances|captions|person_keypoints|keypoints|results?|lvis|metadata|croissant|obj|coco|voc|yolo|labelmap";
const structural = new RegExp(`^(?:${words}|v?\\d{1,4})(?:[_-]?(?:${words}|v?\\d{1,4}))*$`, "i");

/** A piece of a text that is replaced as one: the stem of a file, a folder, a name. Empty pieces and structural words are not. */
export type Rename = (atom: string) => string;

/** The text with each of its atoms renamed: of a path folder by folder, the extension stays; a date keeps its form; a number is none. */
export function renamed(text: string, rename: Rename): string {
  if (/^\d{4}-\d{2}-\d{2}/.test(text)) return `2000-01-01${text.slice(10).replaceAll(/\d/g, "0")}`;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return `https://example.org/${rename(text)}`;
  if (!looksLikePath(text)) return rename(text);
  const segments = text.split(/([/\\])/);
  return segments
    .map((segment, at) => {
      if (/^(?:[/\\]|\.{0,2}|[a-z]:)$/i.test(segment)) return segment;
      const extension = at === segments.length - 1 ? (/(?:\.[a-z0-9]{1,5}){1,2}$/i.exec(segment)?.[0] ?? "") : "";
      const stem = segment.slice(0, segment.length - extension.length);
      return stem === "" || isWord(stem, at < segments.length - 1) ? segment : rename(stem) + extension;
    })
    .join("");
}

/** Digits alone are a word of a folder (a year), and the name of a file. */
function isWord(stem: string, isFolder: boolean): boolean {
  return structural.test(stem) && (isFolder || /[a-z]/i.test(stem));
}

function looksLikePath(text: string): boolean {
  return /[/\\]/.test(text) ? !/\s[/\\]|[/\\]\s/.test(text) : /^\S.*\.[a-z][a-z0-9]{1,4}$/i.test(text);
}

/** Names in the order in which they are asked for: the same for the same. */
export function newNames(): Rename {
  const names = new Map<string, string>();
  return (atom) => {
    const known = names.get(atom);
    if (known !== undefined) return known;
    const name = `name-${names.size + 1}`;
    names.set(atom, name);
    return name;
  };
}

/**
 * The form of a text without what it says: letters become a and A, digits 0, Han characters 字, letters of other scripts à. Case, white space, marks and
 * control characters stay, for they are what rules on texts look at; so do structural words in it (`street-train-07` tells a split).
 */
export function formOf(text: string): string {
  return text
    .split(/([-_./\\ ]+)/)
    .map((piece) => (isWord(piece, false) ? piece : letterForm(piece)))
    .join("");
}

function letterForm(text: string): string {
  return text
    .replaceAll(/[a-z]/g, "a")
    .replaceAll(/[A-Z]/g, "A")
    .replaceAll(/[0-9]/g, "0")
    .replaceAll(/\p{Script=Han}/gu, "字")
    .replaceAll(/(?![a-zA-Z字])\p{L}/gu, "à");
}
