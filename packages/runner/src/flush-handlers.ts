import type { Handler, Node } from "@evenkeel/core";
import { claim } from "./claim.ts";
import { pendingId } from "./handlers.ts";
import type { Pending } from "./ledger/records.ts";
import type { OnHost } from "./on-host.ts";

/**
 * Runs what has been called (all, or only these), each once, in the order in which handlers are written; also what they
 * call themselves.
 */
export async function flushHandlers(
  on: OnHost,
  walk: (nodes: readonly Node[], on: OnHost) => Promise<void>,
  only?: ReadonlySet<string>,
): Promise<void> {
  const done: string[] = [];
  try {
    for (let next = nextOf(on, only); next; next = nextOf(on, only)) {
      const { handler, pending } = next;
      on.host.called.delete(pending.id);
      const index = on.handlers().indexOf(handler);
      try {
        await walk([handler.node], { ...on, isHandler: true, base: pending.run, position: [...on.position, index] });
      } catch (error) {
        // What was not done stays to be done.
        on.host.called.set(pending.id, pending);
        throw error;
      }
      on.tools.fault("stepped");
      done.push(pending.id);
    }
  } finally {
    if (on.mode === "apply" && done.length > 0) {
      await claim(on.host, on.run, on.tools);
      await on.host.ledger.strike(done.filter((id) => !on.host.called.has(id)));
      on.tools.fault("struck");
    }
  }
}

function nextOf(
  on: OnHost,
  only: ReadonlySet<string> | undefined,
): { readonly handler: Handler; readonly pending: Pending } | undefined {
  for (const handler of on.handlers()) {
    const pending = on.host.called.get(pendingId(on.run.program.name, on.play, handler.id));
    if (pending && (only?.has(pending.id) ?? true)) return { handler, pending };
  }
  return undefined;
}
