import { defineModule, InputError, isUnsettled } from "@evenkeel/core";
import { hostname as hostnameKind } from "@evenkeel/kinds";
import { Type } from "typebox";

export const hostname = defineModule({
  name: "hostname",
  summary: "What a host is called.",
  params: Type.Object(
    {
      name: Type.String({ description: "its name" }),
      use: Type.Optional(
        Type.Enum(["alpine", "debian", "generic", "openrc", "redhat", "sles", "systemd"], {
          type: "string",
          description: "how the name is kept; /etc/hostname and the kernel, by way of systemd where it is",
        }),
      ),
    },
    { additionalProperties: false },
  ),
  observe: () => ({ current: hostnameKind("host") }),
  plan({ current }, { name }) {
    if (!/^(?!-)[A-Za-z0-9.-]{1,64}(?<![-.])$/.test(name)) {
      throw new InputError({
        code: "hostname/name",
        message: `not a host's name: ${JSON.stringify(name)}`,
        hint: "letters, digits, dashes and dots; 64 at most",
      });
    }
    return hostnameKind.ensure(current, { name });
  },
  remembers: "facts",
  result({ after: { current } }, { name }) {
    const fqdn = isUnsettled(current.state) ? name : (current.state.fqdn ?? name);
    const domain = fqdn.includes(".") ? fqdn.slice(fqdn.indexOf(".") + 1) : "";
    return {
      name,
      ansible_facts: {
        ansible_hostname: name.split(".")[0],
        ansible_nodename: name,
        ansible_fqdn: fqdn,
        ansible_domain: domain,
      },
    };
  },
  returns: Type.Object({
    name: Type.String({ description: "its name" }),
    ansible_facts: Type.Record(Type.String(), Type.String(), { description: "the facts that hold its name" }),
  }),
});
