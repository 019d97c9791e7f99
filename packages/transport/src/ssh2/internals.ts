import type { Client, ParsedKey } from "ssh2";

/**
 * The private parts of ssh2 1.17.0 that we touch, all of them, named once. The version is pinned to the digit, and
 * internals.test.ts fails when one of these is not what we think it is.
 */
export interface Internals {
  readonly _protocol: Protocol;
}

export interface Protocol {
  service(name: string): void;
  authPK(user: string, key: ParsedKey, algorithm?: string, sign?: SignRequest): void;
  readonly _handlers: {
    SERVICE_ACCEPT(protocol: Protocol, name: string): void;
    USERAUTH_FAILURE(protocol: Protocol, methods: string[], isPartial: boolean): void;
    GLOBAL_REQUEST(protocol: Protocol, name: string, wantReply: boolean, data: unknown): void;
  };
}

/** Is given what to sign, and calls back with the signature. */
export type SignRequest = (data: Buffer, done: (signature: Buffer) => void) => void;

/** ssh2's client seen from inside; only after `connect()`, which makes these parts. */
export function internalsOf(client: Client): Internals {
  return client as unknown as Internals;
}
