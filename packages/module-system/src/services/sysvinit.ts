import { defineModule, Refused } from "@evenkeel/core";
import { unit } from "@evenkeel/kinds";
import { Type } from "typebox";
import { Enabled, planUnit, ServiceState, unitName } from "./desired-unit.ts";
import { serviceResult, serviceReturns } from "./service-result.ts";

export const sysvinit = defineModule({
  name: "sysvinit",
  summary: "A service by its init script.",
  params: Type.Object(
    {
      name: Type.String({ description: "the script's name", aliases: ["service"] }),
      state: ServiceState,
      enabled: Enabled,
      arguments: Type.Optional(Type.String({ description: "words for the script", aliases: ["args"] })),
      pattern: Type.Optional(
        Type.String({ description: "what tells in the list of processes that it runs, where the script cannot" }),
      ),
      runlevels: Type.Optional(
        Type.Array(Type.String(), { description: "in which it is enabled; left out: as the script says", split: true }),
      ),
      sleep: Type.Integer({ default: 1, description: "seconds between stop and start of a restart" }),
      daemonize: Refused(
        "commands run as jobs apart from the connection anyway; a script that does not return needs no init",
      ),
    },
    { additionalProperties: false },
  ),
  observe: ({ name, pattern }) => ({
    current: unit(unitName(name), { init: "sysvinit", ...(pattern !== undefined && { pattern }) }),
  }),
  plan: ({ current }, params) =>
    planUnit(current, params, {
      sleepSeconds: params.sleep,
      ...(params.arguments !== undefined && { arguments: params.arguments }),
      ...(params.runlevels && { runlevels: params.runlevels }),
    }),
  result: (made, params) => serviceResult(made, params),
  returns: serviceReturns,
});
