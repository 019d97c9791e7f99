import { execFileSync } from "node:child_process";
import type { Observed, Step } from "@evenkeel/core";
import { Secret, unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import type { DesiredUser } from "./desired-user.ts";
import { user } from "./user.ts";
import type { PresentUser, UserState } from "./user-state.ts";

const key = "shop";
const at = (state: Observed<UserState>["state"]): Observed<UserState> => ({ kind: "user", key, state });
const hash = new Secret("$y$j9T$abc");
const aging = {
  expiresOn: -1,
  passwordMinDays: 0,
  passwordMaxDays: 99999,
  passwordWarnDays: 7,
  passwordInactiveDays: -1,
};
const there: PresentUser = {
  ...{
    state: "present",
    uid: 1001,
    group: "shop",
    gid: 1001,
    groups: ["adm", "sudo"],
    home: "/home/shop",
    hasHome: true,
  },
  ...{ shell: "/bin/bash", comment: "", passwordHash: hash, isLocked: false, ...aging },
};

test("what getent prints is read", () => {
  const printed = `shop:x:1001:1001::/home/shop:/bin/bash

root:x:0:
sudo:x:27:deploy,shop
adm:x:4:shop
shop:x:1001:
other:x:1002:

shop:$y$j9T$abc:20000:0:99999:7:::

home shop
folder shop
folder gone
`;
  const states = user.parse(Buffer.from(printed), [key, "nobody-here", "other", "gone"]);
  expect(states.get(key)).toEqual(there);
  expect(states.get("nobody-here")).toEqual({ state: "absent" });
  expect(states.get("other")).toEqual({ state: "absent", groupNumber: 1002 });
  expect(states.get("gone")).toEqual({ state: "absent", hasHome: true });
});

test("a locked account that expires, on a host without tools", () => {
  const printed = "shop:x:1001:77::/:/bin/sh\n\n\nshop:!$y$x:1:::::20000:\n\nfiles\n";
  expect(user.parse(Buffer.from(printed), [key]).get(key)).toMatchObject({
    ...{ isLocked: true, expiresOn: 20000, group: "77", hasHome: false, tools: "files", passwordMaxDays: -1 },
  });
});

const commands = (steps: readonly Step[] = []) =>
  steps.map((step) =>
    step.do !== "run" ? step.do : step.argv[0] === "sh" ? step.argv.slice(3).join(" ") : step.argv.join(" "),
  );

interface Row {
  readonly name: string;
  readonly state: Observed<UserState>["state"];
  readonly desired: DesiredUser;
  readonly steps: readonly string[];
  readonly undo?: readonly string[];
}

const absent = { state: "absent" } as const;
const present = (more: object = {}): DesiredUser => ({ state: "present", ...more });

const rows: readonly Row[] = [
  {
    name: "converged",
    state: there,
    desired: present({ shell: "/bin/bash", groups: ["sudo", "adm"], createsHome: true }),
    steps: [],
  },
  {
    name: "absent",
    state: absent,
    desired: present({ shell: "/bin/sh", createsHome: true }),
    steps: ["useradd -m -s /bin/sh -- shop"],
    undo: ["userdel -r -- shop"],
  },
  {
    name: "absent, and a folder is where its home will be",
    state: { ...absent, hasHome: true },
    desired: present({ createsHome: true }),
    steps: ["useradd -m -- shop"],
    undo: ["userdel -- shop"],
  },
  {
    name: "absent, a system's user",
    state: absent,
    desired: present({ isSystem: true }),
    steps: ["useradd -r -M -- shop"],
  },
  {
    name: "absent, a group of its name is there",
    state: { ...absent, groupNumber: 7 },
    desired: present(),
    steps: ["useradd -M -N -- shop"],
  },
  {
    name: "absent, with that group",
    state: { ...absent, groupNumber: 7 },
    desired: present({ group: "shop" }),
    steps: ["useradd -M -g shop -- shop"],
  },
  {
    name: "absent, with everything",
    state: absent,
    desired: present({
      uid: 5,
      sharesNumber: true,
      createsHome: true,
      skeleton: "/s",
      defaults: { UMASK: "077" },
      comment: "A b",
      expiresOn: 20000,
      passwordMaxDays: 30,
    }),
    steps: ["useradd -m -k /s -o -K UMASK=077 -u 5 -c A b -e 2024-10-04 -- shop", "chage --maxdays 30 -- shop"],
  },
  {
    name: "another shell",
    state: there,
    desired: present({ shell: "/bin/sh", uid: 1001 }),
    steps: ["usermod -s /bin/sh -- shop"],
    undo: ["usermod -s /bin/bash -- shop"],
  },
  {
    name: "fewer groups",
    state: there,
    desired: present({ groups: ["sudo"] }),
    steps: ["usermod -G sudo -- shop"],
    undo: ["usermod -G adm,sudo -- shop"],
  },
  { name: "no groups", state: there, desired: present({ groups: [] }), steps: ["usermod -G  -- shop"] },
  {
    name: "one more group",
    state: there,
    desired: present({ groups: ["www-data"], addsGroups: true }),
    steps: ["usermod -G adm,sudo,www-data -- shop"],
  },
  { name: "a group it has, added", state: there, desired: present({ groups: ["adm"], addsGroups: true }), steps: [] },
  { name: "its group by number", state: there, desired: present({ group: "1001" }), steps: [] },
  {
    name: "a home that moves",
    state: there,
    desired: present({ home: "/srv/shop", movesHome: true, createsHome: true }),
    steps: ["usermod -m -d /srv/shop -- shop"],
    undo: ["usermod -m -d /home/shop -- shop"],
  },
  {
    name: "another home, which is made if it is not there",
    state: there,
    desired: present({ home: "/srv/shop", createsHome: true }),
    steps: ["usermod -d /srv/shop -- shop", "evenkeel-home /srv/shop shop /etc/skel"],
  },
  {
    name: "a home that is missing",
    state: { ...there, hasHome: false },
    desired: present({ createsHome: true }),
    steps: ["evenkeel-home /home/shop shop /etc/skel"],
  },
  {
    name: "to be locked",
    state: there,
    desired: present({ isLocked: true }),
    steps: ["usermod -L -- shop"],
    undo: ["usermod -U -- shop"],
  },
  {
    name: "to be unlocked",
    state: { ...there, isLocked: true },
    desired: present({ isLocked: false }),
    steps: ["usermod -U -- shop"],
    undo: ["usermod -L -- shop"],
  },
  {
    name: "never to expire",
    state: { ...there, expiresOn: 20000 },
    desired: present({ expiresOn: -1 }),
    steps: ["usermod -e  -- shop"],
    undo: ["usermod -e 2024-10-04 -- shop"],
  },
  {
    name: "a password only for a new one",
    state: there,
    desired: present({ passwordHash: new Secret("$y$new"), keepsPassword: true }),
    steps: [],
  },
  {
    name: "the same password, locked",
    state: { ...there, passwordHash: new Secret("!$y$j9T$abc"), isLocked: true },
    desired: present({ passwordHash: hash }),
    steps: [],
  },
  {
    name: "to be absent",
    state: there,
    desired: { state: "absent", removesHome: true, isForced: true },
    steps: ["userdel -f -r -- shop"],
    undo: [],
  },
  {
    name: "to be absent, its home stays",
    state: there,
    desired: absent,
    steps: ["userdel -- shop"],
    undo: [
      "groupadd -f -g 1001 -- shop",
      "useradd -M -u 1001 -g shop -G adm,sudo -d /home/shop -s /bin/bash -c  -e  -- shop",
      "evenkeel-password shop",
    ],
  },
  { name: "already absent", state: absent, desired: absent, steps: [] },
  {
    name: "unsettled",
    state: unsettled("a package brings it"),
    desired: present({ createsHome: true }),
    steps: ["useradd -m -- shop"],
    undo: [],
  },
  {
    name: "on a host without tools",
    state: { ...absent, tools: "files" },
    desired: present({ uid: 7 }),
    steps: ["evenkeel-accounts useradd -M -u 7 -- shop"],
  },
];

test.each(rows)("ensure: $name", ({ state, desired, steps, undo }) => {
  const [change] = user.ensure(at(state), desired);
  expect(commands(change?.steps)).toEqual(steps);
  if (undo) expect(commands(change?.undo)).toEqual(undo);
});

test("a password's hash goes by stdin, and is shown nowhere", () => {
  const [change] = user.ensure(at(there), { state: "present", passwordHash: new Secret("$y$new") });
  expect(change?.steps[0]).toMatchObject({ do: "run", stdin: expect.any(Secret) });
  expect(JSON.stringify(change)).not.toMatch(/\$y\$/);
  expect(change && String(user.describe(change.after).password)).toBe("***");
});

test.each([undefined, { local: true }])("read and parse agree on this machine (%j)", (via) => {
  const output = execFileSync("sh", ["-c", user.read(["root", "no-such-user"], via)]);
  const states = user.parse(output, ["root", "no-such-user"], via);
  expect(states.get("root")).toMatchObject({ state: "present", uid: 0, group: "root", home: "/root", hasHome: true });
  expect(states.get("no-such-user")).toMatchObject({ state: "absent" });
});

test.each(["", "-r", "a b", "x;y"])("%j is no user's name", (name) => {
  expect(() => user.read([name])).toThrow(expect.objectContaining({ code: "user/name" }));
});
