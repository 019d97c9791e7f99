import type { HostTrust } from "../endpoint.ts";

/** Everything needed to reach one host over SSH: endpoint, ssh_config and defaults, put together. */
export interface SshSettings {
  /** For messages. */
  readonly name: string;
  readonly hostname: string;
  readonly port: number;
  /** IPv4 or IPv6 only. */
  readonly family?: 4 | 6;
  readonly user: string;
  readonly identityFiles: readonly IdentityPath[];
  readonly isIdentitiesOnly: boolean;
  readonly agentSocket?: string;
  readonly hostKeyAlias?: string;
  readonly userKnownHostsFiles: readonly string[];
  readonly systemKnownHostsFiles: readonly string[];
  readonly isHashingKnownHosts: boolean;
  readonly trust: HostTrust;
  /** Hops on the way, first one first, each `[user@]host[:port]`. */
  readonly proxyJump: readonly string[];
  readonly connectTimeoutMs: number;
  /** Words of ssh_config that apply to this host and that only the system's ssh understands. */
  readonly beyondUs: readonly string[];
}

export interface IdentityPath {
  readonly path: string;
  /** By the endpoint or by ssh_config; else it is one of the files that ssh looks for by itself. */
  readonly isNamed: boolean;
  /** The endpoint names it, so it must be there. ssh_config may name files that are not. */
  readonly isRequired: boolean;
}
