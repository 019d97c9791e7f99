import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { InputError, Secret } from "@evenkeel/core";
import { VaultPassword } from "../ansible/vault-password.ts";
import type { AskSecret } from "../ask-secret.ts";
import { encryptedForm } from "../encrypted-form.ts";
import { readable } from "../passwords/readable.ts";
import { decryptAge } from "./decrypt-age.ts";
import { loadAge } from "./load-age.ts";

/** The private keys in a file that `age-keygen` or `evenkeel vault keygen` wrote. One that is encrypted asks for its passphrase. */
export async function readIdentityFile(path: string, ask: AskSecret | undefined): Promise<readonly Secret[]> {
  const data = readable(path, "age identity file", () => readFileSync(path));
  if (encryptedForm(data) === undefined) return parseIdentities(data.toString("utf8"), path);
  const place = { file: path };
  const passphrase = await ask?.(`Passphrase of ${path}: `);
  const passwords = passphrase ? [new VaultPassword("passphrase", Buffer.from(passphrase.reveal()))] : [];
  const { plain } = await decryptAge(data, { identities: async () => [], passwords, place });
  return parseIdentities(plain.toString("utf8"), path);
}

/** Where an identity is looked for when none is named. */
export function defaultIdentityFile(environment: NodeJS.ProcessEnv = process.env): string {
  return join(environment.XDG_CONFIG_HOME || join(homedir(), ".config"), "evenkeel", "age.txt");
}

/** A new pair of keys: the text of an identity file, and the recipient that others encrypt to. */
export async function generateIdentity(
  now = new Date(),
): Promise<{ readonly file: Secret; readonly recipient: string }> {
  const age = await loadAge();
  const identity = await age.generateX25519Identity();
  const recipient = await age.identityToRecipient(identity);
  const created = now.toISOString().replace(/\.\d+/, "");
  return { file: new Secret(`# created: ${created}\n# public key: ${recipient}\n${identity}\n`), recipient };
}

/** The public half of an identity. */
export async function recipientOf(identity: Secret): Promise<string> {
  return (await loadAge()).identityToRecipient(identity.reveal());
}

function parseIdentities(text: string, file: string): readonly Secret[] {
  const lines = text.split("\n").map((line) => line.trim());
  const wrong = lines.findIndex((line) => line !== "" && !line.startsWith("#") && !IDENTITY.test(line));
  if (wrong !== -1) throw unusable(lines[wrong] ?? "", { file, line: wrong + 1 });
  const identities = lines.filter((line) => IDENTITY.test(line));
  if (identities.length > 0) return identities.map((line) => new Secret(line));
  throw unusable("", { file });
}

const IDENTITY = /^AGE-SECRET-KEY-(PQ-)?1[02-9AC-HJ-NP-Z]+$/;

/** Says what the line is, never the line: it may well be a secret. */
function unusable(line: string, place: { file: string; line?: number }): InputError {
  const what = line.startsWith("AGE-PLUGIN-")
    ? "is for a plugin of age, which we cannot run"
    : line.startsWith("-----BEGIN")
      ? "is an SSH key, which only the age program can use"
      : line === ""
        ? "holds no identity"
        : "has a line that is no identity";
  return new InputError({
    code: "vault/identity",
    message: `this age identity file ${what}`,
    place,
    hint: "an identity is a line AGE-SECRET-KEY-1…; `evenkeel vault keygen` makes one",
  });
}
