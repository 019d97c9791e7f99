import { expect, test } from "vitest";
import { modeText, octalMode } from "./mode.ts";

test.each([
  ["0644", "0644"],
  ["644", "0644"],
  ["00755", "0755"],
  ["0o600", "0600"],
  ["1777", "1777"],
  [0o644, "0644"],
  [0o1777, "1777"],
  ["u=rwX, g=rX", "u=rwX,g=rX"],
  ["a+x", "a+x"],
] as const)("%j is the mode %s", (given, text) => {
  expect(modeText(given)).toBe(text);
});

test.each([644, 755, 600, 400, -1, 1.5, 70_000, "0844", "rw-r--r--", "u", "", "u=q"])("%j is no mode", (given) => {
  expect(() => modeText(given)).toThrow(expect.objectContaining({ code: "file/mode" }));
});

/** As GNU's chmod did it, under the umask 022. */
test.each([
  ["u=rwx,g=rx,o=", "0644", "0750"],
  ["+x", "0644", "0755"],
  ["+w", "0444", "0644"],
  ["a+w", "0444", "0666"],
  ["go-w", "0666", "0644"],
  ["u+s,g+s,o+t", "0755", "7755"],
  ["u=rw", "4755", "0655"],
  ["g=u", "0740", "0770"],
  ["o=g-x", "0750", "0754"],
  ["a=r,u+w", "0777", "0644"],
  ["+X", "0644", "0644"],
  ["+X", "0744", "0755"],
  ["u=rwX,g=rX,o=rX", "0600", "0644"],
  ["-s", "6755", "0755"],
  ["o-t", "1777", "0777"],
] as const)("%s makes %s %s", (mode, before, after) => {
  expect(octalMode(mode, { mode: before, isDirectory: false })).toBe(after);
});

test("X opens folders", () => {
  expect(octalMode("u=rwX,g=rX,o=", { mode: "0600", isDirectory: true })).toBe("0750");
});
