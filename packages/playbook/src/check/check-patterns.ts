import { closest, InputError } from "@evenkeel/core";
import type { Seen, SeenPlay } from "../seen.ts";
import { hasTemplate } from "../values/prepare.ts";
import { texts } from "../values/value-type.ts";
import type { World } from "../variables/world.ts";
import type { Mistakes } from "../written/mistakes.ts";

/** Patterns of hosts that match nobody, where it looks like a slip of the pen: an inventory need not have all that plays are for. */
export function checkPatterns(seen: Seen, { inventory }: World, mistakes: Mistakes): void {
  const added = namesAdded(seen);
  for (const { hosts } of seen.plays) {
    const words = texts.read(hosts.value) ?? [];
    if (words.some(hasTemplate)) continue;
    try {
      const { unmatched } = inventory.select(words.join(","));
      for (const word of unmatched) {
        const hint = closest(word, [...Object.keys(inventory.groups()), ...inventory.hosts()]);
        if (added === "any" || added.has(word) || hint === undefined) continue;
        const message = `no host and no group is called ${JSON.stringify(word)}`;
        mistakes.add({ code: "no-such-host", message, place: hosts.place, hint });
      }
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const { code, message, hint } = error;
      mistakes.catch(new InputError({ code, message, place: hosts.place, ...(hint !== undefined && { hint }) }));
    }
  }
}

/** Hosts and groups that tasks may add. */
function namesAdded({ plays }: Pick<Seen, "plays">): ReadonlySet<string> | "any" {
  const names = new Set<string>();
  for (const word of plays.flatMap(wordsAdded)) {
    if (hasTemplate(word)) return "any";
    for (const each of word.split(",")) names.add(each.trim());
  }
  return names;
}

function wordsAdded({ tasks }: SeenPlay): readonly string[] {
  return tasks.flatMap(({ call: { name, params } }) => {
    if (name !== "add_host" && name !== "group_by") return [];
    const keys =
      name === "group_by" ? ["key", "parents"] : ["name", "hostname", "host", "groups", "group", "groupname"];
    return keys.flatMap((key) => texts.read(params.get(key)?.value ?? []) ?? []);
  });
}
