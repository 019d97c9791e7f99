import type { Mistakes } from "../written/mistakes.ts";
import { isMapping, type Written } from "../written/written.ts";
import type { Layer } from "./layer.ts";
import { layerOf } from "./layer.ts";
import type { Level } from "./level.ts";

const keywords = new Set(
  "and as block call continue do elif else endblock endcall endfilter endfor endif endmacro endset extends filter for from if import in include is macro not or print recursive set true false none True False None".split(" "),
);

/** Variables of a `vars:`, whose names can all be said in a template. */
export function checkedVars(level: Level, written: Written | undefined, mistakes: Mistakes): Layer {
  const layer = layerOf(level, written);
  for (const [name, value] of layer.entries) if (!isName(name)) mistakes.add(wrongName(name, value));
  return layer;
}

export function isName(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name) && !keywords.has(name);
}

export function isVariables(written: Written): boolean {
  return isMapping(written.value);
}

function wrongName(name: string, written: Written) {
  return {
    code: "variable-name",
    message: `${JSON.stringify(name)} is no name for a variable`,
    place: written.keyPlace,
    hint: "letters, digits and underscores, beginning with a letter",
  };
}
