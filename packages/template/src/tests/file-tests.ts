import { existsSync, lstatSync, readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { textArgument } from "../python/arguments.ts";
import { wrongValue } from "../python/fault.ts";
import type { Native } from "../python/native.ts";
import { native } from "../python/native.ts";

const onPath = (holds: (path: string) => boolean) => native("value", (value) => holds(textArgument(value, "a path")));
const directory = onPath((path) => look(path)?.isDirectory() ?? false);
const file = onPath((path) => look(path)?.isFile() ?? false);
const link = onPath((path) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false);
const absolute = onPath((path) => path.startsWith("/"));
const mount = onPath(isMount);
const same = native("value other", (value, other) =>
  isSame(textArgument(value, "a path"), textArgument(other, "a path")),
);

/** Tests of files, on the machine that Evenkeel runs on. */
export const fileTests: Readonly<Record<string, Native>> = {
  directory,
  is_dir: directory,
  file,
  is_file: file,
  link,
  is_link: link,
  exists: onPath(existsSync),
  link_exists: onPath((path) => lstatSync(path, { throwIfNoEntry: false }) !== undefined),
  abs: absolute,
  is_abs: absolute,
  same_file: same,
  is_same_file: same,
  mount,
  is_mount: mount,
  vaulted_file: onPath((path) => readFileSync(path, { encoding: "latin1" }).startsWith("$ANSIBLE_VAULT;")),
};

function look(path: string) {
  return statSync(path, { throwIfNoEntry: false });
}

function isSame(path: string, other: string): boolean {
  const [one, two] = [look(path), look(other)];
  if (one === undefined || two === undefined) throw wrongValue(`there is no file ${one === undefined ? path : other}`);
  return one.ino === two.ino && one.dev === two.dev;
}

function isMount(path: string): boolean {
  const own = lstatSync(path, { throwIfNoEntry: false });
  if (own === undefined || own.isSymbolicLink()) return false;
  const above = lstatSync(dirname(resolve(path)));
  return own.dev !== above.dev || own.ino === above.ino;
}
