import { wrongType } from "../fault.ts";
import type { Int } from "../integer.ts";
import { asInt, asNumber, int } from "../integer.ts";
import type { Native } from "../native.ts";
import { native } from "../native.ts";

/** What templates can call on an int; the bit operations are there under these names only. */
export const intMethods: Readonly<Record<string, Native>> = {
  bit_length: native("self", (self) => whole(self).toString(2).replace("-", "").replace(/^0$/, "").length),
  __and__: bits((a, b) => a & b),
  __or__: bits((a, b) => a | b),
  __xor__: bits((a, b) => a ^ b),
  __lshift__: bits((a, b) => a << (b > 4096n ? 4096n : b)),
  __rshift__: bits((a, b) => a >> b),
};

/** What templates can call on a float. */
export const floatMethods: Readonly<Record<string, Native>> = {
  is_integer: native("self", (self) => Number.isInteger(asNumber(self))),
};

function bits(operate: (a: bigint, b: bigint) => bigint): Native {
  return native("self other", (self, other): Int => int(operate(whole(self), whole(other))));
}

function whole(value: unknown): bigint {
  const number = asInt(value);
  if (number === undefined) throw wrongType("bit operations need ints");
  return BigInt(number);
}
