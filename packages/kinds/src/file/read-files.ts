import { InputError, quote, readWords } from "@evenkeel/core";

/** Of longer files only the sum is read: nobody reads their diff. */
export const SHOWN_UP_TO = 65_536;
/** What is edited is read as a whole, up to here. */
const READ_UP_TO = 8 * 1024 * 1024;

/**
 * What a path is asked about:
 * - nothing said: what is there, a link as the link that it is, and texts up to a length;
 * - `follow`: a link only, as what it leads to;
 * - `long`: the text of a file only that is longer than that;
 * - `sums`: as nothing said, and no texts;
 * - `bare`: no sums either: a swap file is not read only to know that it is there.
 */
export type FileVia = "follow" | "long" | "sums" | "bare";

const words = (name: string) => readWords(new URL(name, import.meta.url));

/** Four processes, however many files: their attributes, their sums, their contents, where links point. */
export function readFilesScript(paths: readonly string[], via?: unknown): string {
  const { least, most } = readLengths(via);
  const lines = [
    `set -- ${paths.map(pathWord).join(" ")}`,
    `evk_most=${most} evk_least=${least} evk_bare=${via === "bare" ? "1" : ""}`,
    via === "follow" ? words("./read-followed.sh") : via === "long" ? words("./read-long.sh") : "",
    saysPaths(paths, via) ? "printf '%s\\0' \"$@\"" : "",
  ];
  return `${lines.filter(Boolean).join("\n")}\n${words("./read.sh")}`;
}

/** How long a text must be, and may be, to be read. */
export function readLengths(via: unknown): { readonly least: number; readonly most: number } {
  if (via === "sums") return { least: 0, most: -1 };
  return via === "long" ? { least: SHOWN_UP_TO + 1, most: READ_UP_TO } : { least: 0, most: SHOWN_UP_TO };
}

/** Whether the answer begins with the paths themselves: the host knows more of them than we do. */
export function saysPaths(paths: readonly string[], via?: unknown): boolean {
  return via === "follow" || paths.some((path) => path.startsWith("~"));
}

/** A path as a word of the shell, which knows where `~` is. */
export function pathWord(path: string): string {
  const [, home, rest = ""] = /^(~[A-Za-z0-9_.-]*)(\/.*)?$/s.exec(path) ?? [];
  if (home !== undefined && !path.includes("\0")) return rest === "" ? home : `${home}${quote(rest)}`;
  if (path.startsWith("/") && !path.includes("\0")) return quote(path);
  throw new InputError({
    code: "file/path",
    message: `not an absolute path: ${JSON.stringify(path)}`,
    hint: "a path on a host begins with `/`, or with `~` for a home",
  });
}
