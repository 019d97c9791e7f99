import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { file } from "./file.ts";
import type { FileState } from "./file-state.ts";

const folder = mkdtempSync(join(tmpdir(), "evenkeel-bare-"));
const keys = ["text", "folder", "link", "none"].map((name) => join(folder, name));
writeFileSync(join(folder, "text"), "hello");
mkdirSync(join(folder, "folder"));
symlinkSync("text", join(folder, "link"));

function ask(via?: "bare"): Map<string, FileState> {
  return new Map(file.parse(execFileSync("sh", ["-c", file.read(keys, via)]), keys, via));
}

test("what is only to be known as there is neither summed nor read", () => {
  const whole = ask();
  expect(whole.get(keys[0] ?? "")).toMatchObject({ type: "file", text: "hello", sha256: expect.any(String) });
  for (const [key, state] of ask("bare")) {
    const { sha256: _, text: __, ...rest } = { sha256: "", text: "", ...whole.get(key) };
    expect(state).toEqual(rest);
  }
});
