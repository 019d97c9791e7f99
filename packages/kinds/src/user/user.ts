import { defineKind, isUnsettled, quoteAll, readWords } from "@evenkeel/core";
import { changeUser, differences, wantedUser } from "./change-user.ts";
import { checkUserName } from "./check-user-name.ts";
import type { DesiredUser } from "./desired-user.ts";
import { parseUsers } from "./parse-users.ts";
import type { UserState } from "./user-state.ts";

/** A user by name; `via` may say `{ local: true }`: only the host's own files count. */
export const user = defineKind<UserState, DesiredUser>({
  name: "user",
  read(names, via) {
    for (const name of names) checkUserName(name);
    const local = (via as { readonly local?: boolean } | undefined)?.local ? "local=1\n" : "";
    return `${local}set -- ${quoteAll(names)}\n${readWords(new URL("./read-users.sh", import.meta.url))}`;
  },
  parse: parseUsers,
  ensure(actual, desired) {
    const after = wantedUser(actual.state, desired);
    if (!isUnsettled(actual.state) && isAsPlanned(actual.state, after)) return [];
    return [changeUser(actual, desired, after)];
  },
  isAsPlanned,
  isAbsent: ({ state }) => state === "absent",
  unsettles({ key, after }) {
    const because = after.state === "absent" ? `user ${key} goes` : `user ${key} may bring it`;
    const isDoubt = after.state === "absent" ? { isDoubt: true } : { ifAbsent: true };
    return [
      { kind: "group", key, ...isDoubt, because: `user ${key} may bring a group of its own` },
      { kind: "file", isDoubt: true, because },
      ...["ssh-key", "authorized-keys", "crontab"].map((kind) => ({ kind, key, ...isDoubt, because })),
    ];
  },
  describe(state) {
    if (state.state === "absent") return { state: "absent" };
    const { uid, group, groups, home, hasHome, shell, comment, passwordHash, isLocked, expiresOn } = state;
    return {
      state: "present",
      ...(uid !== undefined && { uid: String(uid) }),
      ...(group !== undefined && { group }),
      ...(groups && { groups: groups.join(", ") }),
      ...(home !== undefined && { home }),
      ...(hasHome !== undefined && { "home is there": hasHome ? "yes" : "no" }),
      ...(shell !== undefined && { shell }),
      ...(comment !== undefined && { comment }),
      ...(passwordHash && { password: passwordHash }),
      ...(isLocked !== undefined && { locked: isLocked ? "yes" : "no" }),
      ...(expiresOn !== undefined && { expires: expiresOn < 0 ? "never" : dateOf(expiresOn) }),
      ...days("password may change after", state.passwordMinDays),
      ...days("password must change after", state.passwordMaxDays),
      ...days("warning before", state.passwordWarnDays),
      ...days("locked after", state.passwordInactiveDays),
    };
  },
});

function isAsPlanned(actual: UserState, after: UserState): boolean {
  if (actual.state === "absent" || after.state === "absent") return actual.state === after.state;
  return differences(actual, after).length === 0;
}

function dateOf(days: number): string {
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}

function days(what: string, count: number | undefined): Record<string, string> {
  return count === undefined ? {} : { [what]: count < 0 ? "never" : `${count} days` };
}
