import type { Algorithms, ServerHostKeyAlgorithm } from "ssh2";
import type { ServerHello } from "./server-hello.ts";

/**
 * What we offer a server: no CBC, no SHA-1, no DSA. chacha20 comes last because in ssh2 it is the slow one (AES runs in
 * Node's OpenSSL, Poly1305 in WebAssembly).
 */
export function offerAlgorithms(knownKeyTypes: readonly string[]): Algorithms {
  return {
    kex: [
      "curve25519-sha256",
      "curve25519-sha256@libssh.org",
      "ecdh-sha2-nistp256",
      "ecdh-sha2-nistp384",
      "ecdh-sha2-nistp521",
      "diffie-hellman-group-exchange-sha256",
      "diffie-hellman-group14-sha256",
      "diffie-hellman-group16-sha512",
      "diffie-hellman-group18-sha512",
    ],
    serverHostKey: orderHostKeys(knownKeyTypes),
    cipher: [
      "aes128-gcm@openssh.com",
      "aes256-gcm@openssh.com",
      "aes128-ctr",
      "aes192-ctr",
      "aes256-ctr",
      "chacha20-poly1305@openssh.com",
    ],
    hmac: ["hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com", "hmac-sha2-256", "hmac-sha2-512"],
    compress: ["none"],
  };
}

const HOST_KEYS: readonly ServerHostKeyAlgorithm[] = [
  "ssh-ed25519",
  "ecdsa-sha2-nistp256",
  "ecdsa-sha2-nistp384",
  "ecdsa-sha2-nistp521",
  "rsa-sha2-512",
  "rsa-sha2-256",
];

/** The kinds of key that known_hosts holds come first, as in OpenSSH: else a server may show us one that we do not know. */
export function orderHostKeys(knownKeyTypes: readonly string[]): ServerHostKeyAlgorithm[] {
  const isKnown = (algorithm: string) => knownKeyTypes.includes(algorithm.replace(/^rsa-sha2-\d+$/, "ssh-rsa"));
  return [...HOST_KEYS.filter(isKnown), ...HOST_KEYS.filter((algorithm) => !isKnown(algorithm))];
}

/** What was agreed on in a key exchange, as ssh2's `handshake` event tells it. */
export interface Agreed {
  readonly cs: { readonly cipher: string; readonly mac: string };
  readonly sc: { readonly cipher: string; readonly mac: string };
}

/** Terrapin (CVE-2023-48795): without strict key exchange, chacha20 and encrypt-then-MAC let packets be cut out unseen. */
export function isOpenToTerrapin(agreed: Agreed, hello: ServerHello): boolean {
  const isWeak = ({ cipher, mac }: { cipher: string; mac: string }) =>
    cipher.startsWith("chacha20") || mac.endsWith("-etm@openssh.com");
  return !hello.isStrict && (isWeak(agreed.cs) || isWeak(agreed.sc));
}
