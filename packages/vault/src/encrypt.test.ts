import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { VaultPassword } from "./ansible/vault-password.ts";
import { encrypt } from "./encrypt.ts";
import { openVault } from "./vault.ts";

const password = new VaultPassword("dev", Buffer.from("correct horse"));
const fixture = (name: string) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url));

test("a text is for whom it is said to be", async () => {
  const identityFiles = [new URL("../fixtures/identity.txt", import.meta.url).pathname];
  const vault = await openVault({ passwords: [{ kind: "given", password }], identityFiles });
  const [recipient = ""] = /age1\w+/.exec(fixture("identity.txt").toString()) ?? [];
  const texts = [
    await encrypt(Buffer.from("s3cret"), { kind: "ansible-vault", password, id: "qa" }),
    await encrypt(Buffer.from("s3cret"), { kind: "recipients", recipients: [recipient] }),
  ];
  await vault.unlock(texts.map((data) => ({ data })));
  expect(texts.map((text) => vault.decrypt(text).reveal())).toEqual(["s3cret", "s3cret"]);
  expect(texts.map((text) => vault.open(text).openedBy)).toMatchObject([
    { kind: "ansible-vault", id: "qa" },
    { kind: "identity", recipients: 1 },
  ]);
});

test.each(["ansible.yml", "age.txt", "age.bin"])(
  "%s is encrypted already, and is not encrypted again",
  async (name) => {
    const place = { file: name };
    await expect(encrypt(fixture(name), { kind: "ansible-vault", password }, place)).rejects.toMatchObject({
      code: "vault/already-encrypted",
      place,
    });
  },
);
