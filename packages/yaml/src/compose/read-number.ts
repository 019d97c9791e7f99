import type { ScalarTypes } from "./scalar-types.ts";

/** An integer in any of YAML 1.1's notations; exact, as a bigint when a number cannot hold it. */
export function readInt(text: string): number | bigint | undefined {
  const isNegative = text.startsWith("-");
  const digits = text.replaceAll("_", "").replace(/^[-+]/, "");
  const size = magnitude(digits);
  if (size === undefined) return undefined;
  return isNegative ? negated(size) : size;
}

export function readFloat(text: string, { float }: ScalarTypes): unknown {
  const isNegative = text.startsWith("-");
  const digits = text.replaceAll("_", "").toLowerCase().replace(/^[-+]/, "");
  const size = floatMagnitude(digits);
  if (size === undefined) return undefined;
  return float(isNegative ? -size : size);
}

function magnitude(digits: string): number | bigint | undefined {
  if (/^0b[01]+$/.test(digits) || /^0x[0-9a-f]+$/i.test(digits)) return exact(digits);
  if (/^0[0-7]+$/.test(digits)) return exact(`0o${digits.slice(1)}`);
  if (/^\d+$/.test(digits)) return digits.startsWith("0") && digits !== "0" ? undefined : exact(digits);
  if (!/^\d+(:\d+)+$/.test(digits)) return undefined;
  return exact(digits.split(":").reduce((sum, part) => sum * 60n + BigInt(part), 0n));
}

function exact(digits: string | bigint): number | bigint {
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : BigInt(digits);
}

/** Zero has no sign. */
function negated(size: number | bigint): number | bigint {
  return size === 0 ? 0 : -size;
}

function floatMagnitude(digits: string): number | undefined {
  if (digits === ".inf") return Number.POSITIVE_INFINITY;
  if (digits === ".nan") return Number.NaN;
  const parts = digits.split(":");
  if (!parts.every((part) => /^(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/.test(part))) return undefined;
  // From the last part on, as Python adds them: sums of floats depend on their order.
  return parts.reduceRight((sum, part, index) => sum + Number(part) * 60 ** (parts.length - 1 - index), 0);
}
