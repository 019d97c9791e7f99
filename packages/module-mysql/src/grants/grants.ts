import type { Change, Observed, Unsettled } from "@evenkeel/core";
import { defineKind, isUnsettled, StepError } from "@evenkeel/core";
import { askServer } from "../door/ask-server.ts";
import type { Door } from "../door/door.ts";
import { nameAt } from "../door/door.ts";
import type { Reply, Unreached } from "../door/reply.ts";
import { isNowhere, isUnreached, reached } from "../door/reply.ts";
import { unanswered } from "../door/rows-of.ts";
import { sqlStep } from "../door/sql-step.ts";
import { decidesServer } from "../server/decides-server.ts";
import { accountOf, accountSql } from "../sql/account.ts";
import { changeSql } from "./grant-sql.ts";
import type { Privileges } from "./privileges.ts";
import { covers, isEmpty, joined, lacking, without } from "./privileges.ts";
import { readGrants } from "./read-grants.ts";

/** What an account may do; absent when there is no such account. */
export type GrantsState = { readonly state: "absent" } | PresentGrants | Unreached;

export interface PresentGrants {
  readonly state: "present";
  readonly privileges: Privileges;
}

export interface DesiredGrants {
  readonly privileges: Privileges;
  /** What else it has is taken away: all of it, or only at the places that are named. */
  readonly exact?: boolean | "places";
}

/** An account's privileges, by name and host: `app@localhost`. */
export const grants = defineKind<GrantsState, DesiredGrants>({
  name: "mysql.grants",
  async ask(queries, host) {
    const [door] = queries.map(({ via }) => via as Door | undefined);
    const keys = queries.map(({ key }) => nameAt(key, door));
    const replies = await askServer(
      host,
      door,
      keys.map((key) => `SHOW GRANTS FOR ${accountSql(accountOf(key))}`),
    );
    return keys.map((key, index) => stateIn(key, replies[index]));
  },
  ensure(actual, { privileges: wanted, exact = false }) {
    const now = reached<Exclude<GrantsState, Unreached>>(actual as Observed<Exclude<GrantsState, Unreached>>, {
      state: "absent",
    });
    const isAbsent = !isUnsettled(now) && now.state === "absent";
    if (isAbsent && actual.doubt === undefined) throw nobody(actual);
    const has: Privileges = !isUnsettled(now) && now.state === "present" ? now.privileges : {};
    const kept = exact === false ? has : exact === true ? {} : without(has, Object.keys(wanted));
    // Where nothing is left that is said, too: it is a part of the difference.
    const none = Object.fromEntries(Object.keys(has).map((place) => [place, []]));
    const after: PresentGrants = { state: "present", privileges: { ...none, ...joined(kept, wanted) } };
    if (!isUnsettled(now) && !isAbsent && isSo(has, after.privileges)) return [];
    return [change(actual, { now, has, after })];
  },
  isAsPlanned(actual, after) {
    if (actual.state !== "present" || after.state !== "present") return actual.state === after.state;
    return isSo(actual.privileges, after.privileges);
  },
  isAbsent: isNowhere,
  dependsOn: decidesServer,
  describe(state) {
    if (state.state !== "present") return { state: isUnreached(state) ? `server ${state.server}` : "absent" };
    return Object.fromEntries(
      Object.entries(state.privileges).map(([place, names]) => [place, names.join(", ") || "nothing"]),
    );
  },
});

function stateIn(key: string, reply: Reply | undefined): GrantsState {
  if (reply === undefined || reply.state === "unreached")
    return reply ?? { state: "unreached", server: "stopped", because: "it said nothing" };
  // There is no such account.
  if (reply.error?.startsWith("1141 ") || reply.error?.startsWith("1133 ")) return { state: "absent" };
  if (reply.error !== undefined) throw unanswered(`grants of ${key}`, reply.error);
  return { state: "present", privileges: readGrants(reply.rows) };
}

function isSo(has: Privileges, wanted: Privileges): boolean {
  return covers(has, wanted) && covers(wanted, has);
}

interface Changing {
  readonly now: Exclude<GrantsState, Unreached> | Unsettled;
  readonly has: Privileges;
  readonly after: PresentGrants;
}

function change({ kind, key, via }: Observed<GrantsState>, { now, has, after }: Changing): Change<GrantsState> {
  const door = via as Door | undefined;
  const name = accountSql(accountOf(nameAt(key, door)));
  const isGone = isUnsettled(now) || now.state === "absent";
  return {
    ...{ kind, key, ...(via !== undefined && { via }), action: "ensure", before: now, after },
    steps: [sqlStep(door, changeSql(has, after.privileges, name))],
    undo: isGone ? [] : [sqlStep(door, changeSql(after.privileges, has, name))],
    interrupts: isEmpty(lacking(after.privileges, has)) ? "nothing" : "outage",
  };
}

function nobody({ kind, key }: Observed): StepError {
  return new StepError({
    code: "mysql/no-account",
    message: `${kind} ${key}: there is no such account`,
    hint: "a task before this one should make it: mysql.user",
  });
}
