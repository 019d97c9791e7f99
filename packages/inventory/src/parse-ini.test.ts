import { expect, test } from "vitest";
import { selectHosts } from "./inventory.ts";
import { parseIni } from "./parse-ini.ts";

const inventory = parseIni(
  `# a comment
alone ansible_host=192.0.2.9

[web]
web-1 ansible_host=192.0.2.1 note='two words'
web-2   # the second

[db]
db-1

[site:children]
web
db

[web:vars]
ansible_user = deploy
note="of the group"
`,
  "hosts.ini",
);

test("hosts, groups and whose variable wins", () => {
  expect([...inventory.hosts.keys()]).toEqual(["alone", "web-1", "web-2", "db-1"]);
  expect([...(inventory.groups.get("site") ?? [])]).toEqual(["web-1", "web-2", "db-1"]);
  expect(inventory.hosts.get("web-1")?.variables).toEqual({
    ansible_user: "deploy",
    ansible_host: "192.0.2.1",
    note: "two words",
  });
  expect(inventory.hosts.get("web-2")?.variables).toEqual({ ansible_user: "deploy", note: "of the group" });
});

test.each([
  ["all", ["alone", "web-1", "web-2", "db-1"]],
  ["web", ["web-1", "web-2"]],
  ["db:web-1", ["web-1", "db-1"]],
])("the pattern %s", (pattern, names) => {
  expect(selectHosts(inventory, pattern).map((host) => host.name)).toEqual(names);
});

test("mistakes have a place", () => {
  expect(() => parseIni("[web\n", "x.ini")).toThrow(
    expect.objectContaining({ code: "inventory/section", place: { file: "x.ini", line: 1, column: 1 } }),
  );
  expect(() => parseIni("a\nb x\n", "x.ini")).toThrow(
    expect.objectContaining({ code: "inventory/variable", place: { file: "x.ini", line: 2, column: 1 } }),
  );
  expect(() => selectHosts(inventory, "wbe")).toThrow(expect.objectContaining({ code: "inventory/no-such-host" }));
});
