import { existsSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Place } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";

/** An `ansible.cfg`. What its paths are relative to is its folder. */
export interface ConfigurationFile {
  readonly directory: string;
  value(section: string, name: string): string | undefined;
  placeOf(name: string): Place;
}

const NAME = "ansible.cfg";

/** The first of those that Ansible looks for: named by the environment, here, one's own, the machine's. */
export async function findConfiguration(
  environment: NodeJS.ProcessEnv,
  directory: string,
): Promise<ConfigurationFile | undefined> {
  const places = [
    ...(environment.ANSIBLE_CONFIG ? [fileAt(resolve(directory, environment.ANSIBLE_CONFIG))] : []),
    ...(isEverybodys(directory) ? [] : [join(directory, NAME)]),
    join(homedir(), `.${NAME}`),
    join("/etc/ansible", NAME),
  ];
  const path = places.find((each) => existsSync(each));
  return path === undefined ? undefined : read(path);
}

function fileAt(path: string): string {
  return existsSync(path) && statSync(path).isDirectory() ? join(path, NAME) : path;
}

/** Where everybody may write, everybody could decide whom we log in as: Ansible does not look there either. */
function isEverybodys(directory: string): boolean {
  return (statSync(directory).mode & 0o002) !== 0;
}

async function read(path: string): Promise<ConfigurationFile> {
  const { readIni } = await import("@evenkeel/template");
  const text = readFileSync(path, "utf8");
  const section = (name: string) => {
    try {
      return readIni(withoutComments(text), name, { isCaseSensitive: false, allowsNoValue: true, interpolates: false });
    } catch (error) {
      throw new InputError({ code: "cli/setting", message: `${path}: ${(error as Error).message}` });
    }
  };
  const lines = text.split("\n");
  return {
    directory: dirname(path),
    value: (of, name) => section(of)?.get(name)?.trim(),
    placeOf(name) {
      const index = lines.findIndex((line) => /^\s*(\w+)\s*[=:]/.exec(line)?.[1]?.toLowerCase() === name);
      return { file: path, line: index + 1, column: (lines[index]?.search(/\S/) ?? 0) + 1 };
    },
  };
}

/** A comment may also stand behind a value, after a semicolon. */
function withoutComments(text: string): string {
  return text.replace(/[ \t];.*$/gm, "");
}
