import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { quote, quoteAll } from "./quote.ts";

const awkward = [
  "",
  "plain",
  "a b",
  "it's",
  "''",
  `"`,
  "$(touch /tmp/pwned)",
  "`id`",
  "$HOME",
  "a\nb",
  "\n",
  "-n",
  "--",
  "*",
  "?",
  "[a-z]",
  "~",
  "~root",
  "a;b",
  "a&b",
  "a|b",
  "a>b",
  "#x",
  "\\",
  "\\'",
  "!x",
  "{a,b}",
  "=x",
  "ä€😀",
  "\t",
  "\r",
  "\x1b[31m",
  "x".repeat(100_000),
];

test.each(["sh", "bash"])("%s gives back every word as it was", (shell) => {
  const script = `for word in ${quoteAll(awkward)}; do printf '%s\\0' "$word"; done`;
  const words = execFileSync(shell, ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1);
  expect(words).toEqual(awkward);
});

test("a word that needs no quoting is left readable", () => {
  expect(quoteAll(["ls", "-l", "/etc/nginx.d/a_b-c.conf", "k=v"])).toBe("ls -l /etc/nginx.d/a_b-c.conf 'k=v'");
});

test("NUL is refused, with what to do instead", () => {
  expect(() => quote("a\0b")).toThrow(expect.objectContaining({ code: "shell/nul" }));
});
