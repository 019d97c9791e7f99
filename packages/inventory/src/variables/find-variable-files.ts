import { existsSync, readdirSync, statSync } from "node:fs";
import { extname, join } from "node:path";

const extensions = [".yml", ".yaml", ".json"];

/** The files that set the variables of a group or host: `NAME` as a file or a folder, else `NAME.yml` and so on. */
export function findVariableFiles(folder: string, name: string): readonly string[] {
  for (const extension of ["", ...extensions]) {
    const path = join(folder, name + extension);
    if (!existsSync(path)) continue;
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  }
  return [];
}

/** All files of a folder and of those in it, but for hidden ones, backups, and what has another extension. */
export function filesIn(folder: string): string[] {
  const names = readdirSync(folder).toSorted((a, b) => (a < b ? -1 : 1));
  return names.flatMap((name) => {
    if (name.startsWith(".") || name.endsWith("~")) return [];
    const path = join(folder, name);
    const extension = extname(name);
    if (statSync(path).isDirectory()) return extension === "" ? filesIn(path) : [];
    return extension === "" || extensions.includes(extension) ? [path] : [];
  });
}
