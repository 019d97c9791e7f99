import { homedir } from "node:os";
import { join } from "node:path";
import { InputError } from "@evenkeel/core";
import type { Endpoint } from "../endpoint.ts";
import { askSsh } from "./ask-ssh.ts";
import type { ConfigFile, HostConfig } from "./read-ssh-config.ts";
import { readSshConfig } from "./read-ssh-config.ts";
import { settingsFrom } from "./settings-from.ts";
import type { SshSettings } from "./ssh-settings.ts";

/**
 * Puts endpoint, ssh_config and defaults together. ssh_config is read by us, in a millisecond; only where it says
 * something that we would have to guess at (a `Match`, a word we do not know) is the system's `ssh -G` asked.
 */
export async function resolveSshConfig(endpoint: Endpoint): Promise<SshSettings> {
  const host = endpoint.address ?? endpoint.name;
  demandSafe(endpoint, "host", host);
  if (endpoint.user !== undefined) demandSafe(endpoint, "user", endpoint.user);
  const config = await readSshConfig(configFiles(endpoint.sshConfig), host);
  return settingsFrom(endpoint, config.unclear.length === 0 ? config : await ask(endpoint, host, config));
}

async function ask(endpoint: Endpoint, host: string, own: HostConfig): Promise<HostConfig> {
  const answer = await askSsh({
    host,
    ...(endpoint.user !== undefined && { user: endpoint.user }),
    ...(endpoint.port !== undefined && { port: endpoint.port }),
    ...(endpoint.sshConfig !== undefined && { configFile: endpoint.sshConfig }),
  });
  return answer === undefined ? own : { values: answer, unclear: [] };
}

function configFiles(sshConfig: string | undefined): ConfigFile[] {
  if (sshConfig === "none") return [];
  const directory = join(homedir(), ".ssh");
  if (sshConfig !== undefined) return [{ path: sshConfig, directory }];
  return [
    { path: join(directory, "config"), directory, isUsersOwn: true },
    { path: "/etc/ssh/ssh_config", directory: "/etc/ssh" },
  ];
}

/** A name that begins with a dash is an option to whoever is handed it, and shell characters have no place in one. */
function demandSafe(endpoint: Endpoint, what: string, text: string): void {
  if (text !== "" && !text.startsWith("-") && !/[\s'"`$\\;&<>|(){}\0]/.test(text)) return;
  throw new InputError({
    code: "connect/bad-name",
    message: `${JSON.stringify(text)} is no ${what} name`,
    host: endpoint.name,
    hint: "names hold no spaces, quotes or shell characters and begin with no dash",
  });
}
