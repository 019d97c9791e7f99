import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Secret } from "@evenkeel/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { VaultPassword } from "../ansible/vault-password.ts";
import type { PasswordSource } from "./password-source.ts";
import { readPassword } from "./read-password.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vault-passwords-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array, mode = 0o600): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}
const program = (name: string, script: string) => file(name, `#!/bin/sh\n${script}\n`, 0o700);

const read = (source: PasswordSource, answer?: string) =>
  readPassword(source, {
    ask: answer === undefined ? undefined : async () => new Secret(answer),
    decrypt: async (data) => data,
  });
const bytes = (id: string, content: string | Uint8Array) => new VaultPassword(id, Buffer.from(content));

test.each([
  ["without its line end", "correct horse\n", "correct horse"],
  ["without the spaces around it", "  correct horse \r\n\n", "correct horse"],
  ["with those in it", "a b\nc\n", "a b\nc"],
])("a file's text is the password, %s", async (_, content, expected) => {
  const password = await read({ kind: "file", path: file("plain", content) });
  expect(password.id).toBe("default");
  expect(password.isSameAs(bytes("", expected))).toBe(true);
});

test("bytes that are no text are a password too", async () => {
  const content = Uint8Array.of(0xff, 0x00, 0x80, 0x0a);
  const password = await read({ kind: "file", id: "raw", path: file("raw", content) });
  expect(password.isSameAs(bytes("raw", Uint8Array.of(0xff, 0x00, 0x80)))).toBe(true);
});

test("an executable file is run, and only its line ends are cut off", async () => {
  const path = program("print", "printf ' correct horse \\n\\n'; echo talk >&2; echo \"$#\" >&2");
  expect((await read({ kind: "file", path })).isSameAs(bytes("", " correct horse "))).toBe(true);
});

test("only one called …-client is told the id, and only an id that was given", async () => {
  const script = 'echo "got:$*"';
  const client = program("keyring-client.sh", script);
  const said = async (source: PasswordSource) => await read(source);
  expect((await said({ kind: "file", id: "dev", path: client })).isSameAs(bytes("", "got:--vault-id dev"))).toBe(true);
  expect((await said({ kind: "file", path: client })).isSameAs(bytes("", "got:"))).toBe(true);
  const plain = program("keyring", script);
  expect((await said({ kind: "file", id: "dev", path: plain })).isSameAs(bytes("", "got:"))).toBe(true);
});

test("the prompt names the id, and spaces around the answer are none of it", async () => {
  const questions: string[] = [];
  const ask = async (question: string) => {
    questions.push(question);
    return new Secret(" correct horse ");
  };
  for (const source of [{ kind: "prompt" }, { kind: "prompt", id: "dev" }] as const) {
    const password = await readPassword(source, { ask, decrypt: async (data) => data });
    expect(password.isSameAs(bytes("", "correct horse"))).toBe(true);
  }
  expect(questions).toEqual(["Vault password: ", "Vault password (dev): "]);
});

test.each<[string, () => PasswordSource, string, RegExp]>([
  ["a file that is not there", () => ({ kind: "file", path: join(folder, "no") }), "vault/unreadable", /is not there/],
  ["a folder", () => ({ kind: "file", path: folder }), "vault/unreadable", /is a folder/],
  ["an empty file", () => ({ kind: "file", path: file("empty", " \n") }), "vault/empty-password", /is empty/],
  [
    "a program that fails",
    () => ({ kind: "file", path: program("fail", "exit 3") }),
    "vault/password-program",
    /gave no/,
  ],
  [
    "one that is none",
    () => ({ kind: "file", path: file("bad", "pw", 0o700) }),
    "vault/password-program",
    /cannot be run/,
  ],
  [
    "one whose interpreter is not there",
    () => ({ kind: "file", path: file("gone", "#!/no/such\n", 0o700) }),
    "vault/password-program",
    /cannot be run/,
  ],
  ["one that is silent", () => ({ kind: "file", path: program("silent", ":") }), "vault/empty-password", /is empty/],
  [
    "a client that does not know the id",
    () => ({ kind: "file", id: "dev", path: program("x-client", "exit 2") }),
    "vault/password-program",
    /for the vault id dev/,
  ],
  ["nobody to ask", () => ({ kind: "prompt", id: "dev" }), "vault/no-terminal", /nobody is there/],
])("%s is an error that says so", async (_, source, code, message) => {
  const error = await read(source()).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: "InputError", code, message: expect.stringMatching(message) });
});

test("a password that may be executed is not taken for a shell script", async () => {
  const mark = join(folder, "executed");
  await expect(read({ kind: "file", path: file("wide", `touch ${mark}`, 0o755) })).rejects.toThrow(/cannot be run/);
  expect(existsSync(mark)).toBe(false);
});

test("a binary is run", async () => {
  expect((await read({ kind: "file", path: "/bin/pwd" })).isSameAs(bytes("", process.cwd()))).toBe(true);
});

test("an empty answer is refused", async () => {
  await expect(read({ kind: "prompt" }, " ")).rejects.toMatchObject({ code: "vault/empty-password" });
});

test("~ is the home folder", async () => {
  mkdirSync(join(folder, "home"));
  const before = process.env.HOME;
  process.env.HOME = join(folder, "home");
  try {
    file("home/pw", "correct horse");
    expect((await read({ kind: "file", path: "~/pw" })).isSameAs(bytes("", "correct horse"))).toBe(true);
  } finally {
    process.env.HOME = before;
  }
});
