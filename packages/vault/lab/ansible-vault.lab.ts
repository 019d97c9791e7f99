import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Host, Lab } from "@evenkeel/lab";
import { createLab } from "@evenkeel/lab";
import { afterAll, beforeAll, expect, test } from "vitest";
import { encryptAnsible } from "../src/ansible/encrypt-ansible.ts";
import { VaultPassword } from "../src/ansible/vault-password.ts";
import { inlineValues, toInlineValue } from "../src/inline-values.ts";
import type { Vault } from "../src/vault.ts";
import { openVault } from "../src/vault.ts";

/** The real `ansible-vault` on a real host, and ours here. */
let lab: Lab;
let host: Host;
let folder: string;
let vault: Vault;
const ours = new VaultPassword("default", Buffer.from("correct horse"));
const dev = new VaultPassword("dev", Buffer.from("bättery"));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "vault-lab-"));
  lab = await createLab();
  [host] = (await lab.addHosts([{ name: "control" }])) as [Host];
  await host.shell("apt-get update -q && apt-get install -y -q --no-install-recommends ansible-core");
  await host.shell("printf 'correct horse\\n' > default.pw; printf 'bättery' > dev.pw; chmod 600 *.pw");
  const path = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  vault = await openVault({
    passwords: [
      { kind: "file", path: path("default.pw", "correct horse") },
      { kind: "file", id: "dev", path: path("dev.pw", "bättery\n") },
    ],
  });
});
afterAll(async () => {
  await lab?.down();
  rmSync(folder, { recursive: true });
});

const keys = "--vault-id default@default.pw --vault-id dev@dev.pw";
const ansible = async (command: string) => (await host.shell(`LC_ALL=C.UTF-8 ansible-vault ${command}`)).stdout;

test.each([0, 1, 15, 16, 17, 1000, 300_000])("of %i bytes, each reads what the other wrote", async (length) => {
  const plain = randomBytes(length);
  await host.writeFile("plain", plain);
  const theirs = await ansible(`encrypt ${keys} --encrypt-vault-id dev --output - plain`);
  expect(vault.open(theirs).plain.equals(plain)).toBe(true);
  await host.writeFile("ours", encryptAnsible(plain, dev));
  await ansible(`decrypt ${keys} ours`);
  await host.run(["cmp", "plain", "ours"]);
});

test("the first line and the length of what we write are as theirs", async () => {
  const theirs = await ansible(`encrypt ${keys} --encrypt-vault-id dev --output - dev.pw`);
  const { openedBy } = vault.open(theirs);
  expect(openedBy).toMatchObject({ kind: "ansible-vault", id: "dev" });
  const header = (text: string) => text.split("\n")[0];
  expect(header(encryptAnsible(Buffer.from("x"), dev))).toBe(header(theirs));
  expect(encryptAnsible(Buffer.from("bättery"), dev)).toHaveLength(theirs.length);
  const theirDefault = await ansible(`encrypt --vault-password-file default.pw --output - dev.pw`);
  expect(header(encryptAnsible(Buffer.from("x"), ours))).toBe(header(theirDefault));
});

test("an inline value of theirs is read by us, one of ours by a playbook of theirs", async () => {
  const theirs = await host.shell(
    `printf 's3crét\\n' | LC_ALL=C.UTF-8 ansible-vault encrypt_string ${keys} --encrypt-vault-id dev --stdin-name it`,
  );
  const [value] = inlineValues(theirs.stdout);
  expect(vault.decrypt(value?.text ?? "").reveal()).toBe("s3crét\n");
  const secret = "ours, with ünïcode, 'quotes' and {{ braces }}\nand two lines";
  await host.writeFile("vars.yml", `it: ${toInlineValue(encryptAnsible(Buffer.from(secret), dev), "    ")}\n`);
  await host.writeFile("out.yml", PLAYBOOK);
  await host.shell(`LC_ALL=C.UTF-8 ansible-playbook -i localhost, -c local ${keys} out.yml`);
  expect(await host.readFile("out.txt")).toBe(secret);
});

const PLAYBOOK = `
- hosts: localhost
  gather_facts: false
  vars_files: [vars.yml]
  tasks:
    - copy: { dest: "{{ playbook_dir }}/out.txt", content: "{{ it }}" }
`;

test("rekeyed by one, it is read by the other", async () => {
  await host.writeFile("re", encryptAnsible(Buffer.from("s3cret"), ours));
  await ansible(`rekey --vault-password-file default.pw --new-vault-id dev@dev.pw re`);
  const rekeyed = vault.open(await host.readFile("re"));
  expect(rekeyed).toMatchObject({ plain: Buffer.from("s3cret"), openedBy: { id: "dev" } });
  await host.writeFile("re", encryptAnsible(rekeyed.plain, ours));
  expect(await ansible("view --vault-password-file default.pw re")).toBe("s3cret\n");
});

test("password files, programs and clients give both the same password", async () => {
  const sources: Record<string, string> = {
    "spaces.pw": " \tcorrect horse\r\n\n",
    "program.sh": "#!/bin/sh\nprintf ' correct horse \\n\\n'\n",
    "ring-client.sh": '#!/bin/sh\n[ "$1" = --vault-id ] && echo "$2 horse"\n',
    "encrypted.pw": encryptAnsible(Buffer.from("correct horse\n"), ours),
  };
  for (const [name, content] of Object.entries(sources)) {
    const mode = name.endsWith(".sh") ? 0o700 : 0o600;
    await host.writeFile(name, content);
    await host.run(["chmod", mode.toString(8), name]);
    writeFileSync(join(folder, name), content, { mode });
    const first = name === "encrypted.pw" ? "--vault-id default@default.pw " : "";
    const theirs = await ansible(`encrypt ${first}--vault-id qa@${name} --encrypt-vault-id qa --output - plain`);
    const read = await openVault({
      passwords: [
        { kind: "file", path: join(folder, "default.pw") },
        { kind: "file", id: "qa", path: join(folder, name) },
      ],
    });
    expect([name, read.open(theirs).openedBy]).toMatchObject([name, { password: { id: "qa" } }]);
  }
});

test("of 600 flipped bits, we accept none that Ansible refuses", async () => {
  const text = encryptAnsible(Buffer.from("s3cret"), dev);
  const flipped = Array.from({ length: 600 }, (_, index) => {
    const bytes = Buffer.from(text);
    const at = index < 240 ? index >> 3 : randomBytes(2).readUInt16BE() % text.length;
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (index & 7));
    return bytes;
  });
  await host.writeFile("flips.json", JSON.stringify(flipped.map((bytes) => bytes.toString("base64"))));
  await host.writeFile("judge.py", JUDGE);
  const theirs = JSON.parse((await host.run(["python3", "judge.py"])).stdout) as boolean[];
  const isAccepted = (bytes: Buffer) => {
    try {
      return vault.open(bytes).plain.length > 0;
    } catch {
      return false;
    }
  };
  const both = flipped.map((bytes, index) => ({ ours: isAccepted(bytes), theirs: theirs[index] }));
  expect(both.filter((each) => each.ours && !each.theirs)).toEqual([]);
  // Else this would say nothing: some flips of the id are accepted by both.
  expect(both.some((each) => each.ours && each.theirs)).toBe(true);
});

const JUDGE = `
import base64, json
from ansible.parsing.vault import VaultLib, VaultSecret
lib = VaultLib([("dev", VaultSecret("bättery".encode()))])
def accepts(data):
    try:
        return bool(lib.decrypt(data))
    except Exception:
        return False
print(json.dumps([accepts(base64.b64decode(each)) for each in json.load(open("flips.json"))]))
`;
