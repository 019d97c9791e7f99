import type { Host } from "@evenkeel/lab";
import type { Connection, Endpoint } from "../../src/index.ts";
import { isProving } from "../is-proving.ts";
import type { Stage } from "../stage.ts";

/** The hosts of the suite: their shells are dash, bash called sh, and busybox; their servers OpenSSH and dropbear. */
export const hosts = [
  { name: "trixie", suite: "trixie" },
  { name: "bookworm", suite: "bookworm" },
  { name: "tiny", suite: "tiny" },
] as const;

/** The ways to them that must all behave alike. */
const allWays = [
  { transport: "ssh2", to: "trixie" },
  { transport: "openssh", to: "trixie" },
  { transport: "local", to: "trixie" },
  { transport: "ssh2", to: "bookworm" },
  { transport: "openssh", to: "bookworm" },
  { transport: "ssh2", to: "tiny" },
  { transport: "openssh", to: "tiny" },
] as const;

/** Each day every transport and every host is in one of them. */
export const ways = allWays.filter(
  ({ transport, to }) => isProving || transport === "local" || (transport === "openssh") === (to === "bookworm"),
);

/** One way to one host, for tests: what they do is done through the engine, what they check is looked at past it. */
export class Way {
  readonly transport: (typeof allWays)[number]["transport"];
  readonly to: (typeof allWays)[number]["to"];
  readonly #stage: () => Stage;
  #connection: Connection | undefined;

  constructor({ transport, to }: (typeof allWays)[number], stage: () => Stage) {
    this.transport = transport;
    this.to = to;
    this.#stage = stage;
  }

  /** What costs seconds is done in full over one way, and over all when EVENKEEL_PROVE is set. */
  get isFirst(): boolean {
    return this.transport === "ssh2" && this.to === "trixie";
  }

  /** What hangs on the host's shell more than on the wire, and costs seconds, is done over one way to each host. */
  get isThorough(): boolean {
    return this.transport === "ssh2" || isProving;
  }

  get host(): Host {
    return this.#stage().host(this.to);
  }

  get stage(): Stage {
    return this.#stage();
  }

  /** The one that most tests share. */
  get connection(): Connection {
    this.#connection ??= this.connect();
    return this.#connection;
  }

  connect(more: Partial<Endpoint> = {}): Connection {
    return this.stage.connect(this.host, { transport: this.transport, ...more });
  }

  /** What one read prints. */
  async read(script: string): Promise<string> {
    const [answer] = await this.connection.exchange([{ script }]);
    return answer?.stdout.toString() ?? "";
  }

  /** What the host says past the engine. */
  async see(script: string): Promise<string> {
    return this.stage.witness(this.host).see(script);
  }
}
