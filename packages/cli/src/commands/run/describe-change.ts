import { styleText } from "node:util";
import type { AnyKind, Change } from "@evenkeel/core";
import { isUnsettled, REDACTED, Secret } from "@evenkeel/core";
import { structuredPatch } from "diff";
import { printable } from "./printable.ts";

/** A change for people: what differs, attribute by attribute, and a unified diff of what is text. */
export function describeChange(change: Change, kind: AnyKind): string {
  const before: Attributes = isUnsettled(change.before) ? {} : kind.describe(change.before);
  const after: Attributes = kind.describe(change.after);
  const unknown = isUnsettled(change.before) ? `known after apply: ${change.before.unsettled}\n` : "";
  const isText = typeof after.content === "string" && !(before.content instanceof Secret);
  const text = isText ? contents(String(before.content ?? ""), String(after.content)) : "";
  return `${styleText("dim", unknown)}${attributes(before, after, isText)}${text}`;
}

type Attributes = Readonly<Record<string, string | Secret>>;

function attributes(before: Attributes, after: Attributes, isText: boolean): string {
  const lines = Object.entries(after).flatMap(([name, value]) => {
    const old = before[name];
    if ((name === "content" && isText) || (old !== undefined && plain(old) === plain(value))) return [];
    return [`${name.padEnd(10)} ${old === undefined ? "" : `${shown(old, value)} → `}${shown(value)}\n`];
  });
  return lines.join("");
}

function plain(value: string | Secret): string {
  return value instanceof Secret ? value.reveal() : value;
}

/** What stands where a secret will be may have been one too. */
function shown(value: string | Secret, beside: string | Secret = value): string {
  return beside instanceof Secret ? REDACTED : printable(String(value));
}

function contents(before: string, after: string): string {
  if (before === after) return "";
  const { hunks } = structuredPatch("", "", before, after, undefined, undefined, { context: 3 });
  return hunks
    .flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
      styleText("cyan", `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`),
      ...lines.map((line) => coloured(printable(line))),
    ])
    .map((line) => `${line}\n`)
    .join("");
}

function coloured(line: string): string {
  if (line.startsWith("+")) return styleText("green", line);
  return line.startsWith("-") ? styleText("red", line) : line;
}
