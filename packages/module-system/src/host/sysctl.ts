import { defineModule, isUnsettled } from "@evenkeel/core";
import { lookInto, sysctl as sysctlKind } from "@evenkeel/kinds";
import { Type } from "typebox";
import { demandSense } from "../files/demand-sense.ts";
import { editFile, isAbsent } from "../files/edit-file.ts";
import { sysctlText } from "./sysctl-text.ts";

export const sysctl = defineModule({
  name: "sysctl",
  summary: "A setting of the kernel, in a file and right now.",
  params: Type.Object(
    {
      name: Type.String({ description: "the setting, such as net.ipv4.ip_forward", aliases: ["key"] }),
      value: Type.Optional(Type.String({ description: "what it is to be", aliases: ["val"] })),
      state: Type.Enum(["present", "absent"], {
        type: "string",
        default: "present",
        description: "whether it is to be in the file",
      }),
      sysctl_file: Type.String({ default: "/etc/sysctl.conf", description: "the file, which is read at each boot" }),
      reload: Type.Boolean({ default: true, description: "what the file says is to be so right now, too" }),
      sysctl_set: Type.Boolean({
        default: false,
        description: "the value is to be so right now, whatever the file says",
      }),
      ignoreerrors: Type.Boolean({
        default: false,
        description: "settings that this kernel does not have are left alone",
      }),
    },
    { additionalProperties: false },
  ),
  observe({ name, value, state, sysctl_file }) {
    demandSense(`sysctl ${name}`, {
      "`value` is needed with state: present": state === "present" && (value ?? "").trim() === "",
    });
    return { ...lookInto(sysctl_file), live: sysctlKind(name.trim()) };
  },
  plan({ live, ...answers }, params) {
    const name = params.name.trim();
    const isPresent = params.state === "present";
    const value = isPresent ? plainValue(params.value ?? "") : undefined;
    if (value === undefined && isAbsent(answers)) return [];
    const inFile = editFile(answers, { create: true, backup: false }, (text) => sysctlText(text, name, value));
    const isMissing = !isUnsettled(live.state) && live.state.state === "absent";
    const isSet = value !== undefined && (params.reload || params.sysctl_set) && !(isMissing && params.ignoreerrors);
    return [...inFile, ...(isSet ? sysctlKind.ensure(live, { value }) : [])];
  },
});

/** Words of YAML for true and false are what the kernel calls 1 and 0. */
function plainValue(value: string): string {
  const word = value.trim().toLowerCase();
  if (["true", "yes", "on", "y", "t"].includes(word)) return "1";
  return ["false", "no", "off", "n", "f"].includes(word) ? "0" : value.trim();
}
