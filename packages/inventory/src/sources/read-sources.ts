import { existsSync, readdirSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { InputError } from "@evenkeel/core";
import type { Roster } from "../hosts/roster.ts";
import { readIni } from "../ini/read-ini.ts";
import { readHostList } from "./host-list.ts";
import type { FileText, InventoryFiles } from "./inventory-files.ts";
import { isMapping, readGroups } from "./read-groups.ts";
import { isProgram } from "./run-script.ts";

export interface SourceReading {
  readonly roster: Roster;
  readonly files: InventoryFiles;
  /** Makes groups and variables of what was read before, as a `plugin: constructed` file asks. */
  construct(file: FileText, path: string): Promise<readonly InputError[]>;
  /** The files that have been read, in their order. */
  readonly done: string[];
}

/** Reads sources one after the other: files, folders of files, programs, and lists such as `a,b`. */
export async function readSources(sources: readonly string[], reading: SourceReading): Promise<readonly InputError[]> {
  const mistakes: InputError[] = [];
  for (const source of sources) {
    const path = reading.files.resolve(source);
    if (source.includes(",") && !existsSync(path)) readHostList(source, reading.roster);
    else mistakes.push(...(await orMistakes(() => readPath(path, reading))));
  }
  return mistakes;
}

async function readPath(path: string, reading: SourceReading): Promise<readonly InputError[]> {
  if (!existsSync(path)) {
    const file = reading.files.shown(path);
    const hint = "a file, a folder, or hosts with a comma: host1,";
    throw new InputError({ code: "inventory/no-such-source", message: `there is no inventory ${file}`, hint });
  }
  if (statSync(path).isDirectory()) return readFolder(path, reading);
  reading.roster.source = path;
  const mistakes = await orMistakes(() => readFile(path, reading));
  reading.roster.source = undefined;
  reading.done.push(path);
  return mistakes;
}

/** What Ansible leaves out of a folder. */
const ignored = /^\.|^(host_vars|group_vars|vars_plugins)$|(\.(pyc|pyo|swp|bak|rpm|md|txt|rst|orig|cfg|retry)|~)$/;

async function readFolder(folder: string, reading: SourceReading): Promise<readonly InputError[]> {
  const mistakes: InputError[] = [];
  for (const name of readdirSync(folder).toSorted(byBytes)) {
    if (!ignored.test(name)) mistakes.push(...(await orMistakes(() => readPath(join(folder, name), reading))));
  }
  return mistakes;
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

async function readFile(path: string, reading: SourceReading): Promise<readonly InputError[]> {
  const { files, roster } = reading;
  if (isProgram(path)) return (await import("./script-source.ts")).readScript(path, files, roster);
  await files.unlockFiles([path]);
  const text = files.text(path);
  const extension = extname(path);
  if (extension === ".toml") {
    throw new InputError({
      code: "inventory/toml",
      message: "inventories in TOML are not read",
      place: { file: text.file },
      hint: "the same groups as YAML: hosts, vars and children are called the same there",
    });
  }
  const isYaml = [".yml", ".yaml", ".json"].includes(extension) || (extension === "" && looksLikeYaml(text, files));
  if (!isYaml) return readIni(text, roster);
  const value = files.valueOf(text);
  if (isMapping(value.value) && "plugin" in Object(value.value)) return reading.construct(text, path);
  return readGroups(value, roster);
}

/** Without an extension, what reads as a mapping in YAML is YAML, and all else is INI. */
function looksLikeYaml(text: FileText, files: InventoryFiles): boolean {
  if (/^\s*(?:[#;].*\s+)*\[/.test(text.text) || !/:(\s|$)/m.test(text.text)) return false;
  try {
    return isMapping(files.valueOf(text).value);
  } catch (error) {
    if (error instanceof AggregateError) return false;
    throw error;
  }
}

async function orMistakes(read: () => Promise<readonly InputError[]>): Promise<readonly InputError[]> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof InputError) return [error];
    if (error instanceof AggregateError) return error.errors as InputError[];
    throw error;
  }
}
