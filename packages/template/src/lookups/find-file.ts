import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import type { Context } from "../engine/context.ts";
import { TemplateFault, wrongType } from "../python/fault.ts";
import { typeName } from "../python/type-name.ts";

/** Where Ansible would find a file: in this folder of each directory, and in the directory itself. */
export function findFile(name: unknown, folder: string | undefined, { environment }: Context): string | undefined {
  if (typeof name !== "string") throw wrongType(`a file is named by a text, not by ${typeName(name)}`);
  const path = name.replace(/^~(?=\/|$)/, homedir());
  if (isAbsolute(path)) return existsSync(path) ? path : undefined;
  for (const directory of environment.directories ?? []) {
    const isInFolder = folder === undefined || path.split("/")[0] === folder;
    const candidates = isInFolder ? [join(directory, path)] : [join(directory, folder, path), join(directory, path)];
    const found = candidates.find((each) => existsSync(each));
    if (found !== undefined) return resolve(found);
  }
  return undefined;
}

export function mustFind(name: unknown, folder: string | undefined, context: Context): string {
  const found = findFile(name, folder, context);
  if (found !== undefined) return found;
  const places = context.environment.directories?.join(", ");
  throw new TemplateFault(
    "file",
    `there is no file ${String(name)}`,
    places === undefined ? {} : { hint: `looked in ${places}` },
  );
}
