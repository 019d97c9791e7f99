import { defineModule, isUnsettled } from "@evenkeel/core";
import { group as groupKind } from "@evenkeel/kinds";
import { Type } from "typebox";

export const group = defineModule({
  name: "group",
  summary: "A group of users.",
  params: Type.Object(
    {
      name: Type.String({ description: "its name" }),
      state: Type.Enum(["present", "absent"], {
        type: "string",
        default: "present",
        description: "whether it is to be there",
      }),
      gid: Type.Optional(Type.Integer({ description: "its number" })),
      non_unique: Type.Boolean({ default: false, description: "the number may be another's, too" }),
      system: Type.Boolean({ default: false, description: "a new one's number is of the system's range" }),
      gid_min: Type.Optional(Type.Integer({ description: "where numbers of new groups begin" })),
      gid_max: Type.Optional(Type.Integer({ description: "where they end" })),
      local: Type.Boolean({
        default: false,
        description: "only the host's own files count, not directories such as LDAP",
      }),
      force: Type.Boolean({
        default: false,
        description: "with state absent: although it is the primary group of a user",
      }),
    },
    { additionalProperties: false },
  ),
  observe: ({ name, local }) => ({ current: groupKind(name, local ? { local: true } : undefined) }),
  plan({ current }, { state, gid, non_unique, system, gid_min, gid_max, force }) {
    if (state === "absent") return groupKind.ensure(current, { state, ...(force && { isForced: true }) });
    const defaults = {
      ...(gid_min !== undefined && { GID_MIN: String(gid_min) }),
      ...(gid_max !== undefined && { GID_MAX: String(gid_max) }),
    };
    return groupKind.ensure(current, {
      state,
      ...(gid !== undefined && { gid }),
      ...(system && { isSystem: true }),
      ...(non_unique && { sharesNumber: true }),
      ...(Object.keys(defaults).length > 0 && { defaults }),
    });
  },
  result({ after: { current } }, { name, state, system }) {
    const now = isUnsettled(current.state) ? undefined : current.state;
    return {
      name,
      state,
      ...(state === "present" && { system }),
      ...(now?.state === "present" && now.gid !== undefined && { gid: now.gid }),
    };
  },
  returns: Type.Object({
    name: Type.String({ description: "its name" }),
    state: Type.String({ description: "what was asked for" }),
    system: Type.Optional(Type.Boolean({ description: "whether it is a system's group" })),
    gid: Type.Optional(Type.Integer({ description: "its number" })),
  }),
});
