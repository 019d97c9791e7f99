import type { Client, ClientChannel, ParsedKey } from "ssh2";

/**
 * The private parts of ssh2 1.17.0 that we touch, all of them, named once. The version is pinned to the digit, and
 * internals.test.ts fails when one of these is not what we think it is.
 */
export interface Internals {
  readonly _protocol: Protocol;
  readonly _chanMgr: { add(onAnswer: ChannelAnswer): number };
}

export interface Protocol {
  service(name: string): void;
  authPK(user: string, key: ParsedKey, algorithm?: string, sign?: SignRequest): void;
  session(localId: number, window: number, packetSize: number): void;
  exec(remoteId: number, command: string, wantReply: boolean): void;
  readonly _handlers: {
    SERVICE_ACCEPT(protocol: Protocol, name: string): void;
    USERAUTH_FAILURE(protocol: Protocol, methods: string[], isPartial: boolean): void;
    GLOBAL_REQUEST(protocol: Protocol, name: string, wantReply: boolean, data: unknown): void;
  };
}

/** Is given what to sign, and calls back with the signature. */
export type SignRequest = (data: Buffer, done: (signature: Buffer) => void) => void;

export type ChannelAnswer = ((error: Error | undefined, channel: OpenedChannel) => void) & { type: string };

export type OpenedChannel = ClientChannel & {
  readonly outgoing: { readonly id: number };
  readonly _callbacks: ((refused: boolean | Error) => void)[];
  subtype: string;
};

/** ssh2's client seen from inside; only after `connect()`, which makes these parts. */
export function internalsOf(client: Client): Internals {
  return client as unknown as Internals;
}
