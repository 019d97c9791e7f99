import { createHash, hash } from "node:crypto";

const letters = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/**
 * The digest of SHA256-crypt (https://www.akkadia.org/drepper/SHA-crypt.txt), which MySQL keeps for caching_sha2_password, with
 * a salt of 20 bytes where crypt(3) cuts it to 16. No package does that with raw salts.
 */
export function sha256Crypt(key: Buffer, salt: Buffer, rounds: number): string {
  const other = sha(key, salt, key);
  const first = createHash("sha256").update(key).update(salt).update(stretched(other, key.length));
  for (let bits = key.length; bits > 0; bits >>= 1) first.update(bits & 1 ? other : key);
  let digest: Buffer = first.digest();
  const keyBytes = stretched(sha(...Array<Buffer>(key.length).fill(key)), key.length);
  const saltBytes = stretched(sha(...Array<Buffer>(16 + (digest[0] ?? 0)).fill(salt)), salt.length);
  for (let round = 0; round < rounds; round++) {
    digest = sha(
      round % 2 ? keyBytes : digest,
      round % 3 ? saltBytes : Buffer.alloc(0),
      round % 7 ? keyBytes : Buffer.alloc(0),
      round % 2 ? digest : keyBytes,
    );
  }
  return encoded(digest);
}

function sha(...parts: readonly Buffer[]): Buffer {
  return hash("sha256", Buffer.concat(parts), "buffer");
}

function stretched(bytes: Buffer, length: number): Buffer {
  return Buffer.alloc(length, bytes);
}

/** crypt(3)'s order of bytes, three at a time, six bits a letter. */
function encoded(digest: Buffer): string {
  let text = "";
  const letter = (value: number, count: number) => {
    for (let at = 0; at < count; at++) text += letters[(value >> (6 * at)) & 63];
  };
  let [a, b, c] = [0, 10, 20];
  for (let at = 0; at < 10; at++) {
    letter(((digest[a] ?? 0) << 16) | ((digest[b] ?? 0) << 8) | (digest[c] ?? 0), 4);
    [a, b, c] = [c + 1, a + 1, b + 1];
  }
  letter(((digest[31] ?? 0) << 8) | (digest[30] ?? 0), 3);
  return text;
}
