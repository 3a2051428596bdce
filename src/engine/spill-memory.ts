import { HeldChunks, type SpillFile } from "./held-chunks.js";

/** `SpillFolder` where there is no disk: in a browser what is written away stays in memory. */
export class SpillFolder {
  open(): SpillFile {
    const chunks = new HeldChunks();
    return {
      write: (bytes, position) => chunks.write(bytes, position),
      read: (target, position) => void chunks.read(target, position),
    };
  }

  close(): void {}
}
