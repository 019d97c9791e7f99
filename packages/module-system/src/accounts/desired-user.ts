import { Secret } from "@evenkeel/core";
import type { DesiredUser } from "@evenkeel/kinds";
import type { Static } from "typebox";
import type { UserParams } from "./user-params.ts";

/** What a task's parameters say of a user, in the kind's words. */
export function desiredUser(params: Static<typeof UserParams>): DesiredUser {
  const { state, remove, force, password, groups, append, expires, home } = params;
  if (state === "absent") return { state, ...(remove && { removesHome: true }), ...(force && { isForced: true }) };
  const { uid, group, shell, comment, password_lock: isLocked, update_password } = params;
  return {
    state,
    ...(uid !== undefined && { uid }),
    ...(group !== undefined && { group }),
    ...(groups && { groups: groups.map((each) => each.trim()).filter((each) => each !== "") }),
    ...(append && { addsGroups: true }),
    ...(home !== undefined && { home }),
    ...(shell !== undefined && { shell }),
    ...(comment !== undefined && { comment }),
    ...(password !== undefined && { passwordHash: password instanceof Secret ? password : new Secret(password) }),
    ...(isLocked !== undefined && { isLocked }),
    ...(update_password === "on_create" && { keepsPassword: true }),
    ...(expires !== undefined && { expiresOn: expires < 0 ? -1 : Math.floor(expires / 86_400) }),
    ...days(params),
    ...flags(params),
    ...defaults(params),
  };
}

function flags({ create_home, skeleton, move_home, system, non_unique }: Static<typeof UserParams>) {
  return {
    ...(create_home && { createsHome: true }),
    ...(skeleton !== undefined && { skeleton }),
    ...(move_home && { movesHome: true }),
    ...(system && { isSystem: true }),
    ...(non_unique && { sharesNumber: true }),
  };
}

function days(params: Static<typeof UserParams>) {
  const { password_expire_max: max, password_expire_min: min, password_expire_warn: warn } = params;
  const inactive = params.password_expire_account_disable;
  return {
    ...(max !== undefined && { passwordMaxDays: max }),
    ...(min !== undefined && { passwordMinDays: min }),
    ...(warn !== undefined && { passwordWarnDays: warn }),
    ...(inactive !== undefined && { passwordInactiveDays: inactive }),
  };
}

function defaults({ umask, uid_min, uid_max }: Static<typeof UserParams>) {
  const settings = {
    ...(umask !== undefined && { UMASK: umask }),
    ...(uid_min !== undefined && { UID_MIN: String(uid_min) }),
    ...(uid_max !== undefined && { UID_MAX: String(uid_max) }),
  };
  return Object.keys(settings).length > 0 ? { defaults: settings } : {};
}
