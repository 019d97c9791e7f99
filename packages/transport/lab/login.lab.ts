import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Secret } from "@evenkeel/core";
import type { Host, Lab } from "@evenkeel/lab";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Endpoint } from "../src/endpoint.ts";
import { openOpensshLink } from "../src/link-openssh.ts";
import { openSsh2Link } from "../src/link-ssh2.ts";
import { endpointOf, setSshd as setWords, sshHosts, whoAmI } from "./ssh-host.ts";

let lab: Lab;
let host: Host;
let directory: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "login-"));
  const made = await sshHosts("web");
  lab = made.lab;
  host = made.hosts[0] as Host;
  await host.shell("useradd -m -s /bin/sh guest && echo guest:sesame | chpasswd");
  await setSshd(host);
  await host.shell("mkdir -p -m 700 ~guest/.ssh && : > ~guest/.ssh/authorized_keys && chown -R guest: ~guest/.ssh");
});
afterAll(async () => {
  await lab?.down();
  rmSync(directory, { recursive: true });
});

/** What fails here on purpose must not shut us out. */
const setSshd = (to: Host, words = "") => setWords(to, `PerSourcePenalties no\n${words}`);

/** A new key of the system's making, let in as `guest`, or not. */
async function key(
  name: string,
  { type = "ed25519", passphrase = "", isLetIn = true, pem = false } = {},
): Promise<string> {
  const path = join(directory, name);
  execFileSync("ssh-keygen", [
    "-q",
    "-t",
    type,
    "-N",
    passphrase,
    ...(pem ? ["-m", "PEM"] : []),
    "-C",
    name,
    "-f",
    path,
  ]);
  const line = execFileSync("ssh-keygen", ["-y", "-P", passphrase, "-f", path]).toString();
  if (isLetIn) await host.shell("cat >> ~guest/.ssh/authorized_keys", { stdin: line });
  return path;
}

const guest = (more: Partial<Endpoint> = {}): Endpoint => {
  const { identityFiles: _ours, ...rest } = endpointOf(lab, host, { user: "guest" });
  // Reads no key of the machine's own: a config that names none.
  const sshConfig = join(directory, "no-keys");
  writeFileSync(sshConfig, "IdentityFile none\n");
  return { ...rest, sshConfig, ...more };
};

/** How many logins the host has refused. */
async function failures(): Promise<number> {
  await sleep(300);
  const { stdout } = await host.shell("journalctl -u 'ssh*' -o cat | grep -c 'Failed password' || true");
  return Number(stdout);
}

test.each([
  ["ed25519", {}],
  ["ecdsa", { type: "ecdsa" }],
  ["rsa", { type: "rsa" }],
  ["rsa in PEM", { type: "rsa", pem: true }],
])("a key of type %s", async (name, options) => {
  const identityFiles = [await key(name.replaceAll(" ", "-"), options)];
  expect(await whoAmI(guest({ identityFiles }))).toBe("guest");
});

test.each([
  ["ssh2", openSsh2Link],
  ["openssh", openOpensshLink],
])("a key that the host does not know: %s", async (transport, open) => {
  const path = await key(`wrong-${transport}`, { isLetIn: false });
  const linking = open(guest({ identityFiles: [path] }));
  await expect(linking).rejects.toMatchObject({
    code: "login/refused",
    host: "web",
    detail: expect.stringMatching(/publickey/),
  });
});

test("an encrypted key: the passphrase is asked for once, and only if the host wants the key", async () => {
  const path = await key("encrypted", { passphrase: "open sesame" });
  const stranger = await key("encrypted-stranger", { passphrase: "open sesame", isLetIn: false });
  let asked = 0;
  const passphrase = async () => {
    asked++;
    return new Secret("open sesame");
  };
  await expect(openSsh2Link(guest({ identityFiles: [stranger], passphrase }))).rejects.toMatchObject({
    code: "login/refused",
  });
  expect(asked).toBe(0);
  expect(await whoAmI(guest({ identityFiles: [path], passphrase }))).toBe("guest");
  expect(asked).toBe(1);
});

test("an encrypted key without a passphrase, and with a wrong one", async () => {
  const path = await key("encrypted-2", { passphrase: "open sesame" });
  await expect(openSsh2Link(guest({ identityFiles: [path] }))).rejects.toMatchObject({
    code: "login/no-credentials",
    detail: expect.stringContaining(`ssh-add ${path}`),
  });
  const passphrase = new Secret("wrong");
  await expect(openSsh2Link(guest({ identityFiles: [path], passphrase }))).rejects.toMatchObject({
    detail: expect.stringContaining("the passphrase does not open"),
  });
});

test("key files that cannot be used are named before anything is sent", async () => {
  const missing = openSsh2Link(guest({ identityFiles: [join(directory, "none")] }));
  await expect(missing).rejects.toMatchObject({ code: "login/key-unreadable" });
  const path = await key("exposed");
  chmodSync(path, 0o644);
  await expect(openSsh2Link(guest({ identityFiles: [path] }))).rejects.toMatchObject({
    code: "login/key-unreadable",
    detail: expect.stringContaining("chmod 600"),
  });
});

test("a password", async () => {
  await setSshd(host, "PasswordAuthentication yes\n");
  expect(await whoAmI(guest({ password: new Secret("sesame") }))).toBe("guest");
});

test("a wrong password is tried once, and never shown", async () => {
  await setSshd(host, "PasswordAuthentication yes\nKbdInteractiveAuthentication yes\n");
  const before = await failures();
  const error = await openSsh2Link(guest({ password: new Secret("wrong-canary") })).catch((reason) => reason);
  expect(error).toMatchObject({ code: "login/refused", detail: expect.stringContaining("password: refused") });
  expect(JSON.stringify([error, error.message, error.detail, error.stack])).not.toContain("canary");
  expect((await failures()) - before).toBe(1);
});

test("a password where the host asks by prompt only", async () => {
  await setSshd(host, "PasswordAuthentication no\nKbdInteractiveAuthentication yes\nUsePAM yes\n");
  expect(await whoAmI(guest({ password: new Secret("sesame") }))).toBe("guest");
});

test("a key and then a password, where the host wants both", async () => {
  await setSshd(host, "PasswordAuthentication yes\nAuthenticationMethods publickey,password\n");
  const identityFiles = [await key("first-factor")];
  expect(await whoAmI(guest({ identityFiles, password: new Secret("sesame") }))).toBe("guest");
  const half = openSsh2Link(guest({ identityFiles }));
  await expect(half).rejects.toMatchObject({ detail: expect.stringContaining("first-factor: accepted") });
  await setSshd(host);
});

test("nothing to log in with", async () => {
  await setSshd(host);
  await expect(openSsh2Link(guest())).rejects.toMatchObject({
    code: "login/no-credentials",
    detail: expect.stringContaining("the host takes: publickey"),
  });
});

test("an agent: at most three of its keys, all of them named in a refusal; a named public key picks one", async () => {
  const socket = join(directory, "agent");
  const agent = spawn("ssh-agent", ["-D", "-a", socket], { stdio: ["ignore", "pipe", "inherit"] });
  await once(agent.stdout, "data");
  try {
    const env = { ...process.env, SSH_AUTH_SOCK: socket };
    const add = (path: string) => execFileSync("ssh-add", ["-q", path], { env });
    for (const name of ["a", "b", "c"]) add(await key(`stranger-${name}`, { isLetIn: false }));
    const right = await key("held", { type: "rsa" });
    add(right);
    await expect(openSsh2Link(guest({ agent: socket }))).rejects.toMatchObject({
      code: "login/refused",
      detail: expect.stringMatching(/agent key stranger-a: refused[\s\S]*1 more agent keys were not tried/),
    });
    expect(await whoAmI(guest({ agent: socket, identityFiles: [`${right}.pub`] }))).toBe("guest");
    const config = join(directory, "only");
    writeFileSync(config, `IdentitiesOnly yes\nIdentityFile ${right}\n`);
    rmSync(right);
    writeFileSync(right, execFileSync("ssh-add", ["-L"], { env }).toString().trim().split("\n").at(-1) as string);
    expect(await whoAmI(guest({ agent: socket, sshConfig: config }))).toBe("guest");
  } finally {
    agent.kill();
    await once(agent, "exit");
  }
});

test("an agent that is not there is said, not fatal", async () => {
  const identityFiles = [await key("beside-no-agent")];
  expect(await whoAmI(guest({ agent: join(directory, "no-agent"), identityFiles }))).toBe("guest");
});

test("certificates are named as what needs the system's ssh, which takes them", async () => {
  const ca = await key("ca", { isLetIn: false });
  const path = await key("certified", { isLetIn: false });
  execFileSync("ssh-keygen", ["-q", "-s", ca, "-I", "guest", "-n", "guest", `${path}.pub`]);
  await host.shell("cat > /etc/ssh/ca.pub", { stdin: execFileSync("ssh-keygen", ["-y", "-f", ca]) });
  await setSshd(host, "TrustedUserCAKeys /etc/ssh/ca.pub\n");
  await expect(openSsh2Link(guest({ identityFiles: [path] }))).rejects.toMatchObject({
    detail: expect.stringContaining("certificates need the system's ssh"),
    hint: expect.stringContaining("transport: openssh"),
  });
  expect(await whoAmI(guest({ identityFiles: [path] }), openOpensshLink)).toBe("guest");
  await setSshd(host);
});

test("a server with post-quantum key exchanges only", async () => {
  await setSshd(host, "KexAlgorithms sntrup761x25519-sha512@openssh.com\n");
  await expect(openSsh2Link(guest())).rejects.toMatchObject({
    code: "connect/algorithms",
    detail: expect.stringContaining("sntrup761x25519"),
    hint: expect.stringContaining("transport: openssh"),
  });
  const identityFiles = [await key("quantum")];
  expect(await whoAmI(guest({ identityFiles }), openOpensshLink)).toBe("guest");
  await setSshd(host);
});
