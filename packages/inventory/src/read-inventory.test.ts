import { Secret } from "@evenkeel/core";
import { Vaulted } from "@evenkeel/yaml";
import { expect, test } from "vitest";
import { inFolder } from "../corpus/in-folder.ts";
import { placeOf } from "./index.ts";

test("an executable file that is no program is read as text", async () => {
  const { chmodSync, mkdtempSync, rmSync, writeFileSync } = await import("node:fs");
  const { tmpdir } = await import("node:os");
  const { readInventory } = await import("./index.ts");
  const folder = mkdtempSync(`${tmpdir()}/evenkeel-inventory-`);
  writeFileSync(`${folder}/hosts`, "[web]\nw1\n");
  chmodSync(`${folder}/hosts`, 0o755);
  const inventory = await readInventory({ sources: [`${folder}/hosts`] });
  rmSync(folder, { recursive: true });
  expect(inventory.hosts).toEqual(["w1"]);
});

const layered = {
  "hosts.yml": "all: {vars: {v: 1}}\nweb: {vars: {v: 2}, hosts: {w1: {v: 6}}}\n",
  "group_vars/all.yml": "v: 3\n",
  "group_vars/web.yml": "\n\nv: 4\n",
  "host_vars/w1.yml": "v: 7\n",
  "play/group_vars/all.yml": "v: 3b\n",
  "play/group_vars/web.yml": "v: 5\n",
  "play/host_vars/w1.yml": "v: 8\n",
};

test("all places where a variable is set are known, the strongest first", async () => {
  const options = { playbookDirectories: ["play"] };
  const sources = await inFolder(layered, (inventory) => [...inventory.sources("w1", "v")], options);
  expect(
    sources.map((each) => [each.value, each.level, each.group, `${placeOf(each).file}:${placeOf(each).line}`]),
  ).toEqual([
    [8, "playbook host_vars", undefined, "play/host_vars/w1.yml:1"],
    [7, "inventory host_vars", undefined, "host_vars/w1.yml:1"],
    [6, "inventory host vars", undefined, "hosts.yml:2"],
    [5, "playbook group_vars", "web", "play/group_vars/web.yml:1"],
    [4, "inventory group_vars", "web", "group_vars/web.yml:3"],
    ["3b", "playbook group_vars/all", "all", "play/group_vars/all.yml:1"],
    [3, "inventory group_vars/all", "all", "group_vars/all.yml:1"],
    [2, "inventory group vars", "web", "hosts.yml:2"],
    [1, "inventory group vars", "all", "hosts.yml:1"],
  ]);
});

test("a text within a variable has its place", async () => {
  const files = { "hosts.yml": "web:\n  hosts:\n    w1:\n      v: >-\n        one\n        {{ two }}\n" };
  const place = await inFolder(files, (inventory) => {
    const [source] = inventory.sources("w1", "v");
    return source?.where.placeOf(source.container, source.key, 4);
  });
  expect(place).toEqual({ file: "hosts.yml", line: 6, column: 9 });
});

test("a file of variables is only read when its host is asked about", async () => {
  const files = { "hosts.ini": "[web]\nw1\n[db]\nd1\n", "group_vars/db.yml": "a: [\n" };
  await inFolder(files, (inventory) => {
    expect(inventory.valuesOf("w1")).toEqual({});
    expect(() => inventory.valuesOf("d1")).toThrow(AggregateError);
  });
});

test("a file of variables that is a list is refused", async () => {
  await inFolder({ "hosts.ini": "[web]\nw1\n", "group_vars/web.yml": "- a\n" }, (inventory) => {
    expect(() => inventory.valuesOf("w1")).toThrow(
      expect.objectContaining({
        code: "inventory/vars-file",
        place: { file: "group_vars/web.yml", line: 1, column: 1 },
      }),
    );
  });
});

test("a file that is encrypted is opened when it is needed, and its variables are known as secret", async () => {
  const files = { "hosts.ini": "[web]\nw1\n", "group_vars/web.yml": "$ANSIBLE_VAULT;1.1;AES256\n6162\n" };
  await inFolder(files, (inventory) => {
    expect(() => inventory.valuesOf("w1")).toThrow(expect.objectContaining({ code: "inventory/no-vault" }));
  });
  const vault = { decrypt: () => new Secret("password: x\n") };
  await inFolder(
    files,
    (inventory) => {
      const [source] = inventory.sources("w1", "password");
      expect(source).toMatchObject({ value: "x", where: { isSecret: true } });
    },
    { vault },
  );
});

test("a single value that is encrypted stays so", async () => {
  const files = {
    "hosts.yml": "web:\n  hosts:\n    w1:\n      p: !vault |\n        $ANSIBLE_VAULT;1.1;AES256\n        6162\n",
  };
  const { p } = await inFolder(files, (inventory) => inventory.valuesOf("w1"));
  expect(p).toBeInstanceOf(Vaulted);
});

test("the machine that we run on need not be named", async () => {
  await inFolder({ "hosts.ini": "[web]\nw1\n[all:vars]\nx=1\n" }, (inventory) => {
    expect(inventory.select("localhost")).toEqual({ hosts: ["localhost"], unmatched: [] });
    expect(inventory.valuesOf("localhost")).toEqual({ x: 1, ansible_connection: "local" });
    expect(inventory.hosts).toEqual(["w1"]);
    expect(inventory.groupsOf("localhost")).toEqual([]);
  });
  await inFolder({ "hosts.ini": "127.0.0.1 y=1\n" }, (inventory) => {
    expect(inventory.select("localhost").hosts).toEqual(["127.0.0.1"]);
  });
});

test("a host knows the source that named it first", async () => {
  const files = { "one/hosts.ini": "w1\n", "two.ini": "w1\nw2\n" };
  await inFolder(
    files,
    (inventory) => {
      expect(inventory.fileOf("w1")).toMatch(/\/one\/hosts\.ini$/);
      expect(inventory.directoryOf("w1")).toMatch(/\/one$/);
      expect(inventory.fileOf("w2")).toMatch(/\/two\.ini$/);
      expect(inventory.fileOf("x")).toBe("x,y");
      expect(inventory.directoryOf("x")).toBeUndefined();
    },
    { sources: ["one/hosts.ini", "two.ini", "x,y"] },
  );
});

test("hosts that are added in a run are there, and what is said of them is data", async () => {
  await inFolder(
    { "hosts.ini": "[web]\nw1\n", "group_vars/web.yml": "g: 1\n", "group_vars/fresh.yml": "f: 1\n" },
    (inventory) => {
      expect(inventory.valuesOf("w2")).toEqual({});
      inventory.add({ name: "w2", groups: ["web", "fresh"], variables: { a: "{{ b }}", n: 1 } });
      inventory.add({ name: "w1", groups: ["fresh"], variables: {} });
      expect(inventory.groups).toEqual({
        all: ["w2", "w1"],
        ungrouped: [],
        web: ["w1", "w2"],
        fresh: ["w1", "w2"],
      });
      expect(inventory.valuesOf("w2")).toEqual({ g: 1, f: 1, a: "{{ b }}", n: 1 });
      expect(inventory.valuesOf("w1")).toEqual({ g: 1, f: 1 });
      expect([...inventory.sources("w2", "a")]).toMatchObject([{ isData: true, level: "inventory host vars" }]);
      expect(inventory.groupsOf("w1")).toEqual(["fresh", "web"]);
    },
  );
});

test("ten thousand hosts take a moment", async () => {
  const before = performance.now();
  await inFolder({ "hosts.ini": "[web]\nw[00001:10000] a=1\n[site:children]\nweb\n[web:vars]\nb=2\n" }, (inventory) => {
    expect(inventory.hosts).toHaveLength(10_000);
    for (const host of inventory.hosts)
      expect(inventory.sources(host, "b")[Symbol.iterator]().next().value?.value).toBe(2);
  });
  expect(performance.now() - before).toBeLessThan(20_000);
});
