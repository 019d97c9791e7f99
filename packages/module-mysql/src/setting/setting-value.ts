/** A setting as a playbook has it: YAML's own types are welcome. */
export type SettingValue = string | number | boolean;

/** As a file of options and the server write it. */
export function settingText(value: SettingValue): string {
  return typeof value === "boolean" ? (value ? "ON" : "OFF") : String(value);
}

/** Servers read dashes as underscores. */
export function settingName(name: string): string {
  return name.toLowerCase().replaceAll("-", "_");
}

/** Whether two texts mean the same value: `256M` is 268435456, `on` is 1, `a,b` is `b,a`. */
export function isSameValue(one: string, other: string): boolean {
  return canonical(one) === canonical(other);
}

function canonical(text: string): string {
  const plain = text.trim().toLowerCase();
  if (plain === "on" || plain === "true" || plain === "yes") return "1";
  if (plain === "off" || plain === "false" || plain === "no") return "0";
  const number = bytes(plain);
  if (number !== undefined) return number;
  return /^[\w.-]+(,[\w.-]+)+$/.test(plain) ? plain.split(",").sort().join(",") : plain;
}

const powers: Readonly<Record<string, bigint>> = { "": 0n, k: 1n, m: 2n, g: 3n, t: 4n, p: 5n, e: 6n };

/** A number, with the letter for its thousands if it has one: that is how SQL takes it, which knows no such letters. */
export function bytes(text: string): string | undefined {
  const [, digits, letter = ""] = /^(-?\d+)([kmgtpe]?)$/i.exec(text.trim()) ?? [];
  if (digits !== undefined) return String(BigInt(digits) * 1024n ** (powers[letter.toLowerCase()] ?? 0n));
  // 0.500000 is what a server says of 0.5.
  return /^-?\d+\.\d+$/.test(text.trim()) ? String(Number(text)) : undefined;
}
