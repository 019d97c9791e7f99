import { InputError } from "@evenkeel/core";

/** What a word of a pattern matches: `~` begins a regular expression, and else `*`, `?` and `[…]` are a shell's. */
export function nameMatcher(word: string): (name: string) => boolean {
  if (word === "~")
    throw new InputError({ code: "inventory/pattern", message: "after ~ a regular expression is missing" });
  try {
    const pattern = word.startsWith("~") ? fromPython(word.slice(1)) : new RegExp(`^(?:${fromGlob(word)})$`, "su");
    return (name) => pattern.test(name);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    const message = `${word} is no pattern of hosts: ${cause.message}`;
    throw new InputError({ code: "inventory/pattern", message, cause });
  }
}

/** Python's `match`: from the beginning of the name, not to its end. */
function fromPython(source: string): RegExp {
  const [, flags = ""] = /^\(\?([aims]+)\)/.exec(source) ?? [];
  const body = source
    .replace(/^\(\?[aims]+\)/, "")
    .replaceAll("(?P<", "(?<")
    .replace(/\(\?P=(\w+)\)/g, "\\k<$1>")
    .replaceAll("\\Z", "$");
  return new RegExp(`^(?:${body})`, flags.replace("a", ""));
}

function fromGlob(glob: string): string {
  return glob.replace(
    /\[(!?)(\]?[^\]]*)\]|[*?]|[^*?[]+|\[/g,
    (part, not: string | undefined, set: string | undefined) => {
      if (part === "*") return ".*";
      if (part === "?") return ".";
      if (set === undefined) return part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
      return `[${not === "!" ? "^" : ""}${set.replace(/[\\[\]^]/g, "\\$&")}]`;
    },
  );
}
