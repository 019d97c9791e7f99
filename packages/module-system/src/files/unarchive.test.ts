import { unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import { actions, planTask, resultOf } from "../../testing/plan-task.ts";
import { unarchive } from "./unarchive.ts";

const src = { localFile: "/site/files/app.tgz", sha256: "a".repeat(64), size: 100 };
const dest = "/srv/app";
const folder = { type: "directory", mode: "0755" };
const known = { sha256: src.sha256, differing: [], names: ["app/a"] };
const change = [`ensure unpacked ${dest}`];

test.each([
  { name: "absent", state: { state: "never", ...known }, params: {}, changes: change },
  { name: "present", state: { state: "same", ...known }, params: {}, changes: [] },
  { name: "drifted", state: { state: "differs", ...known, differing: ["app/a"] }, params: {}, changes: change },
  { name: "unsettled", state: unsettled("the folder is made before"), params: {}, changes: change },
  { name: "there by another sign", state: { state: "never", ...known }, params: { creates: "/srv/sign" }, changes: [] },
  {
    name: "not there by another sign",
    state: { state: "never", ...known },
    params: { creates: "/srv/no" },
    changes: change,
  },
])("$name", ({ state, params, changes }) => {
  const said = {
    "file /srv": folder,
    [`file ${dest}`]: folder,
    [`unpacked ${dest}`]: state,
    "file /srv/sign": { type: "file" },
  };
  expect(actions(planTask(unarchive, { src, dest, ...params }, said))).toEqual(changes);
});

test.each([
  { name: "no folder", params: { dest: "/srv/no" }, code: "unarchive/no-folder" },
  { name: "no archive", params: { src: "/srv/a.tgz", remote_src: true }, code: "unarchive/no-archive" },
  { name: "an address", params: { src: "http://a/b.tgz", remote_src: true }, code: "module/params" },
  { name: "both", params: { include: ["a"], exclude: ["b"] }, code: "module/params" },
])("$name is refused", ({ params, code }) => {
  const said = { "file /srv": folder, [`file ${dest}`]: folder };
  expect(() => planTask(unarchive, { src, dest, ...params }, said, { type: "absent", state: "no-archive" })).toThrow(
    expect.objectContaining({ code }),
  );
});

test("a result of nothing done says so", () => {
  const said = { [`file ${dest}`]: folder, "file /srv/sign": { type: "file" } };
  expect(resultOf(unarchive, { src, dest, creates: "/srv/sign" }, said)).toEqual({
    skipped: true,
    msg: "skipped, since /srv/sign exists",
  });
});

test("the result names what is in it, when asked", () => {
  const said = { [`file ${dest}`]: folder, [`unpacked ${dest}`]: { state: "same", ...known } };
  expect(resultOf(unarchive, { src, dest, list_files: true }, said)).toMatchObject({
    dest,
    src: src.localFile,
    files: ["app/a"],
  });
  const output = { stdout: "gzip\n./app/a\n./app/b c\n", stderr: "" };
  expect(resultOf(unarchive, { src, dest, list_files: true }, said, { outputs: [output] })).toMatchObject({
    handler: "TgzArchive",
    files: ["app/a", "app/b c"],
  });
});
