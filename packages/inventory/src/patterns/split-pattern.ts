import { InputError } from "@evenkeel/core";
import { parseAddress } from "../hosts/parse-address.ts";

/** The words of a pattern of hosts: with commas between them, or colons, which addresses and ranges have as well. */
export function splitPattern(pattern: string): readonly string[] {
  const words = pattern.includes(",") ? pattern.split(",") : parseAddress(pattern) ? [pattern] : splitAtColons(pattern);
  return words.map((word) => word.trim()).filter((word) => word !== "");
}

const word = /(?:[^\s:[\]]|\[[^\]]*\])+/g;

function splitAtColons(pattern: string): readonly string[] {
  if (!/[[\]]/.test(pattern.replace(word, ""))) return pattern.match(word) ?? [];
  // Ansible drops the bracket, and then `~[a` matches every host.
  throw new InputError({ code: "inventory/pattern", message: `${pattern} is no pattern of hosts: a bracket is alone` });
}
