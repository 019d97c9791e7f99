import { unsettled } from "@evenkeel/core";
import { describe, expect, test } from "vitest";
import { actions, planTask, resultOf } from "../../testing/plan-task.ts";
import { assemble } from "./assemble.ts";
import { slurp } from "./slurp.ts";
import { stat } from "./stat.ts";
import { tempfile } from "./tempfile.ts";

test("stat says what there is, and changes nothing", () => {
  const state = {
    state: "present",
    bits: 0o104711,
    uid: 0,
    gid: 0,
    owner: "root",
    size: 3,
    inode: 7,
    device: 8,
    links: 1,
    checksum: "x",
    flags: { version: "1", letters: "ie" },
  };
  const said = { "stat /srv/a": state };
  expect(planTask(stat, { path: "/srv/a" }, said)).toEqual([]);
  expect(resultOf(stat, { path: "/srv/a" }, said)?.stat).toMatchObject({
    ...{
      exists: true,
      mode: "4711",
      isreg: true,
      isuid: true,
      xoth: true,
      roth: false,
      pw_name: "root",
      checksum: "x",
    },
    ...{ mimetype: "unknown", attributes: ["immutable", "extents"], attr_flags: "ie", version: "1" },
  });
  expect(resultOf(stat, { path: "/srv/a" }, { "stat /srv/a": { state: "absent" } })).toEqual({
    stat: { exists: false },
  });
});

describe("slurp", () => {
  test.each(["absent", "folder", "unreadable", "too long"])("%s is refused", (state) => {
    expect(() => planTask(slurp, { src: "/a" }, { "bytes /a": { state } })).toThrow(
      expect.objectContaining({ code: "slurp/unreadable" }),
    );
  });
  test("what is there is said, and what is not known yet is no mistake", () => {
    expect(resultOf(slurp, { src: "/a" }, { "bytes /a": { state: "present", base64: "aGk=" } })).toMatchObject({
      content: "aGk=",
      encoding: "base64",
    });
    expect(planTask(slurp, { src: "/a" }, { "bytes /a": unsettled("made before") })).toEqual([]);
  });
});

describe("tempfile", () => {
  test("is an act each time, and its output is the path", () => {
    const changes = planTask(tempfile, { suffix: ".x" });
    expect(actions(changes)).toEqual(["run temporary ansible.*.x"]);
    expect(resultOf(tempfile, {}, {}, { outputs: [{ stdout: "/tmp/ansible.1\n", stderr: "" }] })).toEqual({
      path: "/tmp/ansible.1",
      state: "file",
    });
  });
  test.each([{ prefix: "../x" }, { suffix: "/x" }, { path: "relative" }])("%j is refused", (params) => {
    expect(() => planTask(tempfile, params)).toThrow(expect.objectContaining({ code: "module/params" }));
  });
});

describe("assemble", () => {
  const parts = {
    state: "present",
    fragments: [
      { name: "b", text: "two\n" },
      { name: "a", text: "one" },
      { name: ".h", text: "hidden\n" },
    ],
  };
  const said = (more: object = {}) => ({ "file /etc": { type: "directory" }, "fragments /parts": parts, ...more });
  const text = (params: object) => planTask(assemble, { src: "/parts", dest: "/etc/all", ...params }, said())[0]?.after;
  test.each([
    { params: {}, whole: "hidden\none\ntwo\n" },
    { params: { ignore_hidden: true, delimiter: "--" }, whole: "one\n--\ntwo\n" },
    { params: { ignore_hidden: true, delimiter: "\\x2d\\n" }, whole: "one\n-\ntwo\n" },
    { params: { regexp: "^b" }, whole: "two\n" },
    { params: { regexp: "none" }, whole: "" },
  ])("$params makes $whole", ({ params, whole }) => {
    expect(text(params)).toHaveProperty("text", whole);
  });
  test("parts that are not known yet", () => {
    const open = said({ "fragments /parts": unsettled("a part is made before") });
    expect(actions(planTask(assemble, { src: "/parts", dest: "/etc/all" }, open))).toEqual(["ensure file /etc/all"]);
  });
  test.each([{ state: { state: "absent" } }, { state: { state: "present", fragments: [{ name: "binary" }] } }])(
    "$state is refused",
    ({ state }) => {
      expect(() =>
        planTask(assemble, { src: "/parts", dest: "/etc/all" }, said({ "fragments /parts": state })),
      ).toThrow(expect.objectContaining({ code: "assemble/parts" }));
    },
  );
});
