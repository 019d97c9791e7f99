import type { Hash } from "node:crypto";
import { createHash } from "node:crypto";
import type { Socket } from "node:net";
import type { Answer, HttpConnection } from "../http-connection.ts";
import type { Outcome } from "../outcome.ts";
import type { ClassSettings } from "../resolve-options.ts";

/** One class of traffic while the probe runs. */
export interface Traffic {
  /** One request. Failures on the wire are thrown as `Failure`, or are in the outcome. `scheduledAt` is performance.now(). */
  send?(scheduledAt: number): Promise<Outcome>;
  /** Opens what is held for the whole run. */
  start?(): void;
  /** Called when nothing is under way any more. */
  close?(): void;
}

/** What a class of traffic is given by the run. */
export interface TrafficContext {
  settings: ClassSettings;
  /** A new connection, counted; `alpn` as TLS offers it. */
  openSocket(alpn?: string[]): Promise<Socket>;
  open(): Promise<HttpConnection>;
  connections: { opened: number; closedWhileIdle: number };
  answerTimeout: number;
  /** Host, and the port if it is not the usual one. */
  authority: string;
  /** A head of a request for this class, blank line included. */
  head(method: string, headers?: Record<string, string | number>): string;
  /** Counts a connection that is held from now on as a request, whose outcome is told when it ends. */
  hold(outcome: Promise<Outcome>): void;
}

/** Asks over an open connection and tells what came. */
export async function askOver(
  connection: HttpConnection,
  request: string | Buffer,
  deadline: number,
): Promise<Outcome> {
  const hash = createHash("sha256");
  const answer = await connection.ask(request, { deadline, onBody: (bytes) => hash.update(bytes) });
  return outcomeOf(answer, connection, hash);
}

export function outcomeOf({ reader, isReused, doneAt }: Answer, connection: HttpConnection, hash: Hash): Outcome {
  const { status, headers, bytesReceived } = reader;
  const told = {
    localPort: connection.localPort,
    release: headers.get("x-release"),
    configGeneration: headers.get("x-config-gen"),
  };
  const body = hash.digest("hex").slice(0, 16);
  return { status, isReused, bytesReceived, answeredAt: doneAt, body, ...definedOf(told) };
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

export function definedOf<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}
