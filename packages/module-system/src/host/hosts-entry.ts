import { defineModule } from "@evenkeel/core";
import { lookInto } from "@evenkeel/kinds";
import { Type } from "typebox";
import { demandSense } from "../files/demand-sense.ts";
import { editFile, isAbsent } from "../files/edit-file.ts";
import { putHosts, removeHosts } from "./hosts-text.ts";

export const hostsEntry = defineModule({
  name: "hosts_entry",
  summary: "Names of an address in /etc/hosts; a module of our own.",
  params: Type.Object(
    {
      address: Type.String({ description: "the address, of IPv4 or IPv6" }),
      names: Type.Optional(
        Type.Array(Type.String(), {
          description: "all names that it is to have, the main one first",
          split: true,
          aliases: ["name"],
        }),
      ),
      state: Type.Enum(["present", "absent"], {
        type: "string",
        default: "present",
        description: "whether it is to have them, or any",
      }),
      path: Type.String({ default: "/etc/hosts", description: "the file" }),
    },
    { additionalProperties: false },
  ),
  observe({ address, names = [], state, path }) {
    demandSense(`hosts_entry ${address}`, {
      "`names` is needed with state: present": state === "present" && names.length === 0,
      "an address is digits, dots and colons": !/^[0-9A-Fa-f.:%a-z]+$/.test(address),
      "a name has no blanks": names.some((name) => !/^[A-Za-z0-9_.-]+$/.test(name)),
    });
    return lookInto(path);
  },
  plan(answers, { address, names = [], state }) {
    if (state === "absent" && isAbsent(answers)) return [];
    return editFile(answers, { create: true, backup: false }, (text) =>
      state === "present" ? putHosts(text, address, names) : removeHosts(text, address),
    );
  },
});
