import { expect, test } from "vitest";
import type { HostTrust } from "../endpoint.ts";
import { fingerprint } from "./fingerprint.ts";
import { HostVerifier } from "./host-verifier.ts";
import type { KnownHost } from "./parse-known-hosts.ts";
import { parseKnownHosts } from "./parse-known-hosts.ts";

const OLD = ed25519(1);
const NEW = ed25519(2);

function ed25519(fill: number): Buffer {
  return Buffer.concat([Buffer.from("\0\0\0\x0bssh-ed25519\0\0\0\x20", "latin1"), Buffer.alloc(32, fill)]);
}

const line = (key: Buffer, marker = "") => `${marker}[10.0.0.7]:2222 ssh-ed25519 ${key.toString("base64")}\n`;

function verifier(text: string, trust: HostTrust = { kind: "strict" }) {
  const known: KnownHost[] = parseKnownHosts(text, "/home/me/.ssh/known_hosts");
  const knownHostsFile = "/home/me/.ssh/known_hosts";
  return new HostVerifier({
    name: "web-2",
    user: "deploy",
    host: "10.0.0.7",
    port: 2222,
    trust,
    known,
    knownHostsFile,
  });
}

test("the first verdict stands: a rekey must show the same key", () => {
  const host = verifier(line(OLD));
  expect([host.verify(OLD), host.verify(Buffer.from(OLD)), host.verify(NEW)]).toEqual([true, true, false]);
  expect(host.refusal).toMatchObject({ code: "identity/changed", host: "web-2" });
});

test("the pinned key is a copy: ssh2 hands out a view of its buffer", () => {
  const host = verifier(line(OLD));
  const view = Buffer.from(OLD);
  expect(host.verify(view)).toBe(true);
  view.fill(0);
  expect(host.verify(OLD)).toBe(true);
});

test("a changed key says where the old one stands, shows both, and says how to go on", () => {
  const host = verifier(line(OLD));
  expect(host.verify(NEW)).toBe(false);
  expect(host.refusal?.place).toEqual({ file: "/home/me/.ssh/known_hosts", line: 1 });
  expect(host.refusal?.detail).toBe(
    `known  ${fingerprint(OLD)} (ssh-ed25519) at /home/me/.ssh/known_hosts:1\nshown  ${fingerprint(NEW)} (ssh-ed25519)`,
  );
  expect(host.refusal?.hint).toContain("ssh-keygen -R '[10.0.0.7]:2222' -f /home/me/.ssh/known_hosts");
});

test("a stranger is refused, with the command that records it", () => {
  const host = verifier("");
  expect(host.verify(OLD)).toBe(false);
  expect(host.refusal?.code).toBe("identity/unknown");
  expect(host.refusal?.hint).toContain(
    "ssh -p 2222 -o UserKnownHostsFile=/home/me/.ssh/known_hosts deploy@10.0.0.7 true",
  );
  expect(host.newKey).toBeUndefined();
});

test.each<[string, string, HostTrust, boolean, string | undefined]>([
  ["accept-new takes a stranger", "", { kind: "accept-new" }, true, undefined],
  ["accept-new takes no change", line(NEW), { kind: "accept-new" }, false, "identity/changed"],
  ["accept-new takes no revoked key", line(OLD, "@revoked "), { kind: "accept-new" }, false, "identity/revoked"],
  [
    "accept-new takes no authority's host",
    line(NEW, "@cert-authority "),
    { kind: "accept-new" },
    false,
    "identity/authority-only",
  ],
  ["the pinned key", "", { kind: "fingerprint", sha256: fingerprint(OLD) }, true, undefined],
  ["the pinned key, whatever is known", line(NEW), { kind: "fingerprint", sha256: fingerprint(OLD) }, true, undefined],
  [
    "another than the pinned key",
    line(OLD),
    { kind: "fingerprint", sha256: fingerprint(NEW) },
    false,
    "identity/changed",
  ],
  [
    "the pinned key, revoked",
    line(OLD, "@revoked "),
    { kind: "fingerprint", sha256: fingerprint(OLD) },
    false,
    "identity/revoked",
  ],
])("%s", (_name, text, trust, isTrusted, code) => {
  const host = verifier(text, trust);
  expect(host.verify(OLD)).toBe(isTrusted);
  expect(host.refusal?.code).toBe(code);
});

test("only what was unknown is to be written down", () => {
  const stranger = verifier("", { kind: "accept-new" });
  const friend = verifier(line(OLD), { kind: "accept-new" });
  stranger.verify(OLD);
  friend.verify(OLD);
  expect([stranger.newKey?.equals(OLD), friend.newKey]).toEqual([true, undefined]);
});
