import { domainToASCII } from "node:url";
import { InputError } from "@evenkeel/core";

/**
 * The owner of a record, in full: `www`, `@` (the zone itself), `*.dev`, `www.foobar.com` or `www.foobar.com.`. It must be in the zone.
 */
export function ownerName(written: string, zone: string): string {
  const name = fullOwner(written, zone);
  checkName(name, written);
  if (isWithin(name, zone)) return name;
  throw new InputError({
    code: "dns/outside",
    message: `${written} is not in the zone ${zone}`,
    hint: `names are relative to the zone: www is www.${zone}; only what ends with a dot is taken as it is`,
  });
}

/** The name that a record points to, in full. One word is a name in the zone; with a dot in it, it is a full name. */
export function targetName(written: string, zone: string): string {
  if (written === ".") return written;
  const text = lower(written);
  const name = text === "@" ? zone : text.endsWith(".") ? text : text.includes(".") ? `${text}.` : `${text}.${zone}`;
  checkName(name, written);
  return name;
}

/** A zone's own name, with its last dot. */
export function zoneName(written: string): string {
  const name = `${lower(written).replace(/\.$/, "")}.`;
  checkName(name, written);
  if (/^[a-z0-9._-]+$/.test(name) && !name.startsWith("-")) return name;
  throw wrong(written);
}

/** Whether a name is the zone itself or below it. */
export function isWithin(name: string, zone: string): boolean {
  return name === zone || name.endsWith(`.${zone}`);
}

/** As a zone file has it: `www`, `@`. */
export function relativeName(name: string, zone: string): string {
  return name === zone ? "@" : name.slice(0, -zone.length - 1);
}

function fullOwner(written: string, zone: string): string {
  const text = lower(written);
  if (text === "@") return zone;
  if (text.endsWith(".")) return text;
  return isWithin(`${text}.`, zone) ? `${text}.` : `${text}.${zone}`;
}

/** Small letters; what is not ASCII as punycode. */
function lower(written: string): string {
  const isPlain = [...written].every((letter) => letter.charCodeAt(0) < 128);
  return isPlain ? written.toLowerCase() : domainToASCII(written) || written;
}

function checkName(name: string, written: string): void {
  const labels = name.replace(/\.$/, "").split(".");
  const isRight = labels.every(
    (label, at) => /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?$/.test(label) || (label === "*" && at === 0),
  );
  if (!isRight || name.length > 254 || labels.some((label) => label.length > 63)) throw wrong(written);
}

function wrong(written: string): InputError {
  return new InputError({
    code: "dns/name",
    message: `not a name for DNS: ${JSON.stringify(written)}`,
    hint: "letters, digits, `-` and `_`, at most 63 between two dots and 253 in all; `*` only as the first label",
  });
}
