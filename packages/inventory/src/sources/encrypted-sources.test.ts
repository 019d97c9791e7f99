import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Vault } from "@evenkeel/vault";
import { encrypt, generateIdentity, openVault, toInlineValue, VaultPassword } from "@evenkeel/vault";
import { Vaulted } from "@evenkeel/yaml";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inFolder } from "../../corpus/in-folder.ts";

/** Real vaults: what is encrypted as a whole is opened when it is needed, in each of the places where it can stand. */
const password = new VaultPassword("default", Buffer.from("open sesame"));
const folder = mkdtempSync(join(tmpdir(), "evenkeel-keys-"));
let vault: Vault;
let recipient: string;

beforeAll(async () => {
  const identity = await generateIdentity();
  recipient = identity.recipient;
  writeFileSync(join(folder, "age.txt"), identity.file.reveal());
  vault = await openVault({
    passwords: [{ kind: "given", password }],
    identityFiles: [join(folder, "age.txt")],
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

const locks = {
  "Ansible Vault": () => ({ kind: "ansible-vault", password }) as const,
  age: () => ({ kind: "recipients", recipients: [recipient] }) as const,
};

test.each(Object.entries(locks))("%s: sources, files of variables, and single values in both", async (_, lock) => {
  const locked = (text: string) => encrypt(Buffer.from(text), lock());
  const inline = async (text: string) => toInlineValue(await locked(text), "        ");
  const files = {
    "hosts.yml": await locked("web:\n  hosts:\n    w1: {a: from the source}\n"),
    "more.yml": `web:\n  hosts:\n    w1:\n      b: ${await inline("in a source")}\n`,
    "group_vars/web/all.yml": await locked("c: from a file\n"),
    "host_vars/w1.yml": `d:\n  - e: ${await inline("in a file")}\n`,
  };
  await inFolder(
    files,
    (inventory) => {
      const { a, b, c, d } = inventory.valuesOf("w1") as { a: string; b: Vaulted; c: string; d: [{ e: Vaulted }] };
      expect([a, c]).toEqual(["from the source", "from a file"]);
      expect(b).toBeInstanceOf(Vaulted);
      expect(vault.decrypt(b.ciphertext).reveal()).toBe("in a source");
      expect(vault.decrypt(d[0].e.ciphertext).reveal()).toBe("in a file");
      expect([...inventory.sources("w1", "c")]).toMatchObject([{ where: { isSecret: true } }]);
    },
    { vault, sources: ["hosts.yml", "more.yml"] },
  );
});

test("a file that no key fits is a mistake at that file", async () => {
  const other = new VaultPassword("default", Buffer.from("another"));
  const files = {
    "hosts.ini": "[web]\nw1\n[db]\nd1\n",
    "group_vars/web.yml": await encrypt(Buffer.from("a: 1\n"), { kind: "ansible-vault", password: other }),
  };
  await inFolder(
    files,
    (inventory) => {
      expect(inventory.valuesOf("d1")).toEqual({});
      expect(() => inventory.valuesOf("w1")).toThrow(
        expect.objectContaining({ name: "InputError", place: { file: "group_vars/web.yml" } }),
      );
    },
    { vault },
  );
});
