import { hash } from "node:crypto";
import { Secret, unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import { actions, planTask, resultOf } from "../../testing/plan-task.ts";
import { copy } from "./copy.ts";

const dest = "/etc/motd";
const there = {
  ...{ type: "file", mode: "0644", owner: "root", group: "root" },
  ...{ sha256: hash("sha256", "hi\n"), size: 3, text: "hi\n" },
} as const;
const folder = { type: "directory", mode: "0755" };
const ours = { localFile: "/site/files/page.html", sha256: "a".repeat(64), size: 9_000_000 };
const on = (state: unknown, more: object = {}) => ({ "file /etc": folder, [`file ${dest}`]: state, ...more });
const changed = [`ensure file ${dest}`];

test.each([
  { name: "absent", state: { type: "absent" }, params: {}, changes: changed },
  { name: "present", state: there, params: {}, changes: [] },
  { name: "drifted", state: { ...there, sha256: "0".repeat(64) }, params: {}, changes: changed },
  { name: "drifted in mode", state: there, params: { mode: "0600" }, changes: changed },
  { name: "mode in letters, so already", state: there, params: { mode: "u=rw,go=r" }, changes: [] },
  { name: "a mode that YAML made a number of", state: there, params: { mode: 0o644 }, changes: [] },
  { name: "unsettled", state: unsettled("a package brings it"), params: {}, changes: changed },
  {
    name: "drifted, but not by force",
    state: { ...there, sha256: "0".repeat(64) },
    params: { force: false },
    changes: [],
  },
  { name: "a link is replaced", state: { type: "link", target: "x" }, params: {}, changes: changed },
])("$name", ({ state, params, changes }) => {
  expect(actions(planTask(copy, { dest, content: "hi\n", ...params }, on(state)))).toEqual(changes);
});

test("a link is followed to what it leads to", () => {
  const said = on(
    { type: "link", target: "x" },
    { [`file-followed ${dest}`]: { ...there, text: "old", sha256: "b", path: "/run/x" } },
  );
  expect(actions(planTask(copy, { dest, content: "hi\n", follow: true }, said))).toEqual(["ensure file /run/x"]);
});

test("a file is put into what ends with a slash, or is a folder", () => {
  const said = { "file /srv": folder };
  expect(actions(planTask(copy, { dest: "/srv", src: ours }, said))).toEqual(["ensure file /srv/page.html"]);
  expect(actions(planTask(copy, { dest: "/srv/a/b/", src: ours, directory_mode: "0700" }, said))).toEqual([
    "ensure file /srv/a",
    "ensure file /srv/a/b",
    "ensure file /srv/a/b/page.html",
  ]);
});

test("a large file of ours travels as it is", () => {
  const [change] = planTask(copy, { dest, src: ours, owner: "www-data" }, on({ type: "absent" }));
  expect(change?.steps).toMatchObject([{ do: "write", path: dest, content: ours, owner: "www-data" }]);
});

test("a file of the host's is copied on the host, and only when it differs", () => {
  const params = { dest, src: "/usr/share/motd", remote_src: true };
  expect(actions(planTask(copy, params, on(there, { "file /usr/share/motd": there })))).toEqual([]);
  const [change] = planTask(copy, params, on({ type: "absent" }, { "file /usr/share/motd": there }));
  expect(change?.steps).toMatchObject([{ do: "run", argv: expect.arrayContaining(["copy", dest, "/usr/share/motd"]) }]);
  expect(() => planTask(copy, params, on(there))).toThrow(expect.objectContaining({ code: "copy/source-absent" }));
  const open = planTask(copy, params, on(there, { "file /usr/share/motd": unsettled("made before") }));
  expect(actions(open)).toEqual(changed);
});

test("folders are copied as trees, on the host too", () => {
  const differing = [{ path: "/srv/site", why: "new", there: { type: "absent" }, desired: { type: "directory" } }];
  const said = {
    "file /srv": folder,
    "file /from/site": folder,
    "tree /srv/site": { differing },
    "tree /srv": { differing: [] },
  };
  expect(actions(planTask(copy, { dest: "/srv", src: "/ours/site" }, said))).toEqual(["ensure tree /srv/site"]);
  expect(actions(planTask(copy, { dest: "/srv", src: "/ours/site/" }, said))).toEqual([]);
  expect(actions(planTask(copy, { dest: "/srv", src: "/from/site", remote_src: true }, said))).toEqual([
    "ensure tree /srv/site",
  ]);
});

test.each([
  { name: "no folder around it", params: { dest: "/no/such/file", content: "" }, code: "file/no-folder" },
  { name: "a folder in its place", params: { dest: "/srv", content: "" }, code: "file/is-folder" },
  { name: "two sources", params: { dest, content: "", src: ours }, code: "copy/params" },
  { name: "no source", params: { dest }, code: "copy/params" },
  { name: "a check of nothing", params: { dest, content: "", validate: "true" }, code: "file/validate" },
  { name: "another checksum", params: { dest, content: "", checksum: "a" }, code: "copy/params" },
])("$name is refused", ({ params, code }) => {
  expect(() => planTask(copy, params, { "file /etc": folder, "file /srv": folder })).toThrow(
    expect.objectContaining({ code }),
  );
});

test("a secret stays one", () => {
  const changes = planTask(copy, { dest, content: new Secret("hunter2") }, on(there));
  expect(JSON.stringify(changes)).not.toMatch(/hunter2|hi\\n/);
});

test("the result has Ansible's fields", () => {
  expect(resultOf(copy, { dest, content: "hi\n" }, on({ ...there, uid: 0, gid: 0 }))).toEqual({
    ...{ dest, state: "file", mode: "0644", owner: "root", group: "root", uid: 0, gid: 0, size: 3 },
    ...{ checksum: hash("sha1", "hi\n"), md5sum: hash("md5", "hi\n") },
  });
});
