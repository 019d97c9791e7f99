import type { Here } from "../reading.ts";
import { describe } from "../values/value-type.ts";
import type { Layer } from "../variables/layer.ts";
import { layerOf } from "../variables/layer.ts";
import { isMapping } from "../written/written.ts";
import { roleFiles } from "./role-files.ts";

/** The variables of a role's `defaults/` or `vars/`. */
export function variablesOf(
  path: string,
  folder: "defaults" | "vars",
  name: string | undefined,
  { reading }: Here,
): Layer {
  const level = folder === "defaults" ? "role defaults" : "role vars";
  const entries = roleFiles(path, folder, name).flatMap((file) => {
    try {
      const written = reading.world.files.read(file, "last");
      if (written.value === null) return [];
      if (isMapping(written.value)) return [...layerOf(level, written).entries];
      const message = `expected a mapping of variables, found ${describe(written.value)}`;
      reading.mistakes.add({ code: "vars-file", message, place: written.place });
    } catch (error) {
      reading.mistakes.catch(error);
    }
    return [];
  });
  return { level, entries: new Map(entries) };
}
