import type { Connection } from "./connection.ts";
import type { Endpoint } from "./endpoint.ts";
import { HostConnection } from "./host-connection.ts";
import { HostLink } from "./host-link.ts";
import type { Link } from "./link.ts";
import type { SshPool } from "./ssh-pool.ts";

export interface ConnectOptions {
  /** Connections that share a pool share bastions and take turns at shaking hands. */
  readonly pool?: SshPool;
  readonly signal?: AbortSignal;
}

/** Begins to connect, and returns at once: what is asked waits for the host, and is told if it cannot be reached. */
export function connect(endpoint: Endpoint, options: ConnectOptions = {}): Connection {
  return new HostConnection(new HostLink(() => openLink(endpoint, options)), endpoint);
}

async function openLink(endpoint: Endpoint, { pool, signal }: ConnectOptions): Promise<Link> {
  // Each is loaded when it is wanted: most runs need one of them.
  if (endpoint.transport === "local") return (await import("./link-local.ts")).openLocalLink();
  if (endpoint.transport === "openssh") return (await import("./link-openssh.ts")).openOpensshLink(endpoint, signal);
  return (await import("./link-ssh2.ts")).openSsh2Link(endpoint, signal, pool);
}
