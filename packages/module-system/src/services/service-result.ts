import type { Observed } from "@evenkeel/core";
import { isUnsettled } from "@evenkeel/core";
import type { UnitState } from "@evenkeel/kinds";
import { Type } from "typebox";
import type { ServiceWish } from "./desired-unit.ts";

export const serviceReturns = Type.Object({
  name: Type.Optional(Type.String({ description: "the name, as in the task" })),
  state: Type.Optional(Type.String({ description: "what was asked for: started or stopped" })),
  enabled: Type.Optional(Type.Boolean({ description: "whether it was to start with the host" })),
  status: Type.Optional(
    Type.Record(Type.String(), Type.String(), { description: "properties that its manager told, before" }),
  ),
});

/** Ansible's fields: what was asked, and how things were before. */
export function serviceResult(
  { before }: { readonly before: { readonly current?: Observed<UnitState> } },
  params: ServiceWish & { readonly name?: string | undefined },
) {
  const { name, state, enabled } = params;
  const was = before.current?.state;
  const status = was === undefined || isUnsettled(was) || was.state === "absent" ? {} : (was.properties ?? {});
  return {
    ...(name !== undefined && { name }),
    ...(state !== undefined && { state: state === "stopped" ? "stopped" : "started" }),
    ...(enabled !== undefined && { enabled }),
    status,
  };
}
