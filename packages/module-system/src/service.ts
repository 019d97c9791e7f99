import { defineModule } from "@evenkeel/core";
import { actOnUnit, unit } from "@evenkeel/kinds";
import { Type } from "typebox";

const states = ["started", "stopped", "restarted", "reloaded"] as const;

export const service = defineModule({
  name: "service",
  summary: "A service: whether it runs, and whether it starts with the host.",
  params: Type.Object(
    {
      name: Type.String({ description: "its name, with or without `.service`" }),
      state: Type.Optional(
        Type.Union(
          states.map((state) => Type.Literal(state)),
          { description: "started and stopped change it if need be; restarted and reloaded act each time" },
        ),
      ),
      enabled: Type.Optional(Type.Boolean({ description: "whether it starts with the host" })),
    },
    { additionalProperties: false },
  ),
  observe: ({ name }) => ({ current: unit(name.includes(".") ? name : `${name}.service`) }),
  plan({ current }, { state, enabled }) {
    const isActive = state === "started" ? true : state === "stopped" ? false : undefined;
    const desired = {
      ...(isActive !== undefined && { isActive }),
      ...(enabled !== undefined && { isEnabled: enabled }),
    };
    const act = state === "restarted" ? ("restart" as const) : state === "reloaded" ? ("reload" as const) : undefined;
    return [...unit.ensure(current, desired), ...(act ? [actOnUnit(current, act)] : [])];
  },
});
