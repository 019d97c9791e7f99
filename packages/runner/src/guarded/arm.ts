import type { Change, Scope, Step, Task } from "@evenkeel/core";
import { isAct } from "@evenkeel/core";
import { questions } from "../ahead.ts";
import type { HostRun } from "../host-run.ts";
import type { Pending } from "../ledger/records.ts";
import type { OnHost } from "../on-host.ts";
import type { Account } from "../world.ts";
import { Guard } from "./guard.ts";

/** A guard whose clock runs, and the handlers that belong to the change. */
export interface Armed {
  readonly guard: Guard;
  readonly calls: ReadonlySet<string>;
}

/** Starts the clock on the host, before a change that could lock us out. */
export async function arm(
  task: Task,
  scope: Scope,
  changes: readonly Change[],
  account: Account,
  calls: readonly Pending[],
  host: HostRun,
  on: OnHost,
): Promise<Armed> {
  const ids = new Set(calls.map(({ id }) => id));
  const guard = await Guard.arm({
    port: account.port,
    reach: host.reach,
    become: task.become.resolve(scope),
    records: host.ledger.folder,
    fence: host.ledger.guard(),
    changes,
    restarts: await restartsOf(calls, host, on),
  });
  return { guard, calls: ids };
}

/** The handlers take effect at once; then we come back over a new connection, or all is put back. */
export async function settle(armed: Armed, on: OnHost): Promise<void> {
  try {
    await on.flush(on, armed.calls);
  } catch (error) {
    await armed.guard.revert();
    throw error;
  }
  await armed.guard.confirm();
}

/** What the handlers would restart, so that the host can do it once more when it has put things back. */
async function restartsOf(calls: readonly Pending[], host: HostRun, on: OnHost): Promise<readonly Step[]> {
  const names = new Set(calls.map(({ handler }) => handler));
  const steps: Step[] = [];
  for (const { node } of on.handlers()) {
    if (node.node !== "task") continue;
    const scope = node.scope(on.host.memory);
    if (!names.has(node.name.resolve(scope))) continue;
    const account = host.account(node.become.resolve(scope));
    const params = node.params.resolve(scope);
    const asked = node.module.observe(params) as Readonly<Record<string, never>>;
    await host.world.learn(questions(node, params).map((query) => ({ account, query })));
    const answers = Object.fromEntries(
      Object.entries(asked).map(([name, query]) => [name, host.world.answer(account, query)]),
    );
    steps.push(
      ...node.module
        .plan(answers, params)
        .filter(isAct)
        .flatMap((change) => change.steps),
    );
  }
  return steps;
}
