import { InputError, Secret } from "@evenkeel/core";
import type { InventoryHost } from "@evenkeel/inventory";
import type { Endpoint } from "@evenkeel/transport";

/** How to get to a host, from its variables under their Ansible names. */
export function endpointOf({ name, variables }: InventoryHost): Endpoint {
  const { ansible_host, ansible_port, ansible_user, ansible_connection } = variables;
  const { ansible_ssh_private_key_file, ansible_password } = variables;
  return {
    name,
    ...(ansible_connection && { transport: transportOf(name, ansible_connection) }),
    ...(ansible_host && { address: ansible_host }),
    ...(ansible_port && { port: Number(ansible_port) }),
    ...(ansible_user && { user: ansible_user }),
    ...(ansible_ssh_private_key_file && { identityFiles: [ansible_ssh_private_key_file] }),
    ...(ansible_password && { password: new Secret(ansible_password) }),
    ...sshWords(name, variables.ansible_ssh_common_args ?? ""),
  };
}

const transports = { ssh: "ssh2", ssh2: "ssh2", paramiko: "ssh2", openssh: "openssh", local: "local" } as const;

function transportOf(host: string, name: string): NonNullable<Endpoint["transport"]> {
  if (name in transports) return transports[name as keyof typeof transports];
  throw new InputError({
    code: "inventory/connection",
    message: `no transport is called ${JSON.stringify(name)}`,
    host,
    hint: `ansible_connection is one of ${Object.keys(transports).join(", ")}`,
  });
}

/** What `-o` words mean to us; any other must be said to the openssh transport. */
function sshWords(host: string, text: string): Partial<Endpoint> {
  const found: { knownHostsFiles?: readonly string[]; agent?: string; trust?: NonNullable<Endpoint["trust"]> } = {};
  for (const [, name = "", value = ""] of text.matchAll(/-o\s*'?([A-Za-z]+)[= ]([^\s']+)'?/g)) {
    if (name === "UserKnownHostsFile") found.knownHostsFiles = [value];
    else if (name === "IdentitiesOnly" && value === "yes") found.agent = "none";
    else if (name === "StrictHostKeyChecking" && value === "accept-new") found.trust = { kind: "accept-new" };
    else if (!(name === "StrictHostKeyChecking" && value === "yes")) {
      throw new InputError({
        code: "inventory/ssh-args",
        message: `ansible_ssh_common_args: -o ${name}=${value} is not understood`,
        host,
        hint: "put it into ~/.ssh/config, which is read as well",
      });
    }
  }
  return found;
}
