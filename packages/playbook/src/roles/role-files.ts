import { existsSync, readdirSync, statSync } from "node:fs";
import { extname, join } from "node:path";

type Folder = "tasks" | "handlers" | "vars" | "defaults" | "meta";

/** The files of one folder of a role: `main`, or the one that `…_from` names. Only variables may be many files. */
export function roleFiles(path: string, folder: Folder, name?: string): readonly string[] {
  const within = join(path, folder);
  const endings = name === undefined ? [".yml", ".yaml", ".json", ""] : ["", ".yml", ".yaml", ".json"];
  for (const ending of endings) {
    const found = join(within, `${name ?? "main"}${ending}`);
    if (!existsSync(found)) continue;
    if (!statSync(found).isDirectory()) return [found];
    if (ending === "" && (folder === "vars" || folder === "defaults")) return filesBelow(found);
  }
  return [];
}

const variableEndings = new Set(["", ".yml", ".yaml", ".json"]);

/** In the order of their names; what is hidden or a backup is none. */
function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder)
    .toSorted()
    .filter((name) => !name.startsWith(".") && !name.endsWith("~"))
    .flatMap((name) => {
      const path = join(folder, name);
      const ending = extname(name);
      if (statSync(path).isDirectory()) return ending === "" ? filesBelow(path) : [];
      return variableEndings.has(ending) ? [path] : [];
    });
}
