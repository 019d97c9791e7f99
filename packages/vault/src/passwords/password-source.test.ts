import { expect, test } from "vitest";
import { parseVaultId, passwordSources } from "./password-source.ts";

test.each([
  ["dev@prompt", { kind: "prompt", id: "dev" }],
  ["dev@secrets/dev.txt", { kind: "file", id: "dev", path: "secrets/dev.txt" }],
  ["dev@me@home/file", { kind: "file", id: "dev", path: "me@home/file" }],
  ["prompt", { kind: "prompt" }],
  ["@prompt", { kind: "prompt" }],
  ["./keyring-client.py", { kind: "file", path: "./keyring-client.py" }],
])("%s", (text, source) => {
  expect(parseVaultId(text)).toEqual(source);
});

test.each(["", "dev@", "a;b@file", "grün@file", " dev@file"])("%j is no vault id", (text) => {
  expect(() => parseVaultId(text)).toThrow(expect.objectContaining({ name: "InputError", code: "vault/id" }));
});

test("ids come first, then files, then the prompt; what the environment lists is before what it adds", () => {
  const options = { vaultIds: ["dev@dev.txt"], passwordFiles: ["one.txt"], isAsking: true };
  const environment = {
    ANSIBLE_VAULT_PASSWORD_FILE: "env.txt",
    ANSIBLE_VAULT_IDENTITY_LIST: "prod@prod.txt, qa@prompt",
  };
  expect(passwordSources(options, environment)).toEqual([
    { kind: "file", id: "prod", path: "prod.txt" },
    { kind: "prompt", id: "qa" },
    { kind: "file", id: "dev", path: "dev.txt" },
    { kind: "file", id: "default", path: "one.txt" },
    { kind: "file", id: "default", path: "env.txt" },
    { kind: "prompt" },
  ]);
});

test("our own variables win over Ansible's, and empty ones are none", () => {
  const sources = (environment: NodeJS.ProcessEnv) => passwordSources({}, environment);
  expect(sources({ EVENKEEL_VAULT_PASSWORD_FILE: "ours", ANSIBLE_VAULT_PASSWORD_FILE: "theirs" })).toEqual([
    { kind: "file", id: "default", path: "ours" },
  ]);
  expect(sources({ EVENKEEL_VAULT_PASSWORD_FILE: "", ANSIBLE_VAULT_IDENTITY_LIST: "" })).toEqual([]);
});
