import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import { comparedWith, comparisonIn } from "../comparison/comparison.ts";
import { below } from "./below.ts";

const entry = { path: "/srv/a", isLink: false, mode: "0600", owner: "root", group: "root" };

test.each([
  { name: "as wanted", state: { state: "present", differing: [] }, actions: [] },
  { name: "something differs", state: { state: "present", differing: [entry] }, actions: ["ensure"] },
  { name: "absent", state: { state: "absent" }, actions: ["ensure"] },
  { name: "unsettled", state: unsettled("made before"), actions: ["ensure"] },
] as const)("ensure: $name", ({ state, actions }) => {
  const via = { mode: "0644" };
  const changes = below.ensure(
    { kind: "below", key: "/srv", via, state: "unsettled" in state ? state : comparedWith(via, state) },
    via,
  );
  expect(changes.map(({ action }) => action)).toEqual(actions);
});

const top = mkdtempSync(join(tmpdir(), "evenkeel-below-"));
mkdirSync(join(top, "folder"));
writeFileSync(join(top, "folder/a b"), "");
writeFileSync(join(top, "line\nfeed"), "", { mode: 0o600 });
writeFileSync(join(top, "run"), "", { mode: 0o700 });
symlinkSync("/etc/passwd", join(top, "link"));
chmodSync(join(top, "folder"), 0o700);

function differing(via: object) {
  const output = execFileSync("sh", ["-c", below.read([top, "/no/such"], via)]);
  const states = below.parse(output, [top, "/no/such"], via);
  expect(comparisonIn(states.get("/no/such") ?? {}, via)).toEqual({ state: "absent" });
  const state = comparisonIn(states.get(top) ?? {}, via);
  return state?.state === "present" ? state.differing.map(({ path }) => path.slice(top.length + 1)).sort() : undefined;
}

test("the host lists what differs", () => {
  expect(differing({ mode: "0644" })).toEqual(["folder", "line\nfeed", "run"]);
  expect(differing({ mode: "u=rwX,go=rX" })).toEqual(["folder", "line\nfeed", "run"]);
  expect(differing({ mode: "u+rw" })).toEqual([]);
  expect(differing({ owner: userInfo().username, group: String(userInfo().gid) })).toEqual([]);
  expect(differing({ owner: "nobody" })).toEqual(["folder", "folder/a b", "line\nfeed", "link", "run"]);
  expect(differing({ owner: "not-made-yet" })).toHaveLength(5);
});

test("undo says each as it was, links without a mode", () => {
  const state = { state: "present", differing: [entry, { ...entry, path: "/srv/l", isLink: true }] } as const;
  const [change] = below.ensure(
    { kind: "below", key: "/srv", via: {}, state: comparedWith({}, state) },
    { mode: "0644" },
  );
  expect(change?.undo).toMatchObject([{ stdin: "00600 root:root /srv/a\n- root:root /srv/l\n" }]);
});

test("what one task wants of a folder says nothing of what another wants", () => {
  const [change] = below.ensure({ kind: "below", key: "/srv", via: { mode: "0644" }, state: {} }, { mode: "0644" });
  const other = { owner: "games" };
  const known = comparedWith(other, { state: "present", differing: [entry] } as const);
  const merged = { kind: "below", key: "/srv", via: other, state: { ...known, ...change?.after } };
  expect(below.ensure(merged, other)).toHaveLength(1);
});
