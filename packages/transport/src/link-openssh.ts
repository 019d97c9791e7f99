import type { Duplex } from "node:stream";
import { ConnectError } from "@evenkeel/core";
import type { Endpoint } from "./endpoint.ts";
import type { Channel, Link, TunnelTarget } from "./link.ts";
import { openMuxChannel } from "./openssh/mux-channel.ts";
import { openMuxTunnel } from "./openssh/mux-tunnel.ts";
import type { SshMaster } from "./openssh/ssh-master.ts";
import { startMaster } from "./openssh/ssh-master.ts";

/**
 * Logs in to a host with the system's `ssh`: for certificates, FIDO keys, GSSAPI and what else ssh2 cannot do. One
 * process of ours holds the connection; each channel is a client of it, over a socket in a directory of our own.
 */
export async function openOpensshLink(endpoint: Endpoint, signal?: AbortSignal): Promise<Link> {
  signal?.throwIfAborted();
  return new OpensshLink(await startMaster(endpoint, signal));
}

class OpensshLink implements Link {
  readonly #master: SshMaster;
  #isClosing = false;
  readonly closed: Promise<{ expected: boolean; reason: string }>;
  #isGone = false;

  constructor(master: SshMaster) {
    this.#master = master;
    this.closed = master.ended.then((words) => {
      this.#isGone = true;
      return { expected: this.#isClosing, reason: this.#isClosing ? "closed by us" : words || "ssh ended" };
    });
  }

  async open(command: string): Promise<Channel> {
    await this.#demandOpen();
    return openMuxChannel(this.#master, command);
  }

  async tunnel(target: TunnelTarget): Promise<Duplex> {
    await this.#demandOpen();
    return openMuxTunnel(this.#master, target);
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    this.#master.stop();
    await this.closed;
  }

  async #demandOpen(): Promise<void> {
    if (!this.#isGone) return;
    throw new ConnectError({
      code: "connect/gone",
      message: `the connection to ${this.#master.name} is gone`,
      host: this.#master.name,
      detail: (await this.closed).reason,
      hint: "connect again",
    });
  }
}
