import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "@evenkeel/core";
import { beforeAll, expect, test } from "vitest";
import { inFolder } from "../../corpus/in-folder.ts";
import { patternHosts, patterns, readRecordedPatterns } from "../../corpus/patterns.ts";
import type { Inventory } from "../index.ts";

let inventory: Inventory;

const hosts = `alone
[web]
web[1:4].example
[db]
db-1
db-2
[staging]
web1.example
db-1
[site:children]
web
db
[empty]
`;

beforeAll(async () => {
  inventory = await inFolder({ "hosts.ini": hosts }, (read) => read);
});

/** Groups that are nearer to `all` come first. */
const all = ["alone", "web1.example", "db-1", "web2.example", "web3.example", "web4.example", "db-2"];
const web = ["web1.example", "web2.example", "web3.example", "web4.example"];

test.each([
  ["all", all],
  ["*", all],
  ["web", web],
  ["site", [...web, "db-1", "db-2"]],
  ["empty", []],
  ["ungrouped", ["alone"]],
  ["db:alone", ["db-1", "db-2", "alone"]],
  ["db,alone", ["db-1", "db-2", "alone"]],
  [" db , alone ,", ["db-1", "db-2", "alone"]],
  ["web:&staging", ["web1.example"]],
  ["web:!staging", web.slice(1)],
  ["!staging:site:!web4*", ["web2.example", "web3.example", "db-2"]],
  ["!web", ["alone", "db-1", "db-2"]],
  ["&staging", ["web1.example", "db-1"]],
  ["web:db:&staging:!db-1", ["web1.example"]],
  ["web*", web],
  ["*.example", web],
  ["web?.example", web],
  ["web[12].example", web.slice(0, 2)],
  ["web[!12].example", web.slice(2)],
  ["~web[34]", web.slice(2)],
  ["~(?P<n>db|alone)", ["db-1", "db-2", "alone"]],
  ["~DB-1", []],
  ["~(?i)DB-1", ["db-1"]],
  ["web[0]", web.slice(0, 1)],
  ["web[-1]", web.slice(3)],
  ["web[1:2]", web.slice(1, 3)],
  ["web[2:]", web.slice(2)],
  ["web[0:0]", web.slice(0, 1)],
  ["web[1:99]", web.slice(1)],
  ["site[0]:db[1]", ["web1.example", "db-2"]],
  ["web1.example", ["web1.example"]],
  ["", []],
])("%s", (pattern, names) => {
  expect(inventory.select(pattern).hosts).toEqual(names);
});

test("patterns find the hosts that Ansible finds", async () => {
  const recorded = readRecordedPatterns();
  expect(Object.keys(recorded)).toEqual(patterns);
  const corpus = await inFolder({ "hosts.ini": patternHosts }, (read) => read);
  for (const pattern of patterns) expect(hostsOf(corpus, pattern), pattern).toEqual(recorded[pattern]);
});

function hostsOf(corpus: Inventory, pattern: string): readonly string[] | null {
  try {
    return corpus.select(pattern).hosts.toSorted();
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

test("a play may name several patterns", () => {
  expect(inventory.select(["web", "!staging", "db[0]"]).hosts).toEqual([
    "web2.example",
    "web3.example",
    "web4.example",
  ]);
});

test("words that match nobody are told, and groups without hosts match", () => {
  expect(inventory.select("wbe:db:empty:&nope:!never").unmatched).toEqual(["wbe", "nope", "never"]);
  expect(inventory.select("empty").unmatched).toEqual([]);
  expect(() => inventory.selectKnown("wbe")).toThrow(
    expect.objectContaining({ code: "inventory/no-such-host", hint: "did you mean web?" }),
  );
  expect(() => inventory.selectKnown("db-3")).toThrow(expect.objectContaining({ hint: "did you mean db-1?" }));
  expect(inventory.selectKnown("db", "db-2")).toEqual(["db-2"]);
});

test.each(["~(", "~[a", "~", "web[1", "a]b"])("%s is no pattern", (pattern) => {
  expect(() => inventory.select(pattern)).toThrow(expect.objectContaining({ code: "inventory/pattern" }));
});

test("a subscript that is too large is told", () => {
  expect(() => inventory.select("db[2]")).toThrow("db[2]: db has 2 hosts, counted from 0");
});

test("a limit keeps the order of what it limits", () => {
  expect(inventory.select("all", "db-2:web2.example").hosts).toEqual(["web2.example", "db-2"]);
  expect(inventory.select("web", "!web1*").hosts).toEqual(web.slice(1));
});

test("a limit from a file", () => {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-limit-"));
  writeFileSync(join(folder, "failed"), "web2.example\n\ndb-1\n");
  expect(inventory.select("all", `@${folder}/failed`).hosts).toEqual(["db-1", "web2.example"]);
  rmSync(folder, { recursive: true });
  expect(() => inventory.select("all", `@${folder}/failed`)).toThrow(
    expect.objectContaining({ code: "inventory/limit-file" }),
  );
});
