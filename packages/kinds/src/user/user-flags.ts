import type { DesiredUser } from "./desired-user.ts";
import type { PresentUser } from "./user-state.ts";

/** useradd's words for what is said of new users only. */
export function newFlags(desired: DesiredUser & { readonly state: "present" }, hasGroup: boolean): string[] {
  const { isSystem, createsHome, skeleton, sharesNumber, defaults = {}, group } = desired;
  return [
    ...(isSystem ? ["-r"] : []),
    createsHome ? "-m" : "-M",
    ...(createsHome && skeleton !== undefined ? ["-k", skeleton] : []),
    // A group of that name is there: it is neither made again, nor silently joined.
    ...(hasGroup && group === undefined ? ["-N"] : []),
    ...(sharesNumber ? ["-o"] : []),
    ...Object.entries(defaults).flatMap(([name, value]) => ["-K", `${name}=${value}`]),
  ];
}

/** useradd's and usermod's words for what a user is. */
export function userFlags({ uid, group, groups, home, shell, comment, expiresOn }: Partial<PresentUser>): string[] {
  return [
    ...(uid === undefined ? [] : ["-u", String(uid)]),
    ...(group === undefined ? [] : ["-g", group]),
    ...(groups === undefined ? [] : ["-G", groups.join(",")]),
    ...(home === undefined ? [] : ["-d", home]),
    ...(shell === undefined ? [] : ["-s", shell]),
    ...(comment === undefined ? [] : ["-c", comment]),
    ...(expiresOn === undefined
      ? []
      : ["-e", expiresOn < 0 ? "" : new Date(expiresOn * 86_400_000).toISOString().slice(0, 10)]),
  ];
}

/** chage's. */
export function agingFlags({
  passwordMinDays,
  passwordMaxDays,
  passwordWarnDays,
  passwordInactiveDays,
}: Partial<PresentUser>): string[] {
  const flags = {
    mindays: passwordMinDays,
    maxdays: passwordMaxDays,
    warndays: passwordWarnDays,
    inactive: passwordInactiveDays,
  };
  return Object.entries(flags).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, String(value)]));
}
