import type { Change, Observed, Secret, Step } from "@evenkeel/core";
import { isUnsettled } from "@evenkeel/core";
import { accountStep } from "./account-step.ts";
import type { DesiredUser } from "./desired-user.ts";
import { agingFlags, newFlags, userFlags } from "./user-flags.ts";
import type { AccountTools, PresentUser, UserState } from "./user-state.ts";

type Present = DesiredUser & { readonly state: "present" };

/** A desired user as a state, to compare with and to show. */
export function wantedUser(before: Observed<UserState>["state"], desired: DesiredUser): UserState {
  if (desired.state === "absent") return { state: "absent" };
  const {
    addsGroups,
    keepsPassword,
    createsHome,
    skeleton: _,
    movesHome: __,
    isSystem: ___,
    sharesNumber: ____,
    defaults: _____,
    ...rest
  } = desired;
  const { groups, passwordHash, isLocked, ...plain } = rest;
  const now = isUnsettled(before) || before.state === "absent" ? undefined : before;
  const kept = addsGroups ? (now?.groups ?? []) : [];
  return {
    ...plain,
    ...(groups && { groups: [...new Set([...kept, ...groups])].sort() }),
    ...(passwordHash && !(keepsPassword && now) && { passwordHash }),
    // A new one without a password is locked, whatever is wanted.
    ...(isLocked !== undefined && (isLocked || now || passwordHash) && { isLocked }),
    ...(createsHome && { hasHome: true }),
  };
}

/** What of a user is not as wanted. */
export function differences(actual: PresentUser, after: PresentUser): (keyof PresentUser)[] {
  const plain = (hash: Secret | undefined) => hash?.reveal().replace(/^!+/, "");
  return (Object.keys(after) as (keyof PresentUser)[]).filter((key) => {
    if (after[key] === undefined) return false;
    if (key === "groups") return actual.groups?.join() !== after.groups?.join();
    if (key === "passwordHash") return plain(actual.passwordHash) !== plain(after.passwordHash);
    if (key === "group") return actual.group !== after.group && String(actual.gid) !== after.group;
    return actual[key] !== after[key];
  });
}

/** What it takes to make a user as wanted, and to bring it back. */
export function changeUser(actual: Observed<UserState>, desired: DesiredUser, after: UserState): Change<UserState> {
  const { kind, key, via, state } = actual;
  return {
    ...{ kind, key, ...(via !== undefined && { via }), before: state, after },
    action: after.state === "absent" ? "remove" : "ensure",
    steps: stepsTo(key, state, desired, after),
    undo: undo(key, state, desired, after),
    interrupts: "nothing",
  };
}

function stepsTo(
  name: string,
  before: Observed<UserState>["state"],
  desired: DesiredUser,
  after: UserState,
): readonly Step[] {
  // An unsettled one is only planned: by the time it is made, it is known whether it is there.
  const now: UserState = isUnsettled(before) ? { state: "absent" } : before;
  if (desired.state === "absent" || after.state === "absent") {
    const { removesHome = false, isForced = false } = desired.state === "absent" ? desired : {};
    return [
      accountStep(now.tools, ["userdel", ...(isForced ? ["-f"] : []), ...(removesHome ? ["-r"] : []), "--", name]),
    ];
  }
  if (now.state === "absent") {
    const flags = [...newFlags(desired, now.groupNumber !== undefined), ...userFlags(after)];
    return [
      accountStep(now.tools, ["useradd", ...flags, "--", name]),
      ...settle(name, now.tools, after, Object.keys(after) as (keyof PresentUser)[]),
    ];
  }
  return between(name, now.tools, now, after, desired);
}

/** From one state of a user that is there to another. */
function between(
  name: string,
  tools: AccountTools | undefined,
  from: PresentUser,
  to: PresentUser,
  { sharesNumber, movesHome, skeleton }: Partial<Present>,
): readonly Step[] {
  const changed = differences(from, to);
  const flags = userFlags(Object.fromEntries(changed.map((key) => [key, to[key]])));
  const extra = [
    ...(sharesNumber && changed.includes("uid") ? ["-o"] : []),
    ...(movesHome && changed.includes("home") ? ["-m"] : []),
  ];
  const home = to.home ?? from.home;
  const isNewHome = changed.includes("home") && to.hasHome === true;
  const isHomeMissing = (changed.includes("hasHome") || isNewHome) && !extra.includes("-m") && home !== undefined;
  return [
    ...(flags.length > 0 ? [accountStep(tools, ["usermod", ...extra, ...flags, "--", name])] : []),
    ...settle(name, tools, to, changed),
    ...(isHomeMissing ? [makeHome(name, home, skeleton)] : []),
  ];
}

/** What useradd and usermod are not told: secrets, and how a password ages. */
function settle(
  name: string,
  tools: AccountTools | undefined,
  to: PresentUser,
  changed: readonly (keyof PresentUser)[],
): readonly Step[] {
  const isNewPassword = changed.includes("passwordHash") && to.passwordHash !== undefined;
  const lock = changed.includes("isLocked") || (isNewPassword && to.isLocked) ? to.isLocked : undefined;
  const aging = agingFlags(Object.fromEntries(changed.map((key) => [key, to[key]])));
  return [
    ...(isNewPassword && to.passwordHash ? [setPassword(name, tools, to.passwordHash)] : []),
    ...(lock === undefined ? [] : [accountStep(tools, ["usermod", lock ? "-L" : "-U", "--", name])]),
    ...(aging.length > 0 ? [accountStep(tools, ["chage", ...aging, "--", name])] : []),
  ];
}

function undo(
  name: string,
  before: Observed<UserState>["state"],
  desired: DesiredUser,
  after: UserState,
): readonly Step[] {
  if (isUnsettled(before)) return [];
  if (before.state === "absent") {
    const isHomeNew = after.state === "present" && after.hasHome && after.home === undefined && !before.hasHome;
    const { tools, groupNumber: gid } = before;
    return [
      accountStep(tools, ["userdel", ...(isHomeNew ? ["-r"] : []), "--", name]),
      // A group of its name was there before; it may have gone with it.
      ...(gid === undefined ? [] : [accountStep(tools, ["groupadd", "-f", "-g", String(gid), "--", name])]),
    ];
  }
  if (after.state === "absent") {
    // What was in a home that is gone cannot come back.
    if (desired.state === "absent" && desired.removesHome) return [];
    const { isLocked: _, hasHome: __, ...was } = before;
    const { tools, group, gid } = was;
    return [
      // Its own group went with it.
      ...(group === name && gid !== undefined
        ? [accountStep(tools, ["groupadd", "-f", "-g", String(gid), "--", group])]
        : []),
      accountStep(tools, ["useradd", "-M", ...userFlags(was), "--", name]),
      ...settle(name, tools, was, ["passwordHash"]),
    ];
  }
  const { hasHome: _, tools: __, gid: ___, ...back } = before;
  const changed = differences(before, after);
  const was = Object.fromEntries(
    Object.entries(back).filter(([key]) => key === "state" || changed.includes(key as keyof PresentUser)),
  ) as unknown as PresentUser;
  return between(
    name,
    before.tools,
    { ...before, ...after },
    was,
    desired.state === "present" && desired.movesHome ? { movesHome: true } : {},
  );
}

/** By stdin: arguments are for everybody to see. */
function setPassword(name: string, tools: AccountTools | undefined, hash: Secret): Step {
  const script = 'read -r hash || [ -n "$hash" ] && printf "%s:%s\\n" "$1" "$hash" | chpasswd -e';
  if (tools !== "files") return { do: "run", argv: ["sh", "-c", script, "evenkeel-password", name], stdin: hash };
  const step = accountStep(tools, ["chpasswd", "--", name], hash);
  return step;
}

/** As useradd would have: from the skeleton, and nobody else's. */
function makeHome(name: string, home: string, skeleton = "/etc/skel"): Step {
  const script = `set -e
umask 077
[ ! -e "$1" ] || exit 0
(umask 022; mkdir -p "\${1%/*}")
mkdir "$1"
[ ! -d "$3" ] || cp -Rp "$3/." "$1"
chown -R -h "$2:$(id -g "$2")" "$1"
mask=$(sed -n 's/^HOME_MODE[[:space:]]*//p' /etc/login.defs 2>/dev/null | head -n 1)
chmod "\${mask:-0755}" "$1"`;
  return { do: "run", argv: ["sh", "-c", script, "evenkeel-home", home, name, skeleton] };
}
