import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readAssignments } from "./read-assignments.ts";
import { UnbalancedText } from "./split-words.ts";

interface Recorded {
  readonly line: string;
  readonly plain: Readonly<Record<string, string>>;
  readonly command: Readonly<Record<string, string>>;
}

const recorded = JSON.parse(
  readFileSync(new URL("../../fixtures/free-form/lines.json", import.meta.url), "utf8"),
) as readonly Recorded[];

test.each(recorded)("as Ansible's parse_kv reads $line", ({ line, plain, command }) => {
  expect(read(line, false)).toEqual(plain);
  expect(read(line, true)).toEqual(command);
});

test.each(["a='b", "msg={{ a", "echo {% if x", 'say "it'])("what is left open is refused: %s", (line) => {
  expect(() => readAssignments(line, true)).toThrow(UnbalancedText);
});

test("values know where in the line they stand", () => {
  const { values, rest } = readAssignments(`cp x creates="/a b"`, true);
  expect(values.get("creates")).toEqual({ text: "/a b", index: 14 });
  expect(rest).toEqual({ text: "cp x", index: 0 });
});

function read(line: string, isCommand: boolean) {
  const { values, rest } = readAssignments(line, isCommand);
  const entries = [...values].map(([name, { text }]) => [name, text]);
  return Object.fromEntries([...entries, ...(rest ? [["_raw_params", rest.text]] : [])]);
}
