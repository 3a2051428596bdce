/** File systems take 255 bytes a name. */
const mostBytes = 240;

/** Whether a path of the data names a place below the root that can be written, and that a walk over the folder comes to. */
export function isBelowRoot(path: string | undefined): path is string {
  if (path === undefined || Buffer.byteLength(path) > mostBytes) return false;
  const segments = path.split("/");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what no file name has
  return segments.every((segment) => /^[^.\\:*?"<>|\u0000-\u001f][^\\:*?"<>|\u0000-\u001f]*$/.test(segment));
}

/** Gives each path once: a second that differs in case or normal form alone, as file systems ignore them, has a number behind its stem. */
export function newPaths(extension: string): (stem: string) => string {
  const taken = new Set<string>();
  return (stem) => {
    for (let again = 1; ; again++) {
      const path = again === 1 ? `${stem}${extension}` : `${stem}-${again}${extension}`;
      const key = path.normalize("NFC").toLowerCase();
      if (taken.has(key)) continue;
      taken.add(key);
      return path;
    }
  };
}
