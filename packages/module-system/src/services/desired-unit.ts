import type { Change, Observed } from "@evenkeel/core";
import type { DesiredUnit, UnitOptions, UnitState } from "@evenkeel/kinds";
import { actOnUnit, unit } from "@evenkeel/kinds";
import { Type } from "typebox";

/** What service modules have in common. */
export interface ServiceWish {
  readonly state?: "started" | "stopped" | "restarted" | "reloaded" | undefined;
  readonly enabled?: boolean | undefined;
  readonly masked?: boolean | undefined;
}

export const ServiceState = Type.Optional(
  Type.Enum(["started", "stopped", "restarted", "reloaded"], {
    type: "string",
    description: "started and stopped change it if need be; restarted and reloaded act each time",
  }),
);

export const Enabled = Type.Optional(Type.Boolean({ description: "whether it starts with the host" }));

/** With its type: `nginx` is `nginx.service`. */
export function unitName(name: string): string {
  return /\.(service|socket|timer|path|target|mount|slice|automount|swap|scope|device)$/.test(name)
    ? name
    : `${name}.service`;
}

export function planUnit(
  current: Observed<UnitState>,
  { state, enabled, masked }: ServiceWish,
  options?: UnitOptions,
): readonly Change[] {
  const isActive = state === "started" ? true : state === "stopped" ? false : undefined;
  const desired: DesiredUnit = {
    ...(isActive !== undefined && { isActive }),
    ...(enabled !== undefined && { isEnabled: enabled }),
    ...(masked !== undefined && { isMasked: masked }),
  };
  const act = state === "restarted" ? ("restart" as const) : state === "reloaded" ? ("reload" as const) : undefined;
  const isAsked = Object.keys(desired).length > 0;
  return [
    ...(isAsked ? unit.ensure(current, { ...desired, ...(options && { options }) }) : []),
    ...(act ? [actOnUnit(current, act, options)] : []),
  ];
}
