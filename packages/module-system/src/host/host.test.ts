import { hash } from "node:crypto";
import type { Change } from "@evenkeel/core";
import { unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import { sudoers } from "../accounts/sudoers.ts";
import { putMount, removeMount } from "./fstab-text.ts";
import { hostname } from "./hostname.ts";
import { hostsEntry } from "./hosts-entry.ts";
import { putHosts, removeHosts } from "./hosts-text.ts";
import { localeGen } from "./locale-gen.ts";
import { mount } from "./mount.ts";
import { sysctl } from "./sysctl.ts";
import { sysctlText } from "./sysctl-text.ts";
import { timezone } from "./timezone.ts";

const actions = (changes: readonly Change[]) => changes.map(({ action, kind, key }) => `${action} ${kind} ${key}`);
const textAfter = (changes: readonly Change[]) =>
  changes.map(({ after }) => (after as { readonly text?: string }).text).find((text) => text !== undefined);

/** A file's answers, as lookInto asks for them. */
function file(path: string, text: string | undefined) {
  const state =
    text === undefined
      ? ({ type: "absent" } as const)
      : ({ type: "file", text, sha256: hash("sha256", text), mode: "0644" } as const);
  const one = { kind: "file", key: path, state };
  return { current: one, followed: one, long: one, folders: [] };
}

const entry = { path: "/srv/a b", src: "/dev/vdb", fstype: "ext4", options: "defaults", dump: "0", passno: "2" };
const line = "/dev/vdb /srv/a\\040b ext4 defaults 0 2\n";

test.each([
  { name: "into nothing", before: "", after: line },
  {
    name: "already there, said otherwise",
    before: `# mine\n${line.replaceAll(" ", "\t")}`,
    after: `# mine\n${line.replaceAll(" ", "\t")}`,
  },
  { name: "another option", before: line.replace("defaults", "ro"), after: line },
  { name: "four fields mean zeros", before: "/dev/vdb /srv/a\\040b ext4 defaults\n", after: line },
  {
    name: "others stay",
    before: "/dev/vda / ext4 rw 0 1\n\nwhat is this\n",
    after: `/dev/vda / ext4 rw 0 1\n\nwhat is this\n${line}`,
  },
])("fstab: $name", ({ before, after }) => {
  expect(putMount(before, entry)).toBe(after);
  expect(putMount(after, entry)).toBe(after);
});

test("swap is known by its device", () => {
  const swap = { ...entry, path: "none", src: "/dev/vdc", fstype: "swap" };
  const text = "/dev/vdx none swap sw 0 0\n";
  expect(putMount(text, swap)).toBe(`${text}/dev/vdc none swap defaults 0 2\n`);
  expect(removeMount(`${text}/dev/vdc none swap sw 0 0\n`, swap)).toBe(text);
});

const mountParams = {
  path: "/srv/a b/",
  src: "/dev/vdb",
  fstype: "ext4",
  dump: "0",
  passno: "2",
  boot: true,
  backup: false,
} as const;
const mounted = { state: "present", source: "/dev/vdb", fstype: "ext4" } as const;
const planMount = (state: string, text: string, live: object, more: object = {}) =>
  actions(
    mount.plan(
      { ...file("/etc/fstab", text), live: [{ kind: "mount", key: "/srv/a b", state: live as typeof mounted }] },
      { ...mountParams, state, ...more } as never,
    ),
  );

test.each([
  {
    name: "absent",
    state: "mounted",
    text: "",
    live: { state: "absent" },
    changes: ["ensure file /etc/fstab", "ensure mount /srv/a b"],
  },
  { name: "present", state: "mounted", text: line, live: mounted, changes: [] },
  {
    name: "drifted in fstab",
    state: "mounted",
    text: line.replace("defaults", "ro"),
    live: mounted,
    changes: ["ensure file /etc/fstab", "reload mount /srv/a b"],
  },
  {
    name: "in fstab, not mounted",
    state: "mounted",
    text: line,
    live: { state: "absent" },
    changes: ["ensure mount /srv/a b"],
  },
  { name: "unsettled", state: "mounted", text: line, live: unsettled("x"), changes: ["ensure mount /srv/a b"] },
  { name: "only fstab", state: "present", text: "", live: { state: "absent" }, changes: ["ensure file /etc/fstab"] },
  {
    name: "to be absent",
    state: "absent",
    text: line,
    live: mounted,
    changes: ["ensure file /etc/fstab", "remove mount /srv/a b"],
  },
  {
    name: "to be absent, only in fstab",
    state: "absent",
    text: line,
    live: { state: "absent", hasFolder: true },
    changes: ["ensure file /etc/fstab", "remove mount /srv/a b"],
  },
  {
    name: "to be absent, and only a folder",
    state: "absent",
    text: "",
    live: { state: "absent", hasFolder: true },
    changes: [],
  },
  { name: "out of fstab", state: "absent_from_fstab", text: line, live: mounted, changes: ["ensure file /etc/fstab"] },
  { name: "to be unmounted", state: "unmounted", text: line, live: mounted, changes: ["remove mount /srv/a b"] },
  { name: "mounted again", state: "remounted", text: line, live: mounted, changes: ["reload mount /srv/a b"] },
  { name: "only now", state: "ephemeral", text: "", live: { state: "absent" }, changes: ["ensure mount /srv/a b"] },
])("mount: $name", ({ state, text, live, changes }) => expect(planMount(state, text, live)).toEqual(changes));

test("what is not mounted at boot says so", () => {
  const changes = mount.plan(
    { ...file("/etc/fstab", ""), live: [] },
    { ...mountParams, state: "present", boot: false, opts: "ro" },
  );
  expect(textAfter(changes)).toBe("/dev/vdb /srv/a\\040b ext4 ro,noauto 0 2\n");
  expect(() => mount.observe({ ...mountParams, state: "mounted", src: undefined } as never)).toThrow(
    expect.objectContaining({ code: "module/params" }),
  );
});

test.each([
  { name: "into nothing", before: "", value: "1", after: "net.a=1\n" },
  { name: "already there", before: "net.a = 1\n", value: "1", after: "net.a = 1\n" },
  {
    name: "another value, the others said tightly and once",
    before: "# mine\nnet.a = 0\n b=2\nb = 3\n",
    value: "1",
    after: "# mine\nnet.a=1\nb=2\n",
  },
  { name: "out", before: "net.a=1\n;net.a=2\n", value: undefined, after: ";net.a=2\n" },
  { name: "out, and not there", before: " x = 1\n", value: undefined, after: " x = 1\n" },
])("a file of kernel settings: $name", ({ before, value, after }) =>
  expect(sysctlText(before, "net.a", value)).toBe(after),
);

const live = (value: string | undefined) => ({
  kind: "sysctl",
  key: "net.a",
  state: value === undefined ? ({ state: "absent" } as const) : ({ state: "present", value } as const),
});
const sysctlParams = {
  name: "net.a",
  value: "yes",
  state: "present",
  sysctl_file: "/etc/sysctl.conf",
  reload: true,
  sysctl_set: false,
  ignoreerrors: false,
} as const;
const planSysctl = (text: string | undefined, value: string | undefined, more: object = {}) =>
  actions(sysctl.plan({ ...file("/etc/sysctl.conf", text), live: live(value) }, { ...sysctlParams, ...more }));

test.each([
  {
    name: "absent",
    text: undefined,
    value: "0",
    more: {},
    changes: ["ensure file /etc/sysctl.conf", "ensure sysctl net.a"],
  },
  { name: "present", text: "net.a=1\n", value: "1", more: {}, changes: [] },
  { name: "drifted in the kernel", text: "net.a=1\n", value: "0", more: {}, changes: ["ensure sysctl net.a"] },
  {
    name: "only the file",
    text: "net.a=0\n",
    value: "0",
    more: { reload: false },
    changes: ["ensure file /etc/sysctl.conf"],
  },
  { name: "a kernel without it", text: "net.a=1\n", value: undefined, more: { ignoreerrors: true }, changes: [] },
  {
    name: "to be absent",
    text: "net.a=1\n",
    value: "1",
    more: { state: "absent" },
    changes: ["ensure file /etc/sysctl.conf"],
  },
  { name: "to be absent, no file", text: undefined, value: "1", more: { state: "absent" }, changes: [] },
])("sysctl: $name", ({ text, value, more, changes }) => expect(planSysctl(text, value, more)).toEqual(changes));

test.each([
  { name: "into nothing", before: "127.0.0.1 localhost\n", after: "127.0.0.1 localhost\n10.0.0.1\tdb.example db\n" },
  { name: "already there", before: "10.0.0.1  db.example  db # mine\n", after: "10.0.0.1  db.example  db # mine\n" },
  { name: "other names", before: "10.0.0.1 old # mine\n", after: "10.0.0.1\tdb.example db # mine\n" },
  { name: "said twice", before: "10.0.0.1 a\n10.0.0.1 b\n", after: "10.0.0.1\tdb.example db\n" },
])("hosts: $name", ({ before, after }) => {
  expect(putHosts(before, "10.0.0.1", ["db.example", "db"])).toBe(after);
  expect(removeHosts(after, "10.0.0.1")).toBe(before.includes("localhost") ? "127.0.0.1 localhost\n" : "");
});

test("hosts_entry: absent, present, drifted, unsettled", () => {
  const params = { address: "10.0.0.1", names: ["db"], state: "present" as const, path: "/etc/hosts" };
  const plan = (text: string | undefined) => actions(hostsEntry.plan(file("/etc/hosts", text), params));
  expect([plan(undefined), plan("10.0.0.1 db\n"), plan("10.0.0.1 x\n")]).toEqual([
    ["ensure file /etc/hosts"],
    [],
    ["ensure file /etc/hosts"],
  ]);
  const open = { kind: "file", key: "/etc/hosts", state: unsettled("x") };
  expect(actions(hostsEntry.plan({ current: open, followed: open, long: open, folders: [] }, params))).toEqual([
    "ensure file /etc/hosts",
  ]);
  expect(() => hostsEntry.observe({ ...params, names: ["a b"] })).toThrow(
    expect.objectContaining({ code: "module/params" }),
  );
});

test.each([
  { name: "absent", state: { type: "absent" }, changes: ["ensure file /etc/sudoers.d/shop"] },
  {
    name: "drifted",
    state: { type: "file", text: "x", sha256: "x", mode: "0440" },
    changes: ["ensure file /etc/sudoers.d/shop"],
  },
  { name: "unsettled", state: unsettled("x"), changes: ["ensure file /etc/sudoers.d/shop"] },
] as const)("sudoers: $name", ({ state, changes }) => {
  const one = { kind: "file", key: "/etc/sudoers.d/shop", state };
  const params = {
    name: "shop",
    state: "present",
    group: "admins",
    commands: ["/bin/a", "/bin/b"],
    host: "ALL",
    runas: "root",
    nopassword: true,
    noexec: true,
    setenv: true,
    sudoers_path: "/etc/sudoers.d",
    validation: "detect",
  } as const;
  const made = sudoers.plan(
    { current: one, followed: one, folders: [] },
    { ...params, commands: [...params.commands] },
  );
  expect(actions(made)).toEqual(changes);
  expect(textAfter(made)).toBe("%admins ALL=(root)NOEXEC:NOPASSWD:SETENV: /bin/a, /bin/b\n");
  expect(
    sudoers.plan(
      { current: { ...one, state: made[0]?.after as never }, followed: one, folders: [] },
      { ...params, commands: [...params.commands] },
    ),
  ).toEqual([]);
});

test("hostname, timezone and locale_gen: converged, drifted, unsettled", () => {
  const name = (state: object) =>
    hostname.plan(
      { current: { kind: "hostname", key: "host", state: state as { readonly live: string } } },
      { name: "web" },
    ).length;
  expect([name({ live: "web", static: "web" }), name({ live: "x", static: "web" }), name(unsettled("x"))]).toEqual([
    0, 1, 1,
  ]);
  const zone = (state: object) =>
    timezone.plan(
      { current: { kind: "timezone", key: "host", state: state as { readonly zone: string } } },
      { name: "Asia/Tokyo" },
    ).length;
  expect([zone({ zone: "Asia/Tokyo" }), zone({ zone: "UTC" }), zone(unsettled("x"))]).toEqual([0, 1, 1]);
  const locales = (state: object) =>
    localeGen.plan(
      { wanted: [{ kind: "locale", key: "de_DE.UTF-8", state: state as { readonly state: "absent" } }] },
      { name: ["de_DE.UTF-8"], state: "present" },
    ).length;
  expect([locales({ state: "present" }), locales({ state: "absent" }), locales(unsettled("x"))]).toEqual([0, 1, 1]);
  expect(() =>
    hostname.plan({ current: { kind: "hostname", key: "host", state: { live: "x" } } }, { name: "-x" }),
  ).toThrow(expect.objectContaining({ code: "hostname/name" }));
});
