import { randomBytes } from "node:crypto";
import { TemplateFault, wrongValue } from "../python/fault.ts";
import { shaCrypt } from "./sha-crypt.ts";

interface Hashing {
  readonly salt: string | undefined;
  readonly saltSize: number | undefined;
  readonly rounds: number | undefined;
}

/** As many as Ansible asks for when nobody says. */
const implicitRounds = { sha256: 535_000, sha512: 656_000 };

/** A password for /etc/shadow. Without a salt it is another one each time. */
export function passwordHash(password: string, kind: string, { salt, saltSize = 16, rounds }: Hashing): string {
  const name = kind.replace(/_crypt$/, "");
  if (name !== "sha256" && name !== "sha512") {
    throw new TemplateFault("unsupported", `passwords are hashed with sha512 or sha256; ${kind} is not supported`);
  }
  if (saltSize < 1 || saltSize > 16) throw wrongValue("salt_size is from 1 to 16");
  const used = salt === undefined || salt === "" ? randomSalt(saltSize) : salt;
  if (!/^[./0-9A-Za-z]{1,16}$/.test(used)) throw wrongValue("a salt has up to 16 of the letters ./0-9A-Za-z");
  const turns = rounds === undefined || rounds === 0 ? implicitRounds[name] : rounds;
  if (turns < 1000 || turns > 999_999_999) throw wrongValue("rounds are from 1000 to 999999999");
  return shaCrypt(password, { kind: name, salt: used, rounds: turns });
}

function randomSalt(size: number): string {
  const letters = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  return Array.from(randomBytes(size), (byte) => letters[byte & 63]).join("");
}
