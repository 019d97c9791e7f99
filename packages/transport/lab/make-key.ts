import ssh2 from "ssh2";

const { generateKeyPairSync, parseKey } = ssh2.utils;
const BITS = { ecdsa: 256, rsa: 2048 } as const;

/** A private key in OpenSSH's form. ssh2 makes one ed25519 key in 250 that nobody can read: that one is made again. */
export function makeKey(type: "ed25519" | "ecdsa" | "rsa" = "ed25519"): string {
  for (;;) {
    const { private: key } =
      type === "ed25519" ? generateKeyPairSync(type) : generateKeyPairSync(type as "rsa", { bits: BITS[type] });
    if (!(parseKey(key) instanceof Error)) return key;
  }
}

/** The public half of a private key, as it travels. */
export function publicKeyOf(privateKey: string): Buffer {
  const key = parseKey(privateKey);
  if (key instanceof Error) throw key;
  return key.getPublicSSH();
}
