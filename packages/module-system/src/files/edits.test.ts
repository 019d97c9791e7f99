import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { AnyModule } from "@evenkeel/core";
import { Secret, unsettled } from "@evenkeel/core";
import { describe, expect, test } from "vitest";
import { actions, planTask, resultOf } from "../../testing/plan-task.ts";
import { blockinfile } from "./blockinfile.ts";
import { iniFile } from "./ini-file.ts";
import { lineinfile } from "./lineinfile.ts";
import { replace } from "./replace.ts";

const path = "/etc/app.conf";
const modules: Readonly<Record<string, AnyModule>> = { lineinfile, blockinfile, replace, ini_file: iniFile };
const holding = (text: string | Secret) => ({
  ...{ type: "file", mode: "0644", owner: "root", group: "root", text },
  sha256: hash("sha256", text instanceof Secret ? text.reveal() : text),
});
const said = (state: unknown) => ({ "file /etc": { type: "directory" }, [`file ${path}`]: state });

interface Recorded {
  readonly module: string;
  readonly before: string;
  readonly params: object;
  readonly after: string;
  readonly changed: boolean;
  /** Whether a second run changes it once more. */
  readonly again: boolean;
  readonly msg: string;
}

/** What ansible-core 2.19 made of some texts. */
const recorded = JSON.parse(
  readFileSync(new URL("../../testing/fixtures/edited-by-ansible.json", import.meta.url), "utf8"),
) as readonly Recorded[];

describe.each(Object.keys(modules))("%s makes of a text what Ansible makes of it", (name) => {
  const module = modules[name] as AnyModule;
  test.each(
    recorded
      .filter((each) => each.module === name)
      .map((each) => ({ ...each, title: `${JSON.stringify(each.params)} on ${JSON.stringify(each.before)}` })),
  )("$title", ({ before, params, after, changed, again, msg }) => {
    const changes = planTask(module, { path, ...params }, said(holding(before)));
    expect(changes[0] ? changes[0].after : { text: before }).toHaveProperty("text", after);
    expect(changes.length > 0).toBe(changed);
    expect(resultOf(module, { path, ...params }, said(holding(before)), { changes })?.msg).toBe(msg);
    expect(planTask(module, { path, ...params }, said(holding(after))).length > 0).toBe(again);
  });
});

test.each([
  {
    name: "absent, and not made",
    module: lineinfile,
    params: { line: "a" },
    state: { type: "absent" },
    code: "file/absent",
  },
  { name: "a folder", module: lineinfile, params: { line: "a" }, state: { type: "directory" }, code: "file/no-file" },
  {
    name: "no text",
    module: replace,
    params: { regexp: "a" },
    state: { type: "file", sha256: "x", mode: "0644" },
    code: "file/no-text",
  },
  { name: "no line", module: lineinfile, params: {}, state: { type: "absent" }, code: "module/params" },
  {
    name: "no pattern that we read",
    module: lineinfile,
    params: { line: "a", regexp: "(" },
    state: holding("a"),
    code: "text/pattern",
  },
  {
    name: "an unknown group",
    module: replace,
    params: { regexp: "a", replace: "\\1" },
    state: holding("a"),
    code: "text/pattern",
  },
  { name: "no value", module: iniFile, params: { option: "a" }, state: holding(""), code: "module/params" },
])("$name is refused", ({ module, params, state, code }) => {
  expect(() => planTask(module, { path, ...params }, said(state))).toThrow(expect.objectContaining({ code }));
});

test("an absent file is made where that is wanted, and its folders with it", () => {
  const changes = planTask(
    lineinfile,
    { path: "/srv/a/b", line: "x", create: true, mode: "0600" },
    { "file /srv": { type: "directory" } },
  );
  expect(actions(changes)).toEqual(["ensure file /srv/a", "ensure file /srv/a/b"]);
  expect(changes[1]?.after).toMatchObject({ text: "x\n", mode: "0600" });
  expect(planTask(lineinfile, { path: "/srv/a/b", line: "x", state: "absent" })).toEqual([]);
});

test.each(
  Object.entries({
    lineinfile: { line: "a" },
    blockinfile: { block: "a" },
    replace: { regexp: "a" },
    ini_file: { option: "a", value: "b" },
  }),
)("%s of a file that is not known yet is planned, and says nothing of its text", (name, params) => {
  const [change] = planTask(modules[name] as AnyModule, { path, ...params }, said(unsettled("a package brings it")));
  expect(change).toMatchObject({ action: "ensure", before: { unsettled: "a package brings it" } });
  expect(change?.after).not.toHaveProperty("text", expect.anything());
});

test("a long text is read apart", () => {
  const { text: _, ...long } = holding("old\n".repeat(50_000));
  const state = { ...long, size: 200_000 };
  const whole = { ...state, text: "old\n".repeat(50_000) };
  const [change] = planTask(lineinfile, { path, line: "new" }, { ...said(state), [`file-long ${path}`]: whole });
  expect(change?.after).toHaveProperty("text", `${whole.text}new\n`);
});

test("a secret that was put there before stays one", () => {
  const changes = planTask(lineinfile, { path, line: "new" }, said(holding(new Secret("hunter2\n"))));
  expect(changes).toHaveLength(1);
  expect(JSON.stringify(changes)).not.toContain("hunter2");
});

test("only attributes differ", () => {
  const params = { path, line: "a", mode: "0600" };
  const changes = planTask(lineinfile, params, said(holding("a\n")));
  expect(changes[0]?.steps).toEqual([{ do: "run", argv: ["chmod", "00600", "--", path] }]);
  expect(resultOf(lineinfile, params, said(holding("a\n")), { changes })?.msg).toBe(
    "ownership, perms or SE linux context changed",
  );
});
