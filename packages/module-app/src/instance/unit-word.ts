import { InputError } from "@evenkeel/core";

/** One word of a unit file, whatever is in it: systemd has quotes, escapes, specifiers and variables of its own. */
export function unitWord(text: string, { isCommand = false } = {}): string {
  if (/[\0\n\r]/.test(text)) {
    throw new InputError({
      code: "app/unit-text",
      message: `a unit cannot hold this, since it has a line break in it: ${JSON.stringify(text.slice(0, 80))}`,
      hint: "put it into a file; what is secret goes by `secrets`",
    });
  }
  const escaped = text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("%", "%%");
  return `"${isCommand ? escaped.replaceAll("$", "$$$$") : escaped}"`;
}
