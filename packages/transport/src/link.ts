import type { Duplex, Readable, Writable } from "node:stream";

/** How a command on a host ended, as far as the wire tells. `lost`: the wire went first, so nobody knows. */
export type ChannelEnd =
  | { readonly kind: "exited"; readonly code: number }
  | { readonly kind: "signalled"; readonly signal: string }
  | { readonly kind: "lost"; readonly reason: string };

/** One running command: its three streams and its end. */
export interface Channel {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Settles once, never rejects. */
  readonly end: Promise<ChannelEnd>;
  /** Ends the channel, not waiting for the command. */
  close(): void;
}

/** Where a tunnel leads, seen from the host. */
export type TunnelTarget = { readonly host: string; readonly port: number } | { readonly socketPath: string };

/** An authenticated way to a host. What travels over it is the shell's business (shell.ts). */
export interface Link {
  /** Starts a command under the login shell; many may run at once (sshd allows ten). */
  open(command: string): Promise<Channel>;
  tunnel(target: TunnelTarget): Promise<Duplex>;
  /** Settles when the link is gone, by `close()` or by itself; never rejects. */
  readonly closed: Promise<{ readonly expected: boolean; readonly reason: string }>;
  close(): Promise<void>;
}
