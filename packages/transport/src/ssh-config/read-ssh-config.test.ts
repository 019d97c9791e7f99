import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readSshConfig } from "./read-ssh-config.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "ssh-config-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

async function read(text: string, host = "web") {
  const path = join(directory, "config");
  writeFileSync(path, text);
  const { values, unclear } = await readSshConfig([{ path, directory }], host);
  return { ...Object.fromEntries(values), ...(unclear.length > 0 && { unclear }) };
}

test.each([
  ["the first value wins", "Port 1\nPort 2", { port: ["1"] }],
  ["identity files add up", "IdentityFile a\nIdentityFile b", { identityfile: ["a", "b"] }],
  [
    "any case, equals signs, quotes",
    'PORT=2\nuser = me\nIdentityFile "my key"',
    { port: ["2"], user: ["me"], identityfile: ["my key"] },
  ],
  ["comments", "# Port 1\nPort 2 # two\n\n", { port: ["2"] }],
  ["another host's block", "Host db\nPort 1\nHost web\nPort 2", { port: ["2"] }],
  ["patterns and negations", "Host w* !web\nPort 1\nHost !db w?b\nPort 2", { port: ["2"] }],
  ["a negation alone matches nothing", "Host !db\nPort 1", {}],
  ["before the first Host it is for all", "Port 1\nHost db\nUser me", { port: ["1"] }],
  ["Match all", "Host db\nPort 1\nMatch all\nPort 2", { port: ["2"] }],
  ["words that do not concern us", "SendEnv LANG LC_*\nControlMaster auto\nCiphers aes128-ctr", {}],
])("%s", async (_name, text, expected) => {
  expect(await read(text)).toEqual(expected);
});

test("what we do not understand is named with its place, if it is about this host", async () => {
  const file = join(directory, "config");
  expect(await read("Host db\nNewWord 1\nMatch user me\nPort 2\nHost *\nOther x")).toEqual({
    other: ["x"],
    unclear: [`Match at ${file}:3`, `other at ${file}:6`],
  });
});

test("Include: patterns in order of name, inside a Host block for that host only, none is no error", async () => {
  mkdirSync(join(directory, "d"));
  writeFileSync(join(directory, "d/2.conf"), "Port 2\nUser two");
  writeFileSync(join(directory, "d/1.conf"), "Host db\nPort 9\nHost *\nPort 1");
  expect(await read("Host web\nInclude d/*.conf none/*.conf\nHostName h")).toEqual({
    port: ["1"],
    user: ["two"],
    hostname: ["h"],
  });
  expect(await read("Host db\nInclude d/*.conf")).toEqual({});
});

test("a file that includes itself", async () => {
  await expect(read("Include config")).rejects.toMatchObject({ code: "ssh-config/include-loop" });
});

test("a quotation mark without a partner", async () => {
  await expect(read('Port "1')).rejects.toMatchObject({ code: "ssh-config/invalid", place: { line: 1 } });
});
