import type { InputError } from "@evenkeel/core";
import { expect, test } from "vitest";
import { inFolder } from "../corpus/in-folder.ts";

async function mistakesIn(files: Readonly<Record<string, string>>, sources?: readonly string[]) {
  const error = await inFolder(files, () => undefined, sources ? { sources } : {}).catch((thrown: unknown) => thrown);
  const { errors } = error as { readonly errors?: InputError[] };
  return (errors ?? []).map(({ code, place, hint }) => {
    const where = [place?.file, place?.line, place?.column].filter((part) => part !== undefined).join(":");
    return `${where} ${code.replace("inventory/", "")}${hint ? ` (${hint})` : ""}`;
  });
}

test.each([
  { text: "[web\n", says: ["hosts.ini:1:1 section ([name], [name:vars] or [name:children], without blanks)"] },
  { text: "[web db]\n", says: ["hosts.ini:1:1 section ([name], [name:vars] or [name:children], without blanks)"] },
  { text: "[web:child]\n", says: ["hosts.ini:1:6 section ([web], [web:vars] or [web:children])"] },
  { text: "a\nb x\n", says: ["hosts.ini:2:3 variable (name=value, in quotes if there are blanks in it)"] },
  {
    text: "[web]\na\n[web:vars]\n  x\n",
    says: ["hosts.ini:4:3 variable (name=value, in quotes if there are blanks in it)"],
  },
  { text: "a x='1\n", says: ["hosts.ini:1:5 quote"] },
  { text: "a x=1\\\n", says: ["hosts.ini:1:6 quote"] },
  { text: "[a:children]\nb\n", says: ["hosts.ini:2:1 no-such-group (add [b] with its hosts, which may be none)"] },
  { text: "[a:vars]\nx=1\n", says: ["hosts.ini:1:2 no-such-group (add [a] with its hosts, which may be none)"] },
  { text: "[a:children]\nb\n[b:children]\na\n", says: ["hosts.ini:4:1 loop"] },
  { text: "[a:children]\na\n", says: ["hosts.ini:2:1 loop"] },
  { text: "web[1]\n", says: ["hosts.ini:1:1 range (web[01:50])"] },
  { text: "web[3:1]\n", says: ["hosts.ini:1:1 range (web[01:50])"] },
  { text: "web[01:100]\n", says: ["hosts.ini:1:1 range (web[01:50])"] },
  { text: "web[a:5]\n", says: ["hosts.ini:1:1 range (web[01:50])"] },
  { text: "web:\n", says: ["hosts.ini:1:1 host"] },
  { text: "---\nall:\n", says: ["hosts.ini:1:1 host (let the file's name end in .yml)", "hosts.ini:2:1 host"] },
  { text: "[g]\na\n[g:vars]\nansible_group_priority=high\n", says: ["hosts.ini:4:1 priority"] },
])("INI: $text", async ({ text, says }) => {
  expect(await mistakesIn({ "hosts.ini": text })).toEqual(says);
});

test.each([
  { text: "- a\n", says: ["hosts.yml:1:1 yaml (all: {hosts: {…}, children: {…}})"] },
  { text: "web:\n  host:\n    a:\n", says: ["hosts.yml:2:3 yaml (did you mean hosts?)"] },
  { text: "web:\n  a:\n", says: ["hosts.yml:2:3 yaml (hosts goes below hosts:, a group below children:)"] },
  { text: "web:\n  hosts: [a, b]\n", says: ["hosts.yml:2:10 yaml (each name with a colon after it, without a dash)"] },
  { text: "web:\n  hosts:\n    a: 1\n", says: ["hosts.yml:3:8 yaml (name: value, each on its own line)"] },
  { text: "web: x\n", says: ["hosts.yml:1:6 yaml (hosts:, vars: or children:)"] },
  { text: "web:\n  hosts:\n    1:\n", says: ['hosts.yml:3:5 yaml ("1")'] },
  { text: "a:\n  children:\n    b:\n      children:\n        a:\n", says: ["hosts.yml:3:5 loop"] },
  { text: "web:\n  hosts:\n    a: {{ b }}\n", says: ['hosts.yml:3:8 template (quote it: a: "{{ b }}")'] },
  {
    text: "plugin: aws_ec2\n",
    says: ["hosts.yml:1:9 constructed (plugin: constructed, or a program that prints the inventory as JSON)"],
  },
  { text: "plugin: constructed\ngruops: {}\n", says: ["hosts.yml:2:9 constructed (did you mean groups?)"] },
  { text: "plugin: constructed\nstrict: maybe\n", says: ["hosts.yml:2:9 constructed (true or false)"] },
])("YAML: $text", async ({ text, says }) => {
  expect((await mistakesIn({ "hosts.yml": text })).map((each) => each.replace("yaml/template", "template"))).toEqual(
    says,
  );
});

test("all mistakes of all sources are told at once", async () => {
  const files = {
    "a.ini": "[x\n",
    "b.yml": "web:\n  hots:\n",
    "c.toml": "",
    "d.sh": "#!/bin/sh\necho no >&2; exit 3\n",
  };
  expect(await mistakesIn(files, ["a.ini", "b.yml", "c.toml", "d.sh", "nothing"])).toEqual([
    "a.ini:1:1 section ([name], [name:vars] or [name:children], without blanks)",
    "b.yml:2:3 yaml (did you mean hosts?)",
    "c.toml toml (the same groups as YAML: hosts, vars and children are called the same there)",
    "d.sh script",
    " no-such-source (a file, a folder, or hosts with a comma: host1,)",
  ]);
});

test("what a program said when it failed is shown", async () => {
  const error = await inFolder({ "inv.sh": "#!/bin/sh\necho no such region >&2; exit 3\n" }, () => undefined).catch(
    (e) => e,
  );
  expect(error.errors[0]).toMatchObject({ message: "inv.sh --list failed: exit 3", detail: "no such region" });
});

test.each([
  "[]",
  "null",
  '{"web": {"hosts": "a"}}',
  '{"web": {"hosts": [1]}}',
  '{"web": {"vars": 1}}',
  '{"_meta": {}}',
])("a program that prints %s is told what to print", async (json) => {
  const mistakes = await mistakesIn({ "inv.sh": `#!/bin/sh\necho '${json}'\n` });
  expect(mistakes).toEqual([expect.stringContaining("inv.sh script-output (the program prints JSON")]);
});

test("in strict constructed files, what cannot be worked out is a mistake; and what is no name always is", async () => {
  const hosts = "w1 size=3\n";
  const strict = "plugin: constructed\nstrict: true\ncompose:\n  x: missing + 1\ngroups:\n  y: size\n";
  expect(await mistakesIn({ "1.ini": hosts, "2.yml": strict }, ["1.ini", "2.yml"])).toEqual([
    expect.stringMatching(/^2\.yml:4:6 /),
    "2.yml:6:6 constructed",
  ]);
  const keyed = "plugin: constructed\nkeyed_groups:\n  - key: size\n";
  expect(await mistakesIn({ "1.ini": hosts, "2.yml": keyed }, ["1.ini", "2.yml"])).toEqual(["2.yml:3:5 constructed"]);
});
