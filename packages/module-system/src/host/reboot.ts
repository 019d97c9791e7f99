import { defineModule, isUnsettled, Refused } from "@evenkeel/core";
import { boot } from "@evenkeel/kinds";
import { Type } from "typebox";
import type { RebootWish } from "./reboot-executor.ts";

export const reboot = defineModule({
  name: "reboot",
  summary: "Reboots a host, and waits until it is there again.",
  params: Type.Object(
    {
      msg: Type.String({
        default: "Reboot initiated by Ansible",
        description: "what users who are logged in are told",
      }),
      pre_reboot_delay: Type.Integer({
        default: 0,
        description: "how long it waits before, in seconds; whole minutes where shutdown tells users",
        aliases: ["pre_reboot_delay_sec"],
      }),
      post_reboot_delay: Type.Integer({
        default: 0,
        description: "how long to wait before looking whether it is there again, in seconds",
        aliases: ["post_reboot_delay_sec"],
      }),
      reboot_timeout: Type.Integer({
        default: 600,
        description: "how long it may take until it is there again, and once more until the test succeeds, in seconds",
        aliases: ["reboot_timeout_sec"],
      }),
      test_command: Type.String({ default: "whoami", description: "must succeed before it counts as there" }),
      reboot_command: Type.Optional(Type.String({ description: "how it is rebooted, if not by shutdown or reboot" })),
      boot_time_command: Type.Optional(
        Type.String({ description: "what tells one boot from the next; left out: the kernel's boot id" }),
      ),
      search_paths: Type.Array(Type.String(), {
        default: ["/sbin", "/bin", "/usr/sbin", "/usr/bin", "/usr/local/sbin"],
        description: "where shutdown is looked for",
        split: true,
      }),
      connect_timeout: Type.Optional(
        Type.Integer({ description: "connections have deadlines of their own", aliases: ["connect_timeout_sec"] }),
      ),
      connection: Refused("the inventory says how a host is reached"),
    },
    { additionalProperties: false },
  ),
  observe: () => ({ now: boot("host") }),
  plan({ now: { kind, key, state } }, params) {
    const wish: RebootWish = {
      message: params.msg,
      ...{ delaySeconds: Math.max(0, params.pre_reboot_delay), settleSeconds: Math.max(0, params.post_reboot_delay) },
      ...{ timeoutSeconds: params.reboot_timeout, test: params.test_command, paths: params.search_paths },
      ...(params.reboot_command !== undefined && { command: params.reboot_command }),
      ...(params.boot_time_command !== undefined && { bootCommand: params.boot_time_command }),
    };
    const before = isUnsettled(state) ? state : { ...(state.id !== undefined && { id: state.id }) };
    return [
      {
        kind,
        key,
        action: "run",
        before,
        after: {},
        steps: [{ do: "system.reboot", data: wish }],
        undo: [],
        interrupts: "outage",
      },
    ];
  },
  result({ outputs }) {
    const data = outputs[0]?.data as { readonly elapsed?: number } | undefined;
    return { rebooted: true, elapsed: data?.elapsed ?? 0 };
  },
  returns: Type.Object({
    rebooted: Type.Boolean({ description: "whether it was" }),
    elapsed: Type.Integer({ description: "after how many seconds it was back" }),
  }),
});
