import { getHashes, hash } from "node:crypto";
import { Secret } from "@evenkeel/core";
import type { Context } from "../engine/context.ts";
import type { VaultCipher } from "../engine/environment.ts";
import { passwordHash } from "../hashes/password-hash.ts";
import { EffectRefused } from "../lookups/effect-refused.ts";
import { optionalInt, textArgument } from "../python/arguments.ts";
import { TemplateFault, wrongValue } from "../python/fault.ts";
import type { Native } from "../python/native.ts";
import { native, nativeIn } from "../python/native.ts";
import { toText } from "../python/repr.ts";
import { isTrue } from "../python/truth.ts";

const sha1 = native("value", (value) => hash("sha1", toText(value)));

/** Filters that hash and encode. */
export const hashFilters: Readonly<Record<string, Native>> = {
  b64encode: native("value encoding? urlsafe?", (value, encoding = "utf-8", isUrlSafe = false) => {
    const text = bytesOf(textArgument(value, "what is encoded"), toText(encoding)).toString("base64");
    return isTrue(isUrlSafe) ? text.replaceAll("+", "-").replaceAll("/", "_") : text;
  }),
  b64decode: native("value encoding? urlsafe?", (value, encoding = "utf-8", isUrlSafe = false) =>
    decode(toText(value), toText(encoding), isTrue(isUrlSafe)),
  ),
  md5: native("value", (value) => hash("md5", toText(value))),
  sha1,
  checksum: sha1,
  hash: native("value hashtype?", (value, kind = "sha1") => {
    const name = toText(kind)
      .toLowerCase()
      .replace("_", "-")
      .replace(/^sha-?(1|224|256|384|512)$/, "sha$1");
    if (!getHashes().some((each) => each.toLowerCase() === name))
      throw wrongValue(`unsupported hash type ${toText(kind)}`);
    return hash(name, toText(value));
  }),
  to_uuid: native("value namespace?", (value, namespace = "361E6D51-FAEC-444A-9079-341386DA8E2E") =>
    uuid5(toText(value), toText(namespace)),
  ),
  password_hash: nativeIn(
    "value hashtype? salt? salt_size? rounds? ident?",
    (context, value, kind = "sha512", salt = null, saltSize = null, rounds = null) => {
      // It takes a second on purpose: nobody who only looks ahead waits for it.
      if (context.environment.isSpeculative) throw new EffectRefused("password_hash");
      return passwordHash(textArgument(value, "the password"), toText(kind), {
        salt: salt === null ? undefined : toText(salt),
        saltSize: optionalInt(saltSize, "salt_size"),
        rounds: optionalInt(rounds, "rounds"),
      });
    },
  ),
  vault: nativeIn(
    "value secret salt? vault_id? wrap_object? vaultid?",
    (context, value, secret, salt = null, id = "filter_default") =>
      cipher(context).encrypt(textArgument(value, "what is encrypted"), textArgument(secret, "the secret"), {
        id: toText(id),
        ...(salt !== null && { salt: toText(salt) }),
      }),
  ),
  unvault: nativeIn("value secret vault_id? vaultid?", (context, value, secret) => {
    const text = textArgument(value, "the vault");
    const { isEncrypted, decrypt } = cipher(context);
    return isEncrypted(text) ? new Secret(decrypt(text, textArgument(secret, "the secret"))) : text;
  }),
};

function cipher({ environment }: Context): VaultCipher {
  if (environment.vault !== undefined) return environment.vault;
  throw new TemplateFault("unavailable", "vaults cannot be opened here");
}

function bytesOf(text: string, encoding: string): Buffer {
  const name = encoding.toLowerCase().replace(/[-_]/g, "");
  if (name === "utf8" || name === "ascii") return Buffer.from(text);
  if (name === "latin1" || name === "iso88591") return Buffer.from(text, "latin1");
  if (name === "utf16le") return Buffer.from(text, "utf16le");
  if (name === "utf16") return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);
  throw wrongValue(`unknown encoding: ${encoding}`);
}

function decode(text: string, encoding: string, isUrlSafe: boolean): string {
  const plain = (isUrlSafe ? text.replaceAll("-", "+").replaceAll("_", "/") : text).replace(/[^A-Za-z0-9+/=]/g, "");
  const body = plain.replace(/=.*$/, "");
  if (body.length % 4 === 1 || plain.length - body.length < (4 - (body.length % 4)) % 4)
    throw wrongValue("Incorrect padding");
  const bytes = Buffer.from(body, "base64");
  const name = encoding
    .toLowerCase()
    .replace("_", "-")
    .replace(/-([bl]e)$/, "$1");
  try {
    return new TextDecoder(name, {
      fatal: true,
      ignoreBOM: !name.startsWith("utf-16") && !name.startsWith("utf16"),
    }).decode(bytes);
  } catch (error) {
    throw wrongValue(`what was decoded is no ${encoding}: ${(error as Error).message}`);
  }
}

function uuid5(name: string, namespace: string): string {
  const hex = namespace.replace(/^urn:|uuid:|[{}-]/g, "");
  if (!/^[0-9a-f]{32}$/i.test(hex))
    throw wrongValue(`Invalid value '${namespace}' for 'namespace': badly formed hexadecimal UUID string`);
  const bytes = hash("sha1", Buffer.concat([Buffer.from(hex, "hex"), Buffer.from(name)]), "buffer").subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
