import { hash, randomBytes } from "node:crypto";
import { wrongType, wrongValue } from "../python/fault.ts";
import { asInt } from "../python/integer.ts";
import { typeName } from "../python/type-name.ts";
import { MersenneTwister } from "./mersenne-twister.ts";

/** Where random bits come from, 32 at a time. */
type Bits = () => number;

/** Python's Random: with a seed it gives what Python gives, so that `59 | random(seed=host)` stays what it was. */
export class PythonRandom {
  readonly #bits: Bits;

  constructor(seed: unknown) {
    this.#bits = seed === undefined || seed === null ? () => randomBytes(4).readUInt32LE() : seeded(seed);
  }

  /** An integer from 0 up to and without `limit`. */
  below(limit: number): number {
    if (limit <= 0) throw wrongValue("empty range for random");
    const size = limit.toString(2).length;
    if (size > 52) throw wrongValue("random numbers go up to 2^52");
    for (;;) {
      const drawn = this.#draw(size);
      if (drawn < limit) return drawn;
    }
  }

  range(start: number, stop: number, step: number): number {
    const width = stop - start;
    if (step === 0) throw wrongValue("zero step for random");
    const count = step === 1 ? width : Math.ceil(width / step);
    if (count <= 0) throw wrongValue(`empty range in random(${start}, ${stop}, ${step})`);
    return start + step * this.below(count);
  }

  shuffled(list: readonly unknown[]): unknown[] {
    const shuffled = [...list];
    for (let index = shuffled.length - 1; index > 0; index--) {
      const other = this.below(index + 1);
      [shuffled[index], shuffled[other]] = [shuffled[other], shuffled[index]];
    }
    return shuffled;
  }

  #draw(size: number): number {
    if (size <= 32) return this.#bits() >>> (32 - size);
    const low = this.#bits();
    return (this.#bits() >>> (64 - size)) * 2 ** 32 + low;
  }
}

function seeded(seed: unknown): Bits {
  const twister = new MersenneTwister(words(seedNumber(seed)));
  return () => twister.next();
}

function seedNumber(seed: unknown): bigint {
  if (typeof seed === "string") {
    const bytes = Buffer.from(seed);
    return BigInt(`0x${bytes.toString("hex")}${hash("sha512", bytes)}`);
  }
  const number = asInt(seed);
  if (number === undefined) throw wrongType(`a seed is a text or an int, not ${typeName(seed)}`);
  return BigInt(number) < 0n ? -BigInt(number) : BigInt(number);
}

function words(number: bigint): number[] {
  const parts: number[] = [];
  for (let rest = number; rest > 0n; rest >>= 32n) parts.push(Number(rest & 0xffffffffn));
  return parts.length > 0 ? parts : [0];
}
