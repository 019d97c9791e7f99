import type { Secret } from "@evenkeel/core";

/** Whom we believe a host to be. */
export type HostTrust =
  /** Only what known_hosts says. The default. */
  | { readonly kind: "strict" }
  /** A host that is in no known_hosts is believed once and written down; a changed or revoked key is refused. */
  | { readonly kind: "accept-new" }
  /** This key and no other: `SHA256:…`. */
  | { readonly kind: "fingerprint"; readonly sha256: string };

/** How to get to a host, as an inventory says it; what is left out comes from ssh_config, then from SSH's defaults. */
export interface Endpoint {
  /** The inventory's name, for messages; also what ssh_config's `Host` lines are matched with when `address` is absent. */
  readonly name: string;
  readonly transport?: "ssh2" | "openssh" | "local";
  readonly address?: string;
  readonly port?: number;
  readonly user?: string;
  readonly identityFiles?: readonly string[];
  readonly passphrase?: Secret | (() => Promise<Secret>);
  readonly password?: Secret | (() => Promise<Secret>);
  /** An ssh-agent's socket; default: `SSH_AUTH_SOCK`; `none` uses no agent. */
  readonly agent?: string;
  readonly knownHostsFiles?: readonly string[];
  readonly trust?: HostTrust;
  /** Hops, each `[user@]host[:port]`; `none` overrules ssh_config. */
  readonly proxyJump?: readonly string[] | "none";
  /** `none`: read no ssh_config at all. Default: the user's and the system's. */
  readonly sshConfig?: string;
  /** Until the shell answers. Default: 30 s. */
  readonly connectTimeoutMs?: number;
  /** For how long a host may say nothing when it has to answer at once, about a job. Then another shell asks. Default: 60 s. */
  readonly silenceTimeoutMs?: number;
}
