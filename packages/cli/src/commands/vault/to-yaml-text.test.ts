import { expect, test } from "vitest";
import { toYamlText } from "./to-yaml-text.ts";

test.each([
  ["plain", '"plain"'],
  ["", '""'],
  ['say "hi"\t\\', '"say \\"hi\\"\\t\\\\"'],
  ["with an end\n", "|\n  with an end"],
  ["two\nlines", "|-\n  two\n  lines"],
  ["two\n\nlines\n", "|\n  two\n\n  lines"],
  [" indented\nfirst", '" indented\\nfirst"'],
  ["ends\n\n", '"ends\\n\\n"'],
  ["bell\x07\nline", '"bell\\u0007\\nline"'],
])("%j", (text, yaml) => {
  expect(toYamlText(text, "  ")).toBe(yaml);
});
