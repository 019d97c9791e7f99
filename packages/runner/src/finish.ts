import { hash } from "node:crypto";
import type { Change, Play } from "@evenkeel/core";
import { claim } from "./claim.ts";
import { pendingId } from "./handlers.ts";
import type { HostRun } from "./host-run.ts";
import type { Pending } from "./ledger/records.ts";
import type { Making } from "./make-changes.ts";
import { makeChanges } from "./make-changes.ts";
import type { OnHost } from "./on-host.ts";
import type { Run, Tools } from "./run.ts";

/** Records of what kinds leave to the end of the play, to be written before their changes: starting what packages brought. */
export function finishingOf(
  changes: readonly Change[],
  task: string,
  host: HostRun,
  play: Play,
  run: Run,
  tools: Tools,
): readonly Pending[] {
  const kinds = new Set(changes.map(({ kind }) => kind).filter((kind) => tools.kinds.get(kind)?.finish));
  return [...kinds].map((kind) => ({
    id: pendingId(run.program.name, play, `finish ${kind}`),
    program: run.program.name,
    play: play.name,
    handler: `finish ${kind}`,
    task,
    run: host.run,
    since: run.holder.since,
  }));
}

/** Does what the play's changes have left to its end. */
export async function finishKinds(on: OnHost): Promise<void> {
  for (const [name, kind] of on.tools.kinds) {
    const pending = on.host.called.get(pendingId(on.run.program.name, on.play, `finish ${name}`));
    if (kind.finish === undefined || pending === undefined) continue;
    const changes = kind.finish(on.host.unfinished.get(name) ?? []);
    const task = `at the end of the play: ${name}`;
    const at = { host: on.host.name, task };
    const say = (change: Change) => on.run.emit({ type: "change", ...at, change, isSilent: false });
    on.host.called.delete(pending.id);
    on.host.unfinished.delete(name);
    if (on.mode === "plan") {
      for (const change of changes) say(change);
      continue;
    }
    await claim(on.host, on.run, on.tools);
    try {
      await makeChanges(changes, {
        ...makingOf(on, name, pending),
        onChange: say,
        onMade: (change, milliseconds) => on.run.emit({ type: "made", ...at, change, milliseconds }),
      });
    } catch (error) {
      on.host.called.set(pending.id, pending);
      on.host.count("failed");
      on.run.emit({ type: "failed", ...at, error });
      throw error;
    }
    await on.host.ledger.strike([pending.id]);
  }
}

function makingOf(on: OnHost, kind: string, pending: Pending): Omit<Making, "onChange" | "onMade"> {
  const { host, tools } = on;
  return {
    world: host.world,
    account: host.account({ user: "root", method: "sudo" }),
    id: hash("sha256", JSON.stringify([pending.run, kind, host.run])).slice(0, 32),
    guard: (more) => host.ledger.guard(more),
    pending: [],
    environment: {},
    tools,
    onUndone: () => undefined,
    onOutput: () => undefined,
    ahead: () => [],
  };
}
