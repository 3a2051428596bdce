import type { SpillFile } from "./spill-folder.js";

/** `SpillFolder` where there is no disk: in a browser what is written away stays in memory. */
export class SpillFolder {
  open(): SpillFile {
    const chunks = new Map<number, Uint8Array>();
    let length = 0;
    return {
      write(bytes, position) {
        length = bytes.length;
        chunks.set(position, bytes.slice());
      },
      read(target, position) {
        // Chunks are of one length and never lie across each other; one row is read out of one chunk.
        const start = position - (position % length);
        target.set(chunks.get(start)?.subarray(position - start, position - start + target.length) ?? []);
      },
    };
  }

  close(): void {}
}
