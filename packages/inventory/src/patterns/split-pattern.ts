import { parseAddress } from "../hosts/parse-address.ts";

/** The words of a pattern of hosts: with commas between them, or colons, which addresses and ranges have as well. */
export function splitPattern(pattern: string): readonly string[] {
  const words = pattern.includes(",")
    ? pattern.split(",")
    : parseAddress(pattern)
      ? [pattern]
      : (pattern.match(/(?:[^\s:[\]]|\[[^\]]*\])+/g) ?? []);
  return words.map((word) => word.trim()).filter((word) => word !== "");
}
