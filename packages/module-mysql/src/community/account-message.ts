import type { Change } from "@evenkeel/core";
import type { GrantsState } from "../grants/grants.ts";
import { grants } from "../grants/grants.ts";
import type { Privileges } from "../grants/privileges.ts";
import { user } from "../user/user.ts";
import type { UserState } from "../user/user-state.ts";

/** What Ansible's module says of what it did: of several things, the last that it does. */
export function accountMessage(changes: readonly Change[], wanted: "present" | "absent"): string {
  const own = changes.find(({ kind }) => kind === user.name);
  if (own?.action === "remove") return "User deleted";
  const [before, after] = [own?.before as UserState | undefined, own?.after as UserState | undefined];
  if (before?.state === "absent") return "User added";
  if (after?.state === "present" && after.tls !== undefined) return "TLS requires updated";
  const granted = changes.find(({ kind }) => kind === grants.name);
  if (granted) return grantsMessage(privilegesIn(granted.before), privilegesIn(granted.after));
  if (own !== undefined) return "Password updated (new style)";
  return wanted === "absent" ? "User doesn't exist" : "User unchanged";
}

function grantsMessage(before: Privileges, after: Privileges): string {
  const isThere = (place: string) => (before[place]?.length ?? 0) > 0;
  const differs = (place: string) => before[place]?.join() !== after[place]?.join();
  const places = Object.keys(after).filter((place) => after[place]?.length && differs(place));
  return places.length > 0 && !places.some(isThere) ? "New privileges granted" : "Privileges updated";
}

function privilegesIn(state: unknown): Privileges {
  const { state: word, privileges } = state as Partial<Extract<GrantsState, { state: "present" }>>;
  return word === "present" ? (privileges ?? {}) : {};
}
