import { expect, test } from "vitest";
import { isOpenToTerrapin, offerAlgorithms, orderHostKeys } from "./algorithms.ts";
import { readServerHello } from "./server-hello.ts";

test("nothing weak is offered", () => {
  const offered = Object.values(offerAlgorithms([])).flat().join(" ");
  expect(offered).not.toMatch(/cbc|sha1|md5|ssh-rsa|ssh-dss|arcfour|group1-/);
  expect(offerAlgorithms([]).kex?.[0 as never]).toBe("curve25519-sha256");
});

test("known kinds of host key come first", () => {
  expect(orderHostKeys(["ssh-rsa"]).slice(0, 3)).toEqual(["rsa-sha2-512", "rsa-sha2-256", "ssh-ed25519"]);
  expect(orderHostKeys(["ecdsa-sha2-nistp256"])[0]).toBe("ecdsa-sha2-nistp256");
  expect(orderHostKeys([])).toHaveLength(6);
});

const strict = readServerHello(hello("kex-strict-s-v00@openssh.com"));
const lax = readServerHello(hello("curve25519-sha256"));

test.each([
  ["aes128-gcm@openssh.com", "", lax, false],
  ["aes128-ctr", "hmac-sha2-256", lax, false],
  ["aes128-ctr", "hmac-sha2-256-etm@openssh.com", lax, true],
  ["chacha20-poly1305@openssh.com", "", lax, true],
  ["chacha20-poly1305@openssh.com", "", strict, false],
])("%s %s", (cipher, mac, server, isOpen) => {
  const both = { cipher, mac };
  expect(isOpenToTerrapin({ cs: both, sc: both }, server)).toBe(isOpen);
});

function hello(kex: string): Buffer {
  const lists = [
    kex,
    "ssh-ed25519",
    "aes128-ctr",
    "aes128-ctr",
    "hmac-sha2-256",
    "hmac-sha2-256",
    "none",
    "none",
    "",
    "",
  ];
  const body = Buffer.concat([
    Buffer.from([4, 20]),
    Buffer.alloc(16),
    ...lists.flatMap((list) => [uint32(list.length), Buffer.from(list)]),
    Buffer.alloc(5 + 4),
  ]);
  return Buffer.concat([Buffer.from("Welcome\r\nSSH-2.0-OpenSSH_9.2p1 Debian\r\n"), uint32(body.length), body]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

test("a server's hello, however it is cut", () => {
  const bytes = hello("a,b");
  expect(readServerHello(bytes)).toMatchObject({
    preamble: ["Welcome"],
    software: "OpenSSH_9.2p1",
    kex: ["a", "b"],
    macs: ["hmac-sha2-256"],
  });
  for (let length = 0; length < bytes.length; length++) {
    expect(readServerHello(bytes.subarray(0, length)).kex).toEqual([]);
  }
});

test("an overloaded server's words are kept, also without a line's end", () => {
  expect(readServerHello(Buffer.from("Not allowed at this time\r\n")).preamble).toEqual(["Not allowed at this time"]);
  expect(readServerHello(Buffer.from("Exceeded MaxStartups")).preamble).toEqual(["Exceeded MaxStartups"]);
});
