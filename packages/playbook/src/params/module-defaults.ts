import type { AnyModule } from "@evenkeel/core";
import type { Heritage } from "../keywords/heritage.ts";
import type { Reading } from "../reading.ts";
import { shortName } from "../tasks/language-actions.ts";
import type { Written } from "../written/written.ts";

/** What `module_defaults` says for a module. Said twice, the nearest counts, all of it. */
export function defaultsFor(module: AnyModule, heritage: Heritage, { modules }: Reading): readonly Written[] {
  const all = heritage.all("module_defaults");
  for (const written of all) {
    const maps = Array.isArray(written.value) ? written.items.toReversed() : [written];
    for (const map of maps) {
      const found = map.entries.find(([name]) => isFor(name, module, modules));
      if (found) return found[1].value === null ? [] : [found[1]];
    }
  }
  return [];
}

/** Groups are of modules that others ship: none of ours is in one. */
function isFor(name: string, module: AnyModule, modules: Reading["modules"]): boolean {
  return !name.startsWith("group/") && (modules.get(name) ?? modules.get(shortName(name))) === module;
}
