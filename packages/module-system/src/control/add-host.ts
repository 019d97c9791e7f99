import { defineModule } from "@evenkeel/core";
import { Type } from "typebox";

export const addHost = defineModule({
  name: "add_host",
  summary: "A host, or groups of one, for the plays that come after.",
  runsOnce: true,
  params: Type.Object(
    {
      name: Type.String({ aliases: ["host", "hostname"], description: "its name, or name:port" }),
      groups: Type.Array(Type.String(), {
        ...{ default: [], split: true, aliases: ["group", "groupname"] },
        description: "the groups that it is in",
      }),
    },
    { additionalProperties: true, description: "its variables" },
  ),
  remembers: "hosts",
  observe: () => ({}),
  plan: () => [],
  result(_made, { name: address, groups, ...variables }) {
    const { name, port } = splitAddress(address);
    const own = port === undefined ? {} : { ansible_ssh_port: port };
    return {
      changed: false,
      add_host: { host_name: name, groups: [...new Set(groups)], host_vars: { ...variables, ...own } },
    };
  },
  returns: Type.Object({
    add_host: Type.Object(
      {
        host_name: Type.String({ description: "its name" }),
        groups: Type.Array(Type.String(), { description: "its groups" }),
        host_vars: Type.Object({}, { additionalProperties: true, description: "its variables" }),
      },
      { description: "the host" },
    ),
  }),
});

/** `web:2222` and `[2001:db8::1]:2222` have a port; a bare IPv6 address has none. */
function splitAddress(address: string): { readonly name: string; readonly port?: number } {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+)):(\d+)$/.exec(address) ?? [];
  return port === undefined ? { name: address } : { name: bracketed ?? plain ?? "", port: Number(port) };
}
