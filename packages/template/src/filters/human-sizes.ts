import { numberArgument } from "../python/arguments.ts";
import { wrongValue } from "../python/fault.ts";
import { int } from "../python/integer.ts";
import { fixed } from "../python/number-format.ts";

const units = ["B", "K", "M", "G", "T", "P", "E", "Z", "Y"];
const names: Readonly<Record<string, readonly [string, string]>> = {
  B: ["byte", "bit"],
  K: ["kilobyte", "kilobit"],
  M: ["megabyte", "megabit"],
  G: ["gigabyte", "gigabit"],
  T: ["terabyte", "terabit"],
  P: ["petabyte", "petabit"],
  E: ["exabyte", "exabit"],
  Z: ["zetabyte", "zetabit"],
  Y: ["yottabyte", "yottabit"],
};

/** 1048576 → "1.00 MB" */
export function humanReadable(value: unknown, isBits: boolean, unit: string | undefined): string {
  const size = numberArgument(value, "what human_readable is used on");
  const fits = (power: number, letter: string) =>
    unit === undefined ? size >= 1024 ** power : unit.toUpperCase() === letter;
  const power = Math.max(
    0,
    units.findLastIndex((letter, index) => fits(index, letter)),
  );
  const base = isBits ? "bits" : "Bytes";
  const suffix = power === 0 ? base : `${units[power]}${base[0]}`;
  return `${size < 0 ? "-" : ""}${fixed(Math.abs(size) / 1024 ** power, 2)} ${suffix}`;
}

/** "10M" → 10485760 */
export function humanToBytes(text: string, defaultUnit: string | undefined, isBits: boolean): unknown {
  const match = /^(\d*\.?\d+)(?:\s*([A-Za-z]+))?\s*$/.exec(text);
  if (match === null) throw wrongValue(`human_to_bytes() can't interpret following string: ${text}`);
  const number = Number(match[1]);
  const unit = match[2] ?? defaultUnit;
  if (unit === undefined) return rounded(number);
  const letter = unit[0]?.toUpperCase() ?? "";
  const power = units.indexOf(letter);
  if (power < 0)
    throw wrongValue(`human_to_bytes() failed to convert ${text} (unit = ${unit})`, `units are ${units.join(", ")}`);
  checkUnit(text, unit, letter, isBits);
  return rounded(number * 1024 ** power);
}

function checkUnit(text: string, unit: string, letter: string, isBits: boolean): void {
  if (unit.length === 1 || unit.toLowerCase() === names[letter]?.[isBits ? 1 : 0]) return;
  const short = letter === "B" ? (isBits ? "b" : "B") : `${letter}${isBits ? "b" : "B"}`;
  if (unit !== short) throw wrongValue(`human_to_bytes() failed to convert ${text}`, `expected ${short} or ${letter}`);
}

function rounded(number: number): unknown {
  const text = fixed(number, 0);
  return int(BigInt(text));
}
