import { wrongValue } from "../python/fault.ts";

interface Reading {
  readonly isCaseSensitive: boolean;
  readonly allowsNoValue: boolean;
  readonly interpolates: boolean;
}

type Section = Map<string, string | undefined>;

/** One section as Python's configparser reads it, over the one called DEFAULT. undefined when there is no such section. */
export function readIni(
  text: string,
  wanted: string,
  reading: Reading,
): ReadonlyMap<string, string | undefined> | undefined {
  const sections = new Map<string, Section>();
  let section: Section | undefined;
  let last: { readonly name: string; readonly indent: number } | undefined;
  for (const [index, line] of text.split(/\r\n?|\n/).entries()) {
    const indent = line.length - line.trimStart().length;
    if (/^\s*(?:[#;]|$)/.test(line)) {
      if (line.trim() === "" && last !== undefined) append(section, last.name, "");
      continue;
    }
    if (section !== undefined && last !== undefined && indent > last.indent) {
      append(section, last.name, line.trim());
      continue;
    }
    const header = /^\s*\[([^\]]+)\]/.exec(line)?.[1];
    if (header !== undefined) {
      if (sections.has(header)) throw wrongValue(`section '${header}' already exists, line ${index + 1}`);
      section = new Map();
      sections.set(header, section);
      last = undefined;
      continue;
    }
    if (section === undefined) throw wrongValue(`File contains no section headers, line ${index + 1}: ${line}`);
    const [name, value] = readOption(line, index + 1, reading);
    if (section.has(name)) throw wrongValue(`option '${name}' already exists, line ${index + 1}`);
    section.set(name, value);
    last = { name, indent };
  }
  return finished(sections, wanted, reading);
}

function readOption(
  line: string,
  number: number,
  { isCaseSensitive, allowsNoValue }: Reading,
): readonly [string, string | undefined] {
  const match = /^\s*(.*?)\s*(?:[=:]\s*(.*))?$/.exec(line.trimEnd());
  const [, name = "", value] = match ?? [];
  if (name === "" || (value === undefined && !allowsNoValue))
    throw wrongValue(`Source contains parsing errors, line ${number}: ${line}`);
  return [isCaseSensitive ? name : name.toLowerCase(), value];
}

function append(section: Section | undefined, name: string, line: string): void {
  section?.set(name, `${section.get(name) ?? ""}\n${line}`);
}

function finished(
  sections: ReadonlyMap<string, Section>,
  wanted: string,
  { interpolates }: Reading,
): Section | undefined {
  const own = sections.get(wanted);
  if (own === undefined) return undefined;
  const all = new Map([...(sections.get("DEFAULT") ?? []), ...own]);
  const trimmed = new Map([...all].map(([name, value]) => [name, value?.trimEnd()] as const));
  return interpolates ? new Map([...trimmed].map(([name, value]) => [name, interpolate(value, trimmed, 10)])) : trimmed;
}

/** `%(name)s` is the value of another option, `%%` a percent sign. */
function interpolate(
  value: string | undefined,
  section: ReadonlyMap<string, string | undefined>,
  depth: number,
): string | undefined {
  if (value === undefined || !value.includes("%")) return value;
  if (depth === 0) throw wrongValue("values that stand for each other without end");
  return value.replace(/%(%|\(([^)]*)\)s|)/g, (whole, what: string, name: string | undefined) => {
    if (what === "%") return "%";
    const of = name === undefined ? undefined : section.get(name.toLowerCase());
    if (of === undefined) throw wrongValue(`'${whole}' in '${value}' stands for nothing`);
    return interpolate(of, section, depth - 1) ?? "";
  });
}
