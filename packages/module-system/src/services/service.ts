import { defineModule } from "@evenkeel/core";
import { unit } from "@evenkeel/kinds";
import { Type } from "typebox";
import { Enabled, planUnit, ServiceState, unitName } from "./desired-unit.ts";
import { serviceResult, serviceReturns } from "./service-result.ts";

export const service = defineModule({
  name: "service",
  summary: "A service: whether it runs, and whether it starts with the host.",
  params: Type.Object(
    {
      name: Type.String({ description: "its name, with or without `.service`" }),
      state: ServiceState,
      enabled: Enabled,
      arguments: Type.String({
        default: "",
        description: "words for its init script; systemd has none",
        aliases: ["args"],
      }),
      pattern: Type.Optional(
        Type.String({ description: "what tells in the list of processes that it runs, where its script cannot" }),
      ),
      runlevel: Type.String({ default: "default", description: "OpenRC's, in which it is enabled" }),
      sleep: Type.Optional(Type.Integer({ description: "seconds between stop and start of a restart by init script" })),
      use: Type.Enum(["auto", "systemd", "sysvinit", "openrc", "service"], {
        type: "string",
        default: "auto",
        description: "the service manager; the host's own is found anyway",
      }),
    },
    { additionalProperties: false },
  ),
  observe({ name, pattern, runlevel, use }) {
    const via = {
      ...(pattern !== undefined && { pattern }),
      ...(runlevel !== "default" && { runlevel }),
      ...(use === "sysvinit" && { init: "sysvinit" as const }),
    };
    return { current: unit(unitName(name), Object.keys(via).length > 0 ? via : undefined) };
  },
  plan: ({ current }, params) =>
    planUnit(current, params, {
      ...(params.arguments !== "" && { arguments: params.arguments }),
      ...(params.sleep !== undefined && { sleepSeconds: params.sleep }),
    }),
  result: (made, params) => serviceResult(made, params),
  returns: serviceReturns,
});
