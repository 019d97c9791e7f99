import { globSync, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { posix } from "node:path";
import { textArgument } from "../python/arguments.ts";
import { TemplateFault, wrongType, wrongValue } from "../python/fault.ts";
import { listOf } from "../python/iterate.ts";
import type { Native } from "../python/native.ts";
import { native } from "../python/native.ts";
import { tuple } from "../python/tuple.ts";
import { typeName } from "../python/type-name.ts";
import { windowsPathFilters } from "./windows-path-filters.ts";

const onPath = (change: (path: string) => unknown) => native("value", (value) => change(textArgument(value, "a path")));

/** Python's os.path as filters. Node's own functions differ at slashes. */
export const pathFilters: Readonly<Record<string, Native>> = {
  ...windowsPathFilters,
  basename: onPath((path) => path.slice(path.lastIndexOf("/") + 1)),
  dirname: onPath(dirname),
  splitext: onPath((path) => tuple(...splitExtension(path))),
  normpath: onPath(normalize),
  realpath: onPath((path) => realPath(posix.resolve(path))),
  relpath: native("value start?", (value, start = ".") => {
    const path = textArgument(value, "a path");
    if (path === "") throw wrongValue("no path specified");
    return posix.relative(posix.resolve(textArgument(start, "start")), posix.resolve(path)) || ".";
  }),
  expanduser: onPath((path) => path.replace(/^~(?=\/|$)/, homedir())),
  expandvars: onPath((path) =>
    path.replace(/\$(?:(\w+)|\{([^}]*)\})/g, (whole, bare, braced) => process.env[bare ?? braced] ?? whole),
  ),
  path_join: native("value", (value) => {
    if (typeof value === "string") return value;
    if (Array.isArray(value)) return joinPaths(value.map((each) => textArgument(each, "a path")));
    throw wrongType(`|path_join expects string or sequence, got ${typeName(value)} instead.`);
  }),
  commonpath: native("value", (value) => {
    if (!Array.isArray(value)) throw wrongType(`|commonpath expects sequence, got ${typeName(value)} instead.`);
    return commonPath(value.map((each) => textArgument(each, "a path")));
  }),
  fileglob: native("value", (value) =>
    listOf(globSync(textArgument(value, "a pattern")))
      .filter((path) => isFile(String(path)))
      .sort(),
  ),
};

export function joinPaths(paths: readonly string[]): string {
  const [first, ...rest] = paths;
  if (first === undefined) throw wrongType("join() missing 1 required positional argument");
  return rest.reduce((joined, path) => {
    if (path.startsWith("/")) return path;
    return joined === "" || joined.endsWith("/") ? joined + path : `${joined}/${path}`;
  }, first);
}

function dirname(path: string): string {
  const head = path.slice(0, path.lastIndexOf("/") + 1);
  return /^\/*$/.test(head) ? head : head.replace(/\/+$/, "");
}

function splitExtension(path: string): readonly [string, string] {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  if (dot <= 0 || /^\.*$/.test(name.slice(0, dot))) return [path, ""];
  const at = path.length - name.length + dot;
  return [path.slice(0, at), path.slice(at)];
}

function normalize(path: string): string {
  if (path === "") return ".";
  const normal = posix.normalize(path).replace(/(?<=.)\/$/, "");
  return /^\/\/(?!\/)/.test(path) ? `/${normal}` : normal;
}

/** Follows links as far as there is something. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (path === "/" || (error as NodeJS.ErrnoException).code === "ELOOP") return path;
    return joinPaths([realPath(posix.dirname(path)), posix.basename(path)]);
  }
}

function commonPath(paths: readonly string[]): string {
  if (paths.length === 0) throw wrongValue("commonpath() arg is an empty sequence");
  if (new Set(paths.map((path) => path.startsWith("/"))).size > 1)
    throw wrongValue("Can't mix absolute and relative paths");
  const split = paths.map((path) => path.split("/").filter((part) => part !== "" && part !== "."));
  const [first = [], ...rest] = split;
  const size = first.findIndex((part, index) => rest.some((other) => other[index] !== part));
  return (paths[0]?.startsWith("/") ? "/" : "") + (size < 0 ? first : first.slice(0, size)).join("/");
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== undefined) return false;
    throw new TemplateFault("file", `${path} cannot be looked at`);
  }
}
