import { unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import { actions, planTask } from "../../testing/plan-task.ts";
import { fileModule } from "./file.ts";

const path = "/srv/site";
const folder = { type: "directory", mode: "0755", owner: "root", group: "root", uid: 0, gid: 0 };
const plain = { ...folder, type: "file", mode: "0644", sha256: "a", text: "", inode: "1:2" };
const link = { type: "link", mode: "0777", owner: "root", group: "root", target: "old" };
const absent = { type: "absent" };
const own = [`ensure file ${path}`];

test.each([
  { name: "a folder, absent", state: absent, params: { state: "directory" }, changes: own },
  { name: "a folder, there", state: folder, params: { state: "directory", mode: "0755" }, changes: [] },
  { name: "a folder, drifted", state: folder, params: { state: "directory", mode: "0700" }, changes: own },
  { name: "a folder, unsettled", state: unsettled("made before"), params: { state: "directory" }, changes: own },
  { name: "absent, there", state: folder, params: { state: "absent" }, changes: [`remove file ${path}`] },
  { name: "absent, absent", state: absent, params: { state: "absent" }, changes: [] },
  {
    name: "absent, unsettled",
    state: unsettled("made before"),
    params: { state: "absent" },
    changes: [`remove file ${path}`],
  },
  { name: "attributes, as wanted", state: plain, params: { mode: "u=rw,go=r" }, changes: [] },
  { name: "attributes, drifted", state: plain, params: { mode: "a+x" }, changes: own },
  { name: "attributes of a folder that was not called one", state: folder, params: { mode: "0700" }, changes: own },
  { name: "a link, absent", state: absent, params: { state: "link", src: "/etc", force: true }, changes: own },
  { name: "a link, there", state: link, params: { state: "link", src: "old", force: true }, changes: [] },
  { name: "a link, elsewhere", state: link, params: { state: "link", src: "/etc" }, changes: own },
  {
    name: "a link in place of a file, by force",
    state: plain,
    params: { state: "link", src: "/etc", force: true },
    changes: own,
  },
  { name: "touched, absent", state: absent, params: { state: "touch" }, changes: [...own, `run file-times ${path}`] },
  { name: "touched, there", state: plain, params: { state: "touch" }, changes: [`run file-times ${path}`] },
  {
    name: "touched without a change of times",
    state: plain,
    params: { state: "touch", modification_time: "preserve", access_time: "preserve" },
    changes: [],
  },
  { name: "another name of a file", state: absent, params: { state: "hard", src: "/etc/passwd" }, changes: own },
  {
    name: "another name, there",
    state: { ...plain, inode: "9:9" },
    params: { state: "hard", src: "/etc/passwd" },
    changes: [],
  },
] as const)("$name", ({ state, params, changes }) => {
  const said = {
    "file /srv": folder,
    "file /etc": folder,
    "file /etc/passwd": { ...plain, inode: "9:9" },
    [`file ${path}`]: state,
  };
  expect(actions(planTask(fileModule, { path, ...params }, said))).toEqual(changes);
});

test("folders on the way are made, with the same attributes", () => {
  const changes = planTask(
    fileModule,
    { path: "/srv/a/b/c", state: "directory", mode: "0700" },
    { "file /srv": folder, "file /srv/a": folder },
  );
  expect(actions(changes)).toEqual(["ensure file /srv/a/b", "ensure file /srv/a/b/c"]);
  expect(changes.map(({ after }) => after)).toMatchObject([{ mode: "0700" }, { mode: "0700" }]);
});

test("a folder that an earlier change takes away has nothing in it", () => {
  const said = { "file /srv": absent, "file /srv/site": folder };
  expect(actions(planTask(fileModule, { path, state: "directory" }, said))).toEqual([
    "ensure file /srv",
    "ensure file /srv/site",
  ]);
});

test("a link is followed, or its own attributes are changed", () => {
  const said = {
    "file /srv": folder,
    [`file ${path}`]: link,
    [`file-followed ${path}`]: { ...plain, path: "/srv/old" },
  };
  expect(actions(planTask(fileModule, { path, state: "file", mode: "0600" }, said))).toEqual(["ensure file /srv/old"]);
  expect(planTask(fileModule, { path, owner: "games", follow: false, mode: "0600" }, said)[0]?.steps).toEqual([
    { do: "run", argv: ["chown", "-h", "games", "--", path] },
  ]);
});

test("everything below is asked about with what is wanted", () => {
  const params = { path, state: "directory", recurse: true, mode: "u=rwX,go=rX" };
  const differing = [{ path: `${path}/a`, isLink: false, mode: "0600", owner: "root", group: "root" }];
  const said = { "file /srv": folder, [`file ${path}`]: folder, [`below ${path}`]: { state: "present", differing } };
  expect(actions(planTask(fileModule, params, said))).toEqual([`ensure below ${path}`]);
  expect(
    actions(planTask(fileModule, params, { ...said, [`below ${path}`]: { state: "present", differing: [] } })),
  ).toEqual([]);
});

test.each([
  { name: "attributes of what is absent", state: absent, params: { state: "file" }, code: "file/absent" },
  { name: "a folder where a file is", state: plain, params: { state: "directory" }, code: "file/in-the-way" },
  { name: "a link to what is not there", state: absent, params: { state: "link", src: "no" }, code: "file/no-source" },
  { name: "a link where a file is", state: plain, params: { state: "link", src: "/etc" }, code: "file/in-the-way" },
  { name: "a new link to nothing", state: absent, params: { state: "link" }, code: "module/params" },
  { name: "recursion without a folder", state: plain, params: { state: "file", recurse: true }, code: "module/params" },
  { name: "a source of no link", state: plain, params: { state: "file", src: "/x" }, code: "module/params" },
  { name: "a mode that was meant octal", state: plain, params: { mode: 644 }, code: "file/mode" },
  {
    name: "another name where a file is",
    state: plain,
    params: { state: "hard", src: "/etc/passwd" },
    code: "file/in-the-way",
  },
] as const)("$name is refused", ({ state, params, code }) => {
  const said = {
    "file /srv": folder,
    "file /etc": folder,
    "file /etc/passwd": { ...plain, inode: "9:9" },
    [`file ${path}`]: state,
  };
  expect(() => planTask(fileModule, { path, ...params }, said)).toThrow(expect.objectContaining({ code }));
});

test("the root is not removed", () => {
  expect(() => planTask(fileModule, { path: "//", state: "absent" }, {})).toThrow(
    expect.objectContaining({ code: "module/params" }),
  );
});

test("times are written as the task says", () => {
  const params = {
    path,
    state: "touch",
    modification_time: "31.01.2026 5:06",
    modification_time_format: "%d.%m.%Y %H:%M",
    access_time: "preserve",
  };
  const said = {
    "file /srv": folder,
    [`file ${path}`]: plain,
    [`file-times ${path}`]: { state: "present", modified: 5, asked: { modified: 6 } },
  };
  const [change] = planTask(fileModule, params, said);
  expect(change).toMatchObject({
    action: "ensure",
    after: { modified: 6 },
    steps: [{ argv: ["touch", "-c", "-m", "-d", "2026-01-31 05:06:00", "--", path] }],
  });
  expect(() => planTask(fileModule, { ...params, modification_time: "never" }, said)).toThrow(
    expect.objectContaining({ code: "file/time" }),
  );
});

test("SELinux labels mean nothing without SELinux, and are refused where it is", () => {
  const params = {
    path: "/srv/data",
    state: "file",
    setype: "mysqld_db_t",
    recurse: false,
    force: false,
    follow: true,
  };
  const whole = { modification_time_format: "", access_time_format: "", ...params } as const;
  const { labels } = fileModule.observe(whole as never) as unknown as { readonly labels: { readonly key: string } };
  expect(labels.key).toBe("/sys/fs/selinux/enforce");
  expect(fileModule.observe({ ...whole, setype: undefined } as never)).not.toHaveProperty("labels");
  const there = { type: "file", mode: "0644", owner: "root", group: "root" };
  const enforced = { labels: { kind: "file", key: labels.key, state: there } };
  expect(() => fileModule.plan(enforced as never, whole as never)).toThrow(
    expect.objectContaining({ code: "file/labels" }),
  );
});
