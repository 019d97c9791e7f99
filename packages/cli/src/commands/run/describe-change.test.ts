import { stripVTControlCharacters } from "node:util";
import { Secret, unsettled } from "@evenkeel/core";
import { aptPackage, file } from "@evenkeel/kinds";
import { expect, test } from "vitest";
import { describeChange } from "./describe-change.ts";

const at = (state: Parameters<typeof file.ensure>[0]["state"]) => ({ kind: "file", key: "/etc/motd", state });
const there = { type: "file", mode: "0644", owner: "root", group: "root", sha256: "", text: "one\ntwo\n" } as const;

function described(actual: Parameters<typeof file.ensure>[0], desired: Parameters<typeof file.ensure>[1]) {
  const [change] = file.ensure(actual, desired);
  return change && stripVTControlCharacters(describeChange(change, file));
}

test("text shows as a unified diff, attributes one by one", () => {
  expect(described(at(there), { content: "one\nthree\n", mode: "0600" })).toBe(
    "mode       0644 → 0600\n@@ -1,2 +1,2 @@\n one\n-two\n+three\n",
  );
});

test("what cannot be known yet says why", () => {
  expect(described(at(unsettled("package nginx may bring it")), { content: "" })).toBe(
    "known after apply: package nginx may bring it\nstate      file\n",
  );
});

test("a secret is shown as changed, and not shown; nor is what it replaces", () => {
  expect(described(at(there), { content: new Secret("hunter2") })).toBe("content    *** → ***\n");
});

test("a file cannot speak to the terminal", () => {
  const shown = described(at({ type: "absent" }), { content: "\x1b]0;title\x07\x9b31m\n" });
  expect(shown).toContain("+␛]0;title␇�31m");
  expect(shown).not.toMatch(/[\x1b\x07\x9b]/);
});

test("a package shows its version", () => {
  const [change] = aptPackage.ensure(
    { kind: "package", key: "nginx", state: { state: "absent", candidate: "1.26" } },
    { state: "installed" },
  );
  expect(change && stripVTControlCharacters(describeChange(change, aptPackage))).toBe(
    "state      absent → installed\nversion    1.26\n",
  );
});
