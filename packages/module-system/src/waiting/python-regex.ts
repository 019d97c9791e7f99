import { InputError } from "@evenkeel/core";

/** A regular expression as Python reads it, with `^` and `$` at every line. */
export function pythonRegex(source: string): RegExp {
  const [, letters = "", rest = source] = /^\(\?([aimsux]+)\)(.*)$/s.exec(source) ?? [];
  const flags = new Set(["m", ...[...letters].filter((letter) => "is".includes(letter))]);
  const pattern = rest
    .replace(/\(\?P<(\w+)>/g, "(?<$1>")
    .replace(/\(\?P=(\w+)\)/g, "\\k<$1>")
    .replaceAll("\\A", "(?<![^])")
    .replaceAll("\\Z", "(?![^])");
  try {
    return new RegExp(pattern, [...flags].join(""));
  } catch (cause) {
    throw new InputError({
      code: "regex/invalid",
      message: `Invalid regular expression: ${source}`,
      detail: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}
