import type { Duplex } from "node:stream";
import { ConnectError } from "@evenkeel/core";
import type { Client } from "ssh2";
import type { Channel, Link, TunnelTarget } from "../link.ts";
import type { CommandChannel } from "./command-channel.ts";
import { openTunnel } from "./open-tunnel.ts";
import { startCommand } from "./start-command.ts";
import { watchLiveness } from "./watch-liveness.ts";

type Gone = { readonly expected: boolean; readonly reason: string };

/** A logged-in ssh2 client, until it is closed or lost. */
export class Ssh2Link implements Link {
  readonly #client: Client;
  readonly #stream: Duplex;
  readonly #name: string;
  readonly #channels = new Set<CommandChannel>();
  readonly #closed = Promise.withResolvers<Gone>();
  #gone: Gone | undefined;

  constructor(client: Client, stream: Duplex, name: string) {
    this.#client = client;
    this.#stream = stream;
    this.#name = name;
    const lost = (reason: string) => this.#finish({ expected: false, reason });
    void this.closed.then(watchLiveness(stream, lost));
    client.on("error", (error) => lost(error.message));
    client.on("end", () => lost("the host closed the connection"));
    client.on("close", () => lost("the connection was lost"));
  }

  get closed(): Promise<Gone> {
    return this.#closed.promise;
  }

  async open(command: string): Promise<Channel> {
    this.#demandOpen();
    const channel = await startCommand(this.#client, this.#name, command, this.#stream);
    if (this.#gone) channel.cut(this.#gone.reason);
    this.#channels.add(channel);
    void channel.end.then(() => this.#channels.delete(channel));
    return channel;
  }

  async tunnel(target: TunnelTarget): Promise<Duplex> {
    this.#demandOpen();
    return openTunnel(this.#client, this.#name, target);
  }

  async close(): Promise<void> {
    this.#finish({ expected: true, reason: "closed by us" });
  }

  #demandOpen(): void {
    if (this.#gone === undefined) return;
    throw new ConnectError({
      code: "connect/gone",
      message: `the connection to ${this.#name} is gone`,
      host: this.#name,
      detail: this.#gone.reason,
      hint: "connect again",
    });
  }

  #finish(gone: Gone): void {
    if (this.#gone) return;
    this.#gone = gone;
    for (const channel of this.#channels) channel.cut(gone.reason);
    // Says goodbye first; a host that does not answer must not keep the socket.
    if (gone.expected) this.#client.end();
    this.#stream.destroy();
    this.#closed.resolve(gone);
  }
}
