import { hash } from "node:crypto";
import type { Change, Observed } from "@evenkeel/core";
import { isUnsettled, StepError } from "@evenkeel/core";
import type { ZoneAsItIs } from "./change-zone-file.ts";
import { changeZoneFile } from "./change-zone-file.ts";
import type { ZoneParams } from "./zone-params.ts";
import type { Zone } from "./zone-text.ts";
import { zoneText } from "./zone-text.ts";

/** What a zone that takes updates began with: written beside it, so that it is noticed when a playbook says something else. */
export function beginning(zone: Zone): string {
  return `# begins with ${hash("sha256", zoneText(zone, 0)).slice(0, 32)}`;
}

/**
 * A zone that takes updates is named's own once it is there: its file is behind its journal, and to replace it would lose what
 * others have told it. So the file is written once.
 */
export function beginDynamicZone(
  on: ZoneAsItIs,
  zone: Zone,
  { serial }: ZoneParams,
  block: string | undefined,
): { readonly serial: number | undefined; readonly changes: readonly Change[] } {
  const begun = /^# begins with .*$/m.exec(block ?? "")?.[0];
  if (!isThere(on.current)) return changeZoneFile(on, zone, serial);
  if (begun === undefined) {
    const asStatic = changeZoneFile(on, zone, serial);
    if (asStatic.changes.length === 0) return asStatic;
    throw refusal(
      zone,
      "its records change, and it is to take updates: one after the other",
      "apply the records first, then add update_keys",
    );
  }
  if (begun === beginning(zone)) return { serial: undefined, changes: [] };
  throw refusal(
    zone,
    "it takes updates, so its records are named's own, and what the playbook says of them has changed",
    "change records by dns.record with a key, and leave what the zone begins with as it was",
  );
}

/** Who takes updates away would lose what was updated. */
export function demandNotDynamic(zone: Zone): never {
  throw refusal(
    zone,
    "it takes updates until now, and its records are named's own",
    "keep update_keys; or take it away (state: absent) and make it again with all of its records",
  );
}

function isThere({ state }: Observed<{ readonly type: string }>): boolean {
  return !isUnsettled(state) && state.type !== "absent";
}

function refusal({ name }: Zone, why: string, hint: string): StepError {
  return new StepError({
    code: "dns/dynamic",
    message: `the zone ${name.slice(0, -1)} is left as it is: ${why}`,
    hint,
  });
}
