import { hash } from "node:crypto";
import { Secret, unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import { actions, planTask, resultOf } from "../../testing/plan-task.ts";
import { template } from "./template.ts";

const dest = "/etc/app.conf";
const there = {
  type: "file",
  mode: "0644",
  owner: "root",
  group: "root",
  sha256: hash("sha256", "a\nb\n"),
  text: "a\nb\n",
};
const said = (state: unknown) => ({ "file /etc": { type: "directory" }, [`file ${dest}`]: state });

test.each([
  { name: "absent", state: { type: "absent" }, params: {}, changes: [`ensure file ${dest}`] },
  { name: "present", state: there, params: {}, changes: [] },
  { name: "drifted", state: { ...there, sha256: "x", text: "x" }, params: {}, changes: [`ensure file ${dest}`] },
  { name: "other line ends", state: there, params: { newline_sequence: "\\r\\n" }, changes: [`ensure file ${dest}`] },
  { name: "unsettled", state: unsettled("made before"), params: {}, changes: [`ensure file ${dest}`] },
])("$name", ({ state, params, changes }) => {
  expect(actions(planTask(template, { src: "a\nb\n", dest, ...params }, said(state)))).toEqual(changes);
});

test("lines end as asked, once, and a secret stays one", () => {
  const [change] = planTask(template, { src: "a\r\nb\n", dest, newline_sequence: "\r\n" }, said({ type: "absent" }));
  expect(change?.after).toHaveProperty("text", "a\r\nb\r\n");
  const secret = planTask(template, { src: new Secret("hunter2\n"), dest, newline_sequence: "\r\n" }, said(there));
  expect(JSON.stringify(secret)).not.toContain("hunter2");
});

test("a template makes a file, not a folder", () => {
  expect(() => planTask(template, { src: "", dest: "/etc/" }, said(there))).toThrow(
    expect.objectContaining({ code: "template/folder" }),
  );
  expect(() => planTask(template, { src: "", dest: "/etc" }, { "file /etc": { type: "directory" } })).toThrow(
    expect.objectContaining({ code: "file/is-folder" }),
  );
});

test("the result has the sums of what was rendered", () => {
  expect(resultOf(template, { src: "a\nb\n", dest }, said(there))).toMatchObject({
    dest,
    checksum: hash("sha1", "a\nb\n"),
    mode: "0644",
  });
});
