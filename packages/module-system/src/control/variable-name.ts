import { InputError } from "@evenkeel/core";

/** Fails for what no expression could ask for. */
export function checkVariableName(name: string): void {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !words.has(name)) return;
  throw new InputError({
    code: "variable/name",
    message: `not a variable's name: ${JSON.stringify(name)}`,
    hint: "letters, digits and `_`, not beginning with a digit, and no word of Python or Jinja",
  });
}

const words = new Set(
  (
    "False None True and as assert async await break class continue def del elif else except finally for from global if " +
    "import in is lambda nonlocal not or pass raise return try while with yield"
  ).split(" "),
);
