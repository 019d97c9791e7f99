import { execFileSync } from "node:child_process";
import { hash } from "node:crypto";
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { find } from "./find.ts";
import type { FindVia } from "./find-via.ts";

const top = mkdtempSync(join(tmpdir(), "evenkeel-find-"));
mkdirSync(join(top, "deep/er"), { recursive: true });
writeFileSync(join(top, "a.log"), "one\ntwo\n");
writeFileSync(join(top, "line\nfeed.log"), "three");
writeFileSync(join(top, ".hidden.log"), "");
writeFileSync(join(top, "deep/er/b.txt"), Buffer.from([0, 1]));
symlinkSync("a.log", join(top, "link.log"));

function ask(via: Partial<FindVia>, folders = [top]) {
  const whole: FindVia = { sort: "file", hidden: false, follow: false, names: [], contents: false, ...via };
  const output = execFileSync("sh", ["-c", find.read(folders, whole)]);
  return find.parse(output, folders, whole);
}

function paths(via: Partial<FindVia>) {
  const state = ask(via).get(top);
  return state?.state === "present" ? state.found.map(({ path }) => path.slice(top.length + 1)).sort() : [];
}

test("what fits is found", () => {
  expect(paths({})).toEqual(["a.log", "deep/er/b.txt", "line\nfeed.log"]);
  expect(paths({ depth: 1 })).toEqual(["a.log", "line\nfeed.log"]);
  expect(paths({ hidden: true, names: ["*.log"] })).toEqual([".hidden.log", "a.log", "line\nfeed.log"]);
  expect(paths({ names: ["*.txt", "a*"] })).toEqual(["a.log", "deep/er/b.txt"]);
  expect(paths({ sort: "directory" })).toEqual(["deep", "deep/er"]);
  expect(paths({ sort: "link" })).toEqual(["link.log"]);
  expect(paths({ sort: "any", depth: 2 })).toEqual(["a.log", "deep", "deep/er", "line\nfeed.log", "link.log"]);
});

test("sums and contents come along", () => {
  const states = ask({ algorithm: "sha1", contents: true }, ["/no/such", top, join(top, "deep/er")]);
  expect(states.get("/no/such")).toEqual({ state: "absent" });
  const state = states.get(top);
  const found =
    state?.state === "present"
      ? new Map(state.found.map((each) => [each.path.slice(top.length + 1), each]))
      : new Map();
  expect(found.get("a.log")).toMatchObject({ checksum: hash("sha1", "one\ntwo\n"), text: "one\ntwo\n", size: 8 });
  expect(found.get("line\nfeed.log")).toMatchObject({ checksum: hash("sha1", "three"), text: "three" });
  expect(found.get("deep/er/b.txt")).not.toHaveProperty("text");
  expect(states.get(join(top, "deep/er"))).toMatchObject({ found: [{ path: join(top, "deep/er/b.txt") }] });
});
