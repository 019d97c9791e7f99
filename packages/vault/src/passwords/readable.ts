import { InputError } from "@evenkeel/core";

/** What `read` gives, or an error that says which file is not to be read, and why. */
export function readable<T>(path: string, what: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new InputError({
      code: "vault/unreadable",
      message: `the ${what} ${path} ${WHY[code ?? ""] ?? `cannot be read: ${message}`}`,
      cause,
    });
  }
}

const WHY: Readonly<Record<string, string>> = {
  ENOENT: "is not there",
  EACCES: "cannot be read: permission denied",
  EISDIR: "is a folder",
};
