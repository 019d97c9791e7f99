import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { judgeHostKey, knownKeyTypes } from "./judge-host-key.ts";
import { parseKnownHosts } from "./parse-known-hosts.ts";

const ed25519 = (fill: number) => key("ssh-ed25519", Buffer.alloc(32, fill));
const OLD = ed25519(1);
const NEW = ed25519(2);
const RSA = key("ssh-rsa", Buffer.from([1, 0, 1]), Buffer.alloc(257, 3));

function key(type: string, ...fields: Buffer[]): Buffer {
  return Buffer.concat([Buffer.from(type), ...fields].flatMap((field) => [uint32(field.length), field]));
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

const line = (hosts: string, bytes = OLD, type = "ssh-ed25519") => `${hosts} ${type} ${bytes.toString("base64")}`;

function hashed(name: string): string {
  const salt = Buffer.alloc(20, 7);
  return `|1|${salt.toString("base64")}|${createHmac("sha1", salt).update(name).digest("base64")}`;
}

const WEB = { host: "web", port: 22 };
const ALIASED = { ...WEB, hostKeyAlias: "Front" };

test.each([
  ["no file", "", WEB, "unknown"],
  ["the key", line("web"), WEB, "matched"],
  ["another key", line("web", NEW), WEB, "changed"],
  ["a key of another kind only", line("web", RSA, "ssh-rsa"), WEB, "changed"],
  ["another key beside it", `${line("web", NEW)}\n${line("web")}`, WEB, "matched"],
  ["another host", line("db"), WEB, "unknown"],
  ["written in capitals", line("WEB"), WEB, "matched"],
  ["asked in capitals", line("web"), { ...WEB, host: "WEB" }, "matched"],
  ["several names", line("db,web,mail"), WEB, "matched"],
  ["a wildcard", line("w?b"), WEB, "matched"],
  ["a negation", line("*,!web"), WEB, "unknown"],
  ["hashed", line(hashed("web")), WEB, "matched"],
  ["hashed, another key", line(hashed("web"), NEW), WEB, "changed"],
  ["hashed, in a list", line(`${hashed("web")},web`), WEB, "unknown"],
  ["a hash with a short salt", line("|1|AAAA|AAAA"), WEB, "unknown"],
  ["a port", line("[web]:2222"), { ...WEB, port: 2222 }, "matched"],
  ["another port", line("[web]:2223"), { ...WEB, port: 2222 }, "unknown"],
  ["known without its port", line("web"), { ...WEB, port: 2222 }, "matched"],
  ["another key without its port", line("web", NEW), { ...WEB, port: 2222 }, "unknown"],
  ["port 22 written out", line("[web]:22"), WEB, "unknown"],
  ["an alias in capitals", line("Front"), ALIASED, "matched"],
  ["an alias hashed as it stands", line(hashed("Front")), ALIASED, "unknown"],
  ["an alias hashed in small letters", line(hashed("front")), ALIASED, "matched"],
  ["an alias in small letters", line("front"), { ...WEB, hostKeyAlias: "front" }, "matched"],
  ["an alias has no port", line("front"), { host: "web", port: 2222, hostKeyAlias: "front" }, "matched"],
  ["the name when there is an alias", line("web"), ALIASED, "unknown"],
  ["revoked", `@revoked ${line("*")}\n${line("web")}`, WEB, "revoked"],
  ["revoked elsewhere", `@revoked ${line("db")}\n${line("web")}`, WEB, "matched"],
  ["another key revoked", `@revoked ${line("*", NEW)}\n${line("web")}`, WEB, "matched"],
  ["an authority", `@cert-authority ${line("*")}`, WEB, "authority-only"],
  ["an authority and the key", `@cert-authority ${line("*", NEW)}\n${line("web")}`, WEB, "matched"],
  ["an unknown marker", `@trusted ${line("web")}`, WEB, "unknown"],
  ["two markers", `@revoked @revoked ${line("web")}`, WEB, "unknown"],
  ["a comment", `# ${line("web")}`, WEB, "unknown"],
  [
    "space before, tabs between, words after",
    `  web\tssh-ed25519\t${OLD.toString("base64")} root@web now`,
    WEB,
    "matched",
  ],
  ["CRLF", `${line("web")}\r\n`, WEB, "matched"],
  ["half a key", `web ssh-ed25519 ${OLD.toString("base64").slice(0, 20)}`, WEB, "unknown"],
  ["no key", "web ssh-ed25519", WEB, "unknown"],
  ["no base64", "web ssh-ed25519 !!!!", WEB, "unknown"],
  ["a kind that is not the key's", line("web", OLD, "ssh-rsa"), WEB, "unknown"],
  ["a kind that nobody knows", line("web", key("ssh-foo", OLD), "ssh-foo"), WEB, "unknown"],
  ["bytes after the key", line("web", Buffer.concat([OLD, Buffer.alloc(1)])), WEB, "unknown"],
])("%s", (_name, text, host, verdict) => {
  expect(judgeHostKey(parseKnownHosts(text, "known_hosts"), { ...host, key: OLD }).kind).toBe(verdict);
});

test("the places of the keys that are known", () => {
  const verdict = judgeHostKey(parseKnownHosts(`# mine\n${line("web", NEW)}\n`, "/k"), { ...WEB, key: OLD });
  expect(verdict).toMatchObject({ kind: "changed", known: [{ place: { file: "/k", line: 2 } }] });
});

test("the kinds of key to ask a host for", () => {
  const entries = parseKnownHosts(`${line("web", RSA, "ssh-rsa")}\n@revoked ${line("web")}\n${line("db")}`, "/k");
  expect(knownKeyTypes(entries, WEB)).toEqual(["ssh-rsa"]);
  expect(knownKeyTypes(entries, { ...WEB, port: 2222 })).toEqual(["ssh-rsa"]);
  expect(knownKeyTypes(entries, { ...WEB, host: "mail" })).toEqual([]);
});
