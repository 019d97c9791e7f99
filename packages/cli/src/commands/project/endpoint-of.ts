import type { Scope } from "@evenkeel/core";
import { InputError, Secret } from "@evenkeel/core";
import type { Endpoint } from "@evenkeel/transport";

/** What counts where a host's variables say nothing. */
export interface EndpointDefaults {
  readonly user?: string;
  readonly privateKey?: string;
  readonly connection?: string;
  readonly password?: Secret;
}

/** How to get to a host, from its variables under their Ansible names. */
export function endpointOf(name: string, scope: Scope, defaults: EndpointDefaults): Endpoint {
  const text = (...names: string[]): string | undefined => {
    const known = names.find((each) => scope.has(each));
    if (known === undefined) return undefined;
    const value = scope.get(known);
    if (value instanceof Secret) return value.reveal();
    return value === null || value === undefined ? undefined : String(value);
  };
  const connection = text("ansible_connection") ?? defaults.connection;
  const address = text("ansible_host", "ansible_ssh_host");
  const port = text("ansible_port", "ansible_ssh_port");
  const user = text("ansible_user", "ansible_ssh_user") ?? defaults.user;
  const key = text("ansible_ssh_private_key_file", "ansible_private_key_file") ?? defaults.privateKey;
  const password = text("ansible_password", "ansible_ssh_pass", "ansible_ssh_password");
  const words = [text("ansible_ssh_common_args"), text("ansible_ssh_extra_args"), text("ansible_ssh_args")];
  return {
    name,
    ...(connection !== undefined && { transport: transportOf(name, connection) }),
    ...(address !== undefined && { address }),
    ...(port !== undefined && { port: Number(port) }),
    ...(user !== undefined && { user }),
    ...(key !== undefined && { identityFiles: [key] }),
    ...(password !== undefined
      ? { password: new Secret(password) }
      : defaults.password && { password: defaults.password }),
    ...sshWords(name, words.filter((each) => each !== undefined).join(" ")),
  };
}

/** The password to become another user with. */
export function becomePasswordOf(scope: Scope): Secret | undefined {
  for (const name of ["ansible_become_password", "ansible_become_pass", "ansible_sudo_pass"]) {
    if (!scope.has(name)) continue;
    const value = scope.get(name);
    return value instanceof Secret ? value : new Secret(String(value));
  }
  return undefined;
}

const transports = {
  ssh: "ssh2",
  smart: "ssh2",
  ssh2: "ssh2",
  paramiko: "ssh2",
  openssh: "openssh",
  local: "local",
} as const;

function transportOf(host: string, name: string): NonNullable<Endpoint["transport"]> {
  const short = name.replace(/^ansible\.builtin\./, "");
  if (short in transports) return transports[short as keyof typeof transports];
  throw new InputError({
    code: "inventory/connection",
    message: `no transport is called ${JSON.stringify(name)}`,
    host,
    hint: `ansible_connection is one of ${Object.keys(transports).join(", ")}`,
  });
}

/** What `-o` words mean to us; any other must be said to the openssh transport. */
function sshWords(host: string, text: string): Partial<Endpoint> {
  const found: {
    knownHostsFiles?: readonly string[];
    agent?: string;
    trust?: NonNullable<Endpoint["trust"]>;
    proxyJump?: readonly string[];
  } = {};
  for (const [, name = "", value = ""] of text.matchAll(/-o\s*['"]?([A-Za-z]+)[= ]([^\s'"]+)['"]?/g)) {
    if (name === "UserKnownHostsFile") found.knownHostsFiles = [value];
    else if (name === "IdentitiesOnly" && value === "yes") found.agent = "none";
    else if (name === "ProxyJump") found.proxyJump = value.split(",");
    else if (name === "StrictHostKeyChecking" && value === "accept-new") found.trust = { kind: "accept-new" };
    else if (!(name === "StrictHostKeyChecking" && value === "yes") && !isOfMultiplexing.has(name)) {
      throw new InputError({
        code: "inventory/ssh-args",
        message: `ansible_ssh_common_args: -o ${name}=${value} is not understood`,
        host,
        hint: "put it into ~/.ssh/config, which is read as well; or take `ansible_connection: openssh`",
      });
    }
  }
  return found;
}

/** We keep one connection in any case. */
const isOfMultiplexing = new Set(["ControlMaster", "ControlPersist", "ControlPath", "PreferredAuthentications"]);
