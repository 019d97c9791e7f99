import { createHash, hash } from "node:crypto";

export interface ShaCrypt {
  readonly kind: "sha256" | "sha512";
  readonly salt: string;
  readonly rounds: number;
}

/** How the bytes of the result are put into letters: https://www.akkadia.org/drepper/SHA-crypt.txt */
const orders = {
  sha256: { id: "5", third: 10, last: [31, 30] },
  sha512: { id: "6", third: 21, last: [63] },
} as const;

const digits = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** A password as /etc/shadow has it: `$6$salt$…`. */
export function shaCrypt(password: string, { kind, salt, rounds }: ShaCrypt): string {
  const { id } = orders[kind];
  const shown = rounds === 5000 ? "" : `rounds=${rounds}$`;
  return `$${id}$${shown}${salt}$${encode(kind, digest(Buffer.from(password), Buffer.from(salt), kind, rounds))}`;
}

function digest(password: Buffer, salt: Buffer, kind: "sha256" | "sha512", rounds: number): Buffer {
  const of = (...parts: readonly Buffer[]) => hash(kind, Buffer.concat(parts), "buffer");
  const b = of(password, salt, password);
  const a = createHash(kind).update(password).update(salt).update(fill(b, password.length));
  for (let length = password.length; length > 0; length >>= 1) a.update(length & 1 ? b : password);
  let current = a.digest();
  const p = fill(of(...Array<Buffer>(password.length).fill(password)), password.length);
  const s = fill(of(...Array<Buffer>(16 + (current[0] ?? 0)).fill(salt)), salt.length);
  for (let round = 0; round < rounds; round++) {
    const parts: Buffer[] = [round & 1 ? p : current];
    if (round % 3 !== 0) parts.push(s);
    if (round % 7 !== 0) parts.push(p);
    parts.push(round & 1 ? current : p);
    current = of(...parts);
  }
  return current;
}

function fill(bytes: Buffer, length: number): Buffer {
  return Buffer.alloc(length, bytes.length > 0 && length > 0 ? bytes : 0);
}

/** Three bytes at a time, one from each third of them, whose roles go round. */
function encode(kind: "sha256" | "sha512", bytes: Buffer): string {
  const { third, last } = orders[kind];
  const next = (index: number) => (index + 1) % (third * 3);
  let text = "";
  let places: readonly [number, number, number] = [0, third, third * 2];
  for (let turn = 0; turn < third; turn++) {
    const [a, b, c] = places;
    text += sixBits(((bytes[a] ?? 0) << 16) | ((bytes[b] ?? 0) << 8) | (bytes[c] ?? 0), 4);
    places = kind === "sha256" ? [next(c), next(a), next(b)] : [next(b), next(c), next(a)];
  }
  const [high, low] = last;
  return (
    text +
    (low === undefined ? sixBits(bytes[high] ?? 0, 2) : sixBits(((bytes[high] ?? 0) << 8) | (bytes[low] ?? 0), 3))
  );
}

function sixBits(value: number, count: number): string {
  let text = "";
  for (let rest = value, left = count; left > 0; left--, rest >>= 6) text += digits[rest & 63];
  return text;
}
