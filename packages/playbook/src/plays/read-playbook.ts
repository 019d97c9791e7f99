import { dirname, isAbsolute, join } from "node:path";
import type { Play } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import type { Keywords } from "../keywords/heritage.ts";
import { readKeywords } from "../keywords/read-keywords.ts";
import type { Reading } from "../reading.ts";
import { prepare } from "../values/prepare.ts";
import { describe } from "../values/value-type.ts";
import { checkedVars } from "../variables/checked-vars.ts";
import type { Layer } from "../variables/layer.ts";
import { hostless } from "../variables/play-scope.ts";
import type { Written } from "../written/written.ts";
import { isMapping } from "../written/written.ts";
import { readPlay } from "./read-play.ts";
import type { Prompt } from "./read-prompts.ts";

/** What `import_playbook` hands down to the plays that it imports. */
export interface Importing {
  readonly files: readonly string[];
  readonly vars: readonly Layer[];
  readonly keywords: readonly Keywords[];
}

export interface ReadPlay {
  readonly play: Play;
  readonly prompts: readonly Prompt[];
}

/** The plays of a file, with those of the playbooks that it imports in their places. */
export function readPlaybook(path: string, reading: Reading, importing: Importing): readonly ReadPlay[] {
  const { mistakes, world } = reading;
  const written = world.files.read(path);
  if (!Array.isArray(written.value)) {
    mistakes.add({
      code: "playbook",
      message: `expected a list of plays, found ${describe(written.value)}`,
      place: written.place,
    });
    return [];
  }
  const within = { ...importing, files: [...importing.files, path] };
  return written.items.flatMap((item) => {
    try {
      return readEntry(item, reading, within);
    } catch (error) {
      mistakes.catch(error);
      return [];
    }
  });
}

function readEntry(item: Written, reading: Reading, importing: Importing): readonly ReadPlay[] {
  if (!isMapping(item.value)) {
    reading.mistakes.add({
      code: "play",
      message: `expected a play, found ${describe(item.value)}`,
      place: item.place,
    });
    return [];
  }
  const key = ["import_playbook", "ansible.builtin.import_playbook", "ansible.legacy.import_playbook"].find((each) =>
    item.get(each),
  );
  return key === undefined ? readPlay(item, reading, importing) : readImport(item, key, reading, importing);
}

function readImport(item: Written, key: string, reading: Reading, importing: Importing): readonly ReadPlay[] {
  const entries = item.entries.map(([each, value]) => [each === key ? "import_playbook" : each, value] as const);
  const keywords = readKeywords(entries, "import_playbook", reading.mistakes);
  const named = keywords.get("import_playbook");
  if (named === undefined) return [];
  const vars = checkedVars("play vars", keywords.get("vars"), reading.mistakes);
  const name = String(prepare(named).resolve(hostless(reading.world, undefined)));
  const from = importing.files.at(-1) ?? ".";
  const path = isAbsolute(name) ? name : join(dirname(from), name);
  if (importing.files.includes(path)) {
    throw new InputError({ code: "playbook/import-cycle", message: `${name} imports itself`, place: named.place });
  }
  try {
    const within = { ...importing, vars: [...importing.vars, vars], keywords: [...importing.keywords, keywords] };
    return readPlaybook(path, reading, within);
  } catch (error) {
    if (!(error instanceof InputError) || error.code !== "playbook/unreadable") throw error;
    throw new InputError({
      code: "playbook/no-file",
      message: `there is no playbook ${JSON.stringify(name)}`,
      place: named.place,
      cause: error,
    });
  }
}
