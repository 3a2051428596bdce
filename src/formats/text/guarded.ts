import { InputError } from "../../records/errors.js";
import type { InputFile } from "../format.js";

/** Does the work on a file. An InputError ends this file only, and names it; a fault of ours goes on up. */
export function guarded(file: InputFile, onError: (file: InputFile, error: unknown) => void, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    onError(file, new InputError(error.code, { ...error.details, file: file.path }));
  }
}
