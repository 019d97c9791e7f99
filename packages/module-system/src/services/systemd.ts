import { defineModule } from "@evenkeel/core";
import { reexecute, systemdManager, unit } from "@evenkeel/kinds";
import { Type } from "typebox";
import { demandOneOf } from "../packages/demand-one-of.ts";
import { Enabled, planUnit, ServiceState, unitName } from "./desired-unit.ts";
import { serviceResult, serviceReturns } from "./service-result.ts";

/** systemd's units; under both of its names. */
export const systemdService = systemdModule("systemd_service");
export const systemd = systemdModule("systemd");

function systemdModule(name: string) {
  return defineModule({
    name,
    summary: "A unit of systemd: whether it runs, starts with the host, or is masked.",
    params: Type.Object(
      {
        name: Type.Optional(
          Type.String({ description: "its name; without a type it is a service", aliases: ["service", "unit"] }),
        ),
        state: ServiceState,
        enabled: Enabled,
        masked: Type.Optional(Type.Boolean({ description: "whether it can be started at all" })),
        force: Type.Optional(Type.Boolean({ description: "links of other units that are in the way go" })),
        daemon_reload: Type.Boolean({
          default: false,
          description: "read unit files again; done by itself for what is started, and where files have changed",
          aliases: ["daemon-reload"],
        }),
        daemon_reexec: Type.Boolean({ default: false, description: "start systemd anew", aliases: ["daemon-reexec"] }),
        no_block: Type.Boolean({ default: false, description: "do not wait until it has started or stopped" }),
        scope: Type.Enum(["system", "user", "global"], {
          type: "string",
          default: "system",
          description: "whose unit it is",
        }),
      },
      { additionalProperties: false },
    ),
    observe(params) {
      const { name: named, scope, daemon_reload } = params;
      demandOneOf(name, params, ["name", "daemon_reload", "daemon_reexec"]);
      return {
        manager: daemon_reload && scope !== "global" ? [systemdManager(scope)] : [],
        units: named === undefined ? [] : [unit(unitName(named), scope === "system" ? undefined : { scope })],
      };
    },
    plan({ manager, units }, params) {
      const flags = [...(params.no_block ? ["--no-block"] : []), ...(params.force ? ["--force"] : [])];
      return [
        ...manager.flatMap((each) => systemdManager.ensure(each, { needsReload: false })),
        ...(params.daemon_reexec ? [reexecute(params.scope === "user" ? "user" : "system")] : []),
        ...units.flatMap((each) => planUnit(each, params, { flags })),
      ];
    },
    /** Reading files again is no change of its own, as in Ansible. */
    result({ before, changes }, params) {
      const [current] = before.units;
      const isOnlyManager = changes.length > 0 && changes.every(({ kind }) => kind === "systemd");
      return {
        ...serviceResult(current ? { before: { current } } : { before: {} }, params),
        ...(isOnlyManager && { changed: false }),
      };
    },
    returns: serviceReturns,
  });
}
