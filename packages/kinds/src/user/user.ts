import type { Change, Observed, Secret, Step } from "@evenkeel/core";
import { defineKind, InputError, isUnsettled, quoteAll, readWords } from "@evenkeel/core";
import { parseUsers } from "./parse-users.ts";
import type { PresentUser, UserState } from "./user-state.ts";

/** A user as it is to be; what is left out stays as it is, or is the host's default for a new one. */
export type DesiredUser =
  | (PresentUser & NewUser)
  | { readonly state: "absent" /** The home folder goes too. */; readonly removeHome?: boolean };

interface NewUser {
  /** Keep groups that are not named here. */
  readonly addGroups?: boolean;
  /** For a new one: a number from the system's range, and no home unless asked for. */
  readonly isSystem?: boolean;
  readonly createHome?: boolean;
}

/** A user by name. */
export const user = defineKind<UserState, DesiredUser>({
  name: "user",
  read(names) {
    for (const name of names) checkName(name);
    return `set -- ${quoteAll(names)}\n${readWords(new URL("./read.sh", import.meta.url))}`;
  },
  parse: parseUsers,
  ensure(actual, desired) {
    const after = wantedState(actual.state, desired);
    if (!isUnsettled(actual.state) && isAsPlanned(actual.state, after)) return [];
    return [changeUser(actual, desired, after)];
  },
  isAsPlanned,
  isAbsent: ({ state }) => state === "absent",
  unsettles: ({ key }) => [{ kind: "group", key, ifAbsent: true, because: `user ${key} may bring a group of its own` }],
  describe(state) {
    if (state.state === "absent") return { state: "absent" };
    const { groups, uid, passwordHash, ...rest } = state;
    return {
      ...rest,
      ...(uid !== undefined && { uid: String(uid) }),
      ...(groups && { groups: groups.join(", ") }),
      ...(passwordHash && { password: passwordHash }),
    };
  },
});

function wantedState(before: Observed<UserState>["state"], desired: DesiredUser): UserState {
  if (desired.state === "absent") return { state: "absent" };
  const { addGroups, isSystem: _, createHome: __, groups, ...rest } = desired;
  const kept = addGroups && !isUnsettled(before) && before.state === "present" ? (before.groups ?? []) : [];
  return { ...rest, ...(groups && { groups: [...new Set([...kept, ...groups])].sort() }) };
}

function isAsPlanned(actual: UserState, after: UserState): boolean {
  if (actual.state === "absent" || after.state === "absent") return actual.state === after.state;
  return differences(actual, after).length === 0;
}

/** What of a user is not as wanted. */
function differences(actual: PresentUser, after: PresentUser): (keyof PresentUser)[] {
  const isSame = {
    groups: () => actual.groups?.join() === after.groups?.join(),
    passwordHash: () => actual.passwordHash?.reveal() === after.passwordHash?.reveal(),
  };
  return (Object.keys(after) as (keyof PresentUser)[]).filter((key) => {
    if (key === "groups" || key === "passwordHash") return after[key] !== undefined && !isSame[key]();
    return after[key] !== undefined && actual[key] !== after[key];
  });
}

function changeUser(
  { kind, key, state }: Observed<UserState>,
  desired: DesiredUser,
  after: UserState,
): Change<UserState> {
  return {
    kind,
    key,
    action: after.state === "absent" ? "remove" : "ensure",
    before: state,
    after,
    steps: stepsTo(key, state, desired, after),
    undo: undo(key, state, after),
    interrupts: "nothing",
  };
}

function stepsTo(
  name: string,
  before: Observed<UserState>["state"],
  desired: DesiredUser,
  after: UserState,
): readonly Step[] {
  if (desired.state === "absent" || after.state === "absent") {
    return [run("userdel", ...("removeHome" in desired && desired.removeHome ? ["-r"] : []), "--", name)];
  }
  const password = after.passwordHash === undefined ? [] : [setPassword(name, after.passwordHash)];
  // An unsettled one is only planned: by the time it is made, it is known whether it is there.
  if (isUnsettled(before) || before.state === "absent")
    return [run("useradd", ...newFlags(desired), ...flags(after), "--", name), ...password];
  const changed = differences(before, after);
  const settings = flags(Object.fromEntries(changed.map((key) => [key, after[key]])));
  return [
    ...(settings.length > 0 ? [run("usermod", ...settings, "--", name)] : []),
    ...(changed.includes("passwordHash") ? password : []),
  ];
}

function undo(name: string, before: Observed<UserState>["state"], after: UserState): readonly Step[] {
  if (isUnsettled(before)) return [];
  if (before.state === "absent") return [run("userdel", "--", name)];
  if (after.state === "absent")
    return [run("useradd", "-M", ...flags(before), "--", name), ...restorePassword(name, before)];
  const changed = differences(before, after);
  const settings = flags(Object.fromEntries(changed.map((key) => [key, before[key]])));
  return [
    ...(settings.length > 0 ? [run("usermod", ...settings, "--", name)] : []),
    ...(changed.includes("passwordHash") ? restorePassword(name, before) : []),
  ];
}

function restorePassword(name: string, { passwordHash }: PresentUser): readonly Step[] {
  return passwordHash === undefined ? [] : [setPassword(name, passwordHash)];
}

function newFlags({ isSystem, createHome }: NewUser): string[] {
  return [...(isSystem ? ["-r"] : []), createHome === false || (isSystem && !createHome) ? "-M" : "-m"];
}

function flags({ uid, group, groups, home, shell, comment }: Partial<PresentUser>): string[] {
  return [
    ...(uid === undefined ? [] : ["-u", String(uid)]),
    ...(group === undefined ? [] : ["-g", group]),
    ...(groups === undefined ? [] : ["-G", groups.join(",")]),
    ...(home === undefined ? [] : ["-d", home]),
    ...(shell === undefined ? [] : ["-s", shell]),
    ...(comment === undefined ? [] : ["-c", comment]),
  ];
}

/** By stdin: arguments are for everybody to see. */
function setPassword(name: string, hash: Secret): Step {
  return {
    do: "run",
    argv: [
      "sh",
      "-c",
      'read -r hash || [ -n "$hash" ] && printf "%s:%s\\n" "$1" "$hash" | chpasswd -e',
      "evenkeel-password",
      name,
    ],
    stdin: hash,
  };
}

function run(...argv: string[]): Step {
  return { do: "run", argv };
}

function checkName(name: string): void {
  if (/^[A-Za-z0-9_][A-Za-z0-9_.-]*\$?$/.test(name)) return;
  throw new InputError({
    code: "user/name",
    message: `not a user's name: ${JSON.stringify(name)}`,
    hint: "letters, digits, `_`, `.` and `-`",
  });
}
