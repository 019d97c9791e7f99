import { execFile } from "node:child_process";
import { createHmac, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { judgeHostKey } from "../src/identity/judge-host-key.ts";
import { keyTypeOf, parseKnownHosts } from "../src/identity/parse-known-hosts.ts";
import { makeKey, publicKeyOf } from "./make-key.ts";
import type { RecordingServer } from "./recording-server.ts";
import { recordingServer } from "./recording-server.ts";

/** The system's ssh and we must judge alike. It reaches the server through a command, so that any name and port will do. */
const shown = makeKey();
const OURS = publicKeyOf(shown);
const OTHER = publicKeyOf(makeKey());
const RSA = publicKeyOf(makeKey("rsa"));
const ECDSA = publicKeyOf(makeKey("ecdsa"));

let server: RecordingServer;
let directory: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "verdicts-"));
  server = await recordingServer({ hostKeys: [shown] });
});
afterAll(async () => {
  await server.close();
  rmSync(directory, { recursive: true });
});

const line = (hosts: string, key = OURS, type = keyTypeOf(key)) => `${hosts} ${type} ${key.toString("base64")}`;
const revoked = (hosts: string, key = OURS) => `@revoked ${line(hosts, key)}`;
const authority = (hosts: string, key = OTHER) => `@cert-authority ${line(hosts, key)}`;

function hashed(name: string, salt = randomBytes(20)): string {
  return `|1|${salt.toString("base64")}|${createHmac("sha1", salt).update(name).digest("base64")}`;
}

const at = (host: string, port = 22, hostKeyAlias?: string) => ({ host, port, ...(hostKeyAlias && { hostKeyAlias }) });
const truncated = OURS.toString("base64").slice(0, 40);

const cases: readonly (readonly [string, string, ReturnType<typeof at>])[] = [
  ["an empty file", "", at("web")],
  ["the key", line("web"), at("web")],
  ["another key", line("web", OTHER), at("web")],
  ["a key of another kind", line("web", RSA), at("web")],
  ["keys of two other kinds", `${line("web", RSA)}\n${line("web", ECDSA)}`, at("web")],
  ["another key before the key", `${line("web", OTHER)}\n${line("web")}`, at("web")],
  ["another key after the key", `${line("web")}\n${line("web", OTHER)}`, at("web")],
  ["another host's key", line("db"), at("web")],
  ["a name that begins alike", line("web1"), at("web")],
  ["capitals in the file", line("WEB"), at("web")],
  ["capitals asked for", line("web"), at("WEB")],
  ["several names", line("db,web,mail"), at("web")],
  ["several names, an empty one", line("db,,web"), at("web")],
  ["a star", line("*"), at("web")],
  ["a star inside", line("w*b.example.org"), at("web.example.org")],
  ["a question mark", line("w?b"), at("web")],
  ["a question mark too many", line("web?"), at("web")],
  ["a negation before", line("!web,*"), at("web")],
  ["a negation after", line("*,!web"), at("web")],
  ["a negation of another", line("!db,*"), at("web")],
  ["a negation alone", line("!db"), at("web")],
  ["a negated wildcard", line("web,!w*"), at("web")],
  ["an address", line("192.0.2.7"), at("192.0.2.7")],
  ["an IPv6 address", line("2001:db8::7"), at("2001:db8::7")],
  ["an IPv6 address and a port", line("[2001:db8::7]:2222"), at("2001:db8::7", 2222)],
  ["a port", line("[web]:2222"), at("web", 2222)],
  ["another port", line("[web]:2223"), at("web", 2222)],
  ["a port and another key", line("[web]:2222", OTHER), at("web", 2222)],
  ["known without its port", line("web"), at("web", 2222)],
  ["another key known without its port", line("web", OTHER), at("web", 2222)],
  ["another key with, the key without its port", `${line("[web]:2222", OTHER)}\n${line("web")}`, at("web", 2222)],
  ["port 22 written out", line("[web]:22"), at("web")],
  ["a star is for every port", line("*"), at("web", 2222)],
  ["a pattern with a port", line("[*.example.org]:2222"), at("web.example.org", 2222)],
  ["hashed", line(hashed("web")), at("web")],
  ["hashed, another key", line(hashed("web"), OTHER), at("web")],
  ["hashed with a port", line(hashed("[web]:2222")), at("web", 2222)],
  ["hashed, capitals asked for", line(hashed("web")), at("WEB")],
  ["hashed in capitals", line(hashed("WEB")), at("WEB")],
  ["hashed in a list", line(`${hashed("web")},web`), at("web")],
  ["hashed with a short salt", line(hashed("web", randomBytes(10))), at("web")],
  ["a broken hash, then the key", `${line("|1|x")}\n${line("web")}`, at("web")],
  ["an alias", line("front"), at("web", 22, "front")],
  ["an alias does not take the port", line("front"), at("web", 2222, "front")],
  ["an alias with a port in the file", line("[front]:2222"), at("web", 2222, "front")],
  ["an alias hides the name", line("web"), at("web", 22, "front")],
  ["an alias in capitals", line("Front"), at("web", 22, "Front")],
  ["an alias hashed as it stands", line(hashed("Front")), at("web", 22, "Front")],
  ["an alias hashed in small letters", line(hashed("front")), at("web", 22, "Front")],
  ["revoked", revoked("web"), at("web")],
  ["revoked and known", `${line("web")}\n${revoked("*")}`, at("web")],
  ["revoked for another host", `${line("web")}\n${revoked("db")}`, at("web")],
  ["another key revoked", `${line("web")}\n${revoked("*", OTHER)}`, at("web")],
  ["revoked, another key known", `${line("web", OTHER)}\n${revoked("web")}`, at("web")],
  ["an authority", authority("*"), at("web")],
  ["the key as an authority", authority("web", OURS), at("web")],
  ["an authority and the key", `${authority("*")}\n${line("web")}`, at("web")],
  ["an authority and another key", `${authority("*")}\n${line("web", OTHER)}`, at("web")],
  ["an unknown marker", `@trusted ${line("web")}`, at("web")],
  ["two markers", `@revoked @cert-authority ${line("web")}`, at("web")],
  ["a marker without a line", "@revoked", at("web")],
  ["a comment line", `#${line("web")}`, at("web")],
  ["space before and after", `  \t${line("web")}  `, at("web")],
  ["tabs between", line("web").replaceAll(" ", "\t"), at("web")],
  ["a comment after the key", `${line("web")} root@web (old)`, at("web")],
  ["CRLF", `${line("db")}\r\n${line("web")}\r\n`, at("web")],
  ["no line end", `${line("db")}\n${line("web")}`, at("web")],
  ["half a key, then the key", `web ssh-ed25519 ${truncated}\n${line("web")}`, at("web")],
  ["half a key of another", `web ssh-ed25519 ${OTHER.toString("base64").slice(0, 40)}`, at("web")],
  ["no key", "web ssh-ed25519", at("web")],
  ["only a name", "web", at("web")],
  ["no base64", "web ssh-ed25519 !!!!", at("web")],
  ["a type that is not the key's", line("web", OURS, "ssh-rsa"), at("web")],
  ["another's type on another key", line("web", OTHER, "ssh-rsa"), at("web")],
  ["an unknown type", line("web", OTHER, "ssh-foo"), at("web")],
  ["RSA by its signature's name", line("web", RSA, "rsa-sha2-512"), at("web")],
  ["bytes after the key", line("web", Buffer.concat([OTHER, Buffer.alloc(3)])), at("web")],
  ["SSH 1", "web 1024 35 1234567890", at("web")],
  ["NUL in a line", `web\0 ${line("x")}\n${line("web")}`, at("web")],
];

test.each(cases)("%s", async (_name, text, host) => {
  const file = join(directory, randomBytes(6).toString("hex"));
  writeFileSync(file, text, "latin1");
  const verdict = judgeHostKey(parseKnownHosts(text, file), { ...host, key: OURS }).kind;
  // Certificates apart, an authority says nothing about a plain key: to ssh such a host is unknown.
  expect(verdict === "authority-only" ? "unknown" : verdict).toBe(await verdictOfSsh(file, host));
});

async function verdictOfSsh(file: string, { host, port, hostKeyAlias }: ReturnType<typeof at>): Promise<string> {
  const reach = `const s = require("net").connect(${server.port}, "127.0.0.1"); process.stdin.pipe(s).pipe(process.stdout)`;
  const options = [
    "BatchMode=yes",
    "StrictHostKeyChecking=yes",
    `UserKnownHostsFile=${file}`,
    "GlobalKnownHostsFile=/dev/null",
    `ProxyCommand=${process.execPath} -e '${reach}'`,
    ...(hostKeyAlias ? [`HostKeyAlias=${hostKeyAlias}`] : []),
  ];
  const argv = ["-F", "none", "-p", String(port), ...options.flatMap((option) => ["-o", option]), "--", host, "true"];
  const { code, words } = await new Promise<{ code: number; words: string }>((resolve) => {
    execFile("ssh", argv, { env: { ...process.env, LC_ALL: "C" } }, (error, _stdout, words) =>
      resolve({ code: error === null ? 0 : Number(error.code), words }),
    );
  });
  if (code === 0) return "matched";
  if (/REVOKED|revoked/.test(words)) return "revoked";
  if (words.includes("IDENTIFICATION HAS CHANGED")) return "changed";
  if (/No \S+ host key is known/.test(words)) return "unknown";
  throw new Error(`ssh said something else: ${words}`);
}
