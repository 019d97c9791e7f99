import type { AnyKind, Change } from "@evenkeel/core";
import { InternalError, isUnsettled } from "@evenkeel/core";
import type { HostTally, RunEvent } from "@evenkeel/runner";
import { errorFacts } from "../../report-error.ts";

/** An event as a line of JSON. Changes look the same in a plan and in an apply; secrets print as `***`. */
export function eventJson(event: RunEvent, kinds: ReadonlyMap<string, AnyKind>): string {
  return JSON.stringify(plain(event, kinds));
}

function plain(event: RunEvent, kinds: ReadonlyMap<string, AnyKind>): unknown {
  if (event.type === "change" || event.type === "undone") {
    const { change, ...rest } = event;
    const isSilent = "isSilent" in event && event.isSilent;
    return {
      ...rest,
      ...changeJson(change, kinds, isSilent),
      ...("error" in event && { error: errorFacts(event.error) }),
    };
  }
  if (event.type === "made") {
    const { change, ...rest } = event;
    return { ...rest, ...changeJson(change, kinds, true) };
  }
  if (event.type === "failed") return { ...event, error: errorFacts(event.error) };
  if (event.type === "summary") return { ...event, ...totals(event.hosts) };
  return event;
}

export function changeJson(change: Change, kinds: ReadonlyMap<string, AnyKind>, isSilent: boolean) {
  const kind = kinds.get(change.kind);
  if (kind === undefined) throw new InternalError({ code: "cli/kind", message: `no kind ${change.kind} to print` });
  const { action, key, before, after, interrupts } = change;
  const shown = isSilent
    ? {}
    : {
        before: isUnsettled(before) ? { unknown: before.unsettled } : kind.describe(before),
        after: kind.describe(after),
      };
  return { kind: change.kind, key, action, ...shown, interrupts };
}

function totals(hosts: Readonly<Record<string, HostTally>>) {
  const all = Object.values(hosts);
  return {
    changed: all.reduce((sum, { changed }) => sum + changed, 0),
    failed: all.reduce((sum, { failed }) => sum + failed, 0),
    unreachable: all.filter(({ unreachable }) => unreachable).length,
  };
}
