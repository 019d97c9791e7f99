import type { Mistakes } from "../written/mistakes.ts";
import type { Written } from "../written/written.ts";
import type { Layer } from "./layer.ts";
import { layerOf } from "./layer.ts";
import type { Level } from "./level.ts";

const keywords = new Set("true false none True False None not".split(" "));

/** Variables of a `vars:`, whose names can all be said in a template. */
export function checkedVars(level: Level, written: Written | undefined, mistakes: Mistakes): Layer {
  const layer = layerOf(level, written);
  for (const [name, value] of layer.entries) if (!isName(name)) mistakes.add(wrongName(name, value));
  return layer;
}

export function isName(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name) && !keywords.has(name);
}

function wrongName(name: string, written: Written) {
  return {
    code: "variable-name",
    message: `${JSON.stringify(name)} is no name for a variable`,
    place: written.keyPlace,
    hint: "letters, digits and underscores, beginning with a letter",
  };
}
