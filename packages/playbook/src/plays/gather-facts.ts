import type { Node, Task } from "@evenkeel/core";
import type { Keywords } from "../keywords/heritage.ts";
import type { Here } from "../reading.ts";
import { readTask } from "../tasks/read-task.ts";
import { open, readAs } from "../values/open.ts";
import { prepare } from "../values/prepare.ts";
import { flag } from "../values/value-type.ts";
import { playScope } from "../variables/play-scope.ts";
import type { Written } from "../written/written.ts";
import { given } from "../written/written.ts";

/** The task that begins a play: its hosts' facts, unless the play says that it needs none. */
export function gatherFacts(keywords: Keywords, here: Here, play: Written): readonly Node[] {
  const asked = keywords.get("gather_facts");
  const isWanted =
    asked === undefined ||
    readAs(prepare(asked).resolve(playScope(here)), { name: "gather_facts", written: asked }, flag);
  if (!isWanted || !here.reading.modules.has("setup")) return [];
  const params = ["gather_subset", "gather_timeout", "fact_path"].flatMap((name) => {
    const said = keywords.get(name);
    return said ? [[name, said.value] as const] : [];
  });
  const task = given(
    {
      name: "Gathering Facts",
      setup: Object.fromEntries(params),
      // Whoever gives a play a tag wants it, or not, as a whole.
      ...(keywords.has("tags") ? {} : { tags: ["always"] }),
    },
    play.place,
  );
  const start = { task: undefined, isReached: true };
  const nodes = readTask(task, { ...here, reading: { ...here.reading, start } });
  const { usedSubsets } = here.reading;
  if (keywords.has("gather_subset") || !usedSubsets) return nodes;
  return nodes.map((node) => (node.node === "task" ? onlyUsed(node, usedSubsets) : node));
}

/** What nobody asks for is not gathered. It is known what that is when all has been read. */
function onlyUsed(task: Task, usedSubsets: () => readonly string[]): Task {
  const params = open(task.params.source, (scope) => ({ ...task.params.resolve(scope), gather_subset: usedSubsets() }));
  return { ...task, params };
}
