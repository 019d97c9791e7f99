import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { AuthContext, Connection, ServerConfig, Session } from "ssh2";
import ssh2 from "ssh2";
import { makeKey, publicKeyOf } from "./make-key.ts";

export interface RecordingServer {
  readonly port: number;
  /** The host keys as they travel. */
  readonly keys: readonly Buffer[];
  /** All that a client told of itself: `none root`, `password root hunter2`. */
  readonly heard: readonly string[];
  close(): Promise<void>;
}

export interface Recording {
  readonly address?: string;
  readonly hostKeys?: readonly string[];
  readonly config?: Partial<ServerConfig>;
  /** Default: lets everybody in. */
  readonly authenticate?: (context: AuthContext) => void;
  /** Default: every command succeeds at once. */
  readonly session?: (session: Session) => void;
  readonly onConnection?: (connection: Connection) => void;
}

const { Server } = ssh2;

/** ssh2's own server on loopback, where a server is wanted that misbehaves or writes down what it hears. */
export async function recordingServer(recording: Recording = {}): Promise<RecordingServer> {
  const { address = "127.0.0.1", authenticate = (context) => context.accept(), session = succeed } = recording;
  const hostKeys = recording.hostKeys ?? [makeKey()];
  const heard: string[] = [];
  const open = new Set<Connection>();
  const server = new Server({ hostKeys: [...hostKeys], ...recording.config }, (connection) => {
    open.add(connection);
    connection.on("error", () => undefined);
    connection.on("close", () => open.delete(connection));
    recording.onConnection?.(connection);
    connection.on("authentication", (context) => {
      heard.push(describe(context));
      authenticate(context);
    });
    connection.on("session", (accept) => session(accept()));
    connection.on("tcpip", (accept, _reject, { destIP, destPort }) => {
      heard.push(`tunnel ${destIP}:${destPort}`);
      void forward(accept(), destIP, destPort);
    });
  });
  server.listen(0, address);
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    keys: hostKeys.map(publicKeyOf),
    heard,
    close: async () => {
      for (const connection of open) connection.end();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function describe(context: AuthContext): string {
  const secret = context.method === "password" ? ` ${context.password}` : "";
  const signed = context.method === "publickey" ? ` ${context.signature ? "signed" : "asked"}` : "";
  return `${context.method} ${context.username}${secret}${signed}`;
}

function succeed(session: Session): void {
  session.on("exec", (accept) => {
    const channel = accept();
    channel.exit(0);
    channel.end();
  });
}

async function forward(channel: NodeJS.ReadWriteStream, host: string, port: number): Promise<void> {
  const { connect } = await import("node:net");
  const socket = connect(port, host);
  socket.on("error", () => channel.end());
  channel.pipe(socket).pipe(channel);
}
