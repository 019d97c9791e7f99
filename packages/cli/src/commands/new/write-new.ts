import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { InputError } from "@evenkeel/core";
import { moduleFiles } from "./module-files.ts";
import { projectFiles } from "./project-files.ts";

/** Writes a project or a module; nothing that is there is touched. */
export function writeNew(what: string, name: string): void {
  const files = filesFor(what, name);
  const there = Object.keys(files).filter((path) => existsSync(path));
  if (there.length > 0) {
    throw new InputError({
      code: "new/there",
      message: `there already: ${there.join(", ")}`,
      hint: "choose another name",
    });
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    process.stdout.write(`wrote  ${path}\n`);
  }
}

function filesFor(what: string, name: string): Readonly<Record<string, string>> {
  if (what === "project") return within(name, projectFiles());
  if (what !== "module")
    throw new InputError({ code: "new/what", message: `cannot make a new ${what}`, hint: "project or module" });
  if (!/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new InputError({
      code: "new/name",
      message: `not a module's name: ${JSON.stringify(name)}`,
      hint: "small letters, digits and underscores",
    });
  }
  return within("modules", moduleFiles(name));
}

function within(folder: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [join(folder, path), text]));
}
