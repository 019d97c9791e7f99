import type { Socket } from "node:net";
import { connect } from "node:net";
import type { SignatureHash } from "./login-key.ts";

/** A key that an agent holds. */
export interface AgentKey {
  readonly publicKey: Buffer;
  readonly comment: string;
}

const REQUEST_IDENTITIES = 11;
const IDENTITIES_ANSWER = 12;
const SIGN_REQUEST = 13;
const SIGN_RESPONSE = 14;
const RSA_FLAGS: Readonly<Record<SignatureHash, number>> = { sha256: 2, sha512: 4 };
/** A person may have to confirm a signature, or to touch something. */
const PATIENCE_MS = 60_000;
const LARGEST_ANSWER = 256 * 1024;

/** All keys of an agent, also those that ssh2 cannot use and would pass over in silence. */
export async function listAgentKeys(socketPath: string): Promise<AgentKey[]> {
  const answer = new AgentReader(await ask(socketPath, IDENTITIES_ANSWER, Buffer.from([REQUEST_IDENTITIES])));
  return Array.from({ length: answer.number() }, () => ({
    publicKey: answer.bytes(),
    comment: answer.bytes().toString("utf8"),
  }));
}

export interface SignRequest {
  readonly publicKey: Buffer;
  readonly data: Buffer;
  readonly hash: SignatureHash | undefined;
}

/** An agent's signature, without the algorithm's name around it. */
export async function signWithAgent(socketPath: string, { publicKey, data, hash }: SignRequest): Promise<Buffer> {
  const flags = Buffer.alloc(4);
  flags.writeUInt32BE(hash === undefined ? 0 : RSA_FLAGS[hash]);
  const request = Buffer.concat([Buffer.from([SIGN_REQUEST]), prefixed(publicKey), prefixed(data), flags]);
  const signature = new AgentReader(new AgentReader(await ask(socketPath, SIGN_RESPONSE, request)).bytes());
  signature.bytes();
  return signature.bytes();
}

function ask(socketPath: string, expected: number, request: Buffer): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  let received = Buffer.alloc(0);
  const socket: Socket = connect({ path: socketPath }, () => socket.write(prefixed(request)));
  socket.setTimeout(PATIENCE_MS, () => reject(new Error(`the agent at ${socketPath} did not answer`)));
  socket.on("error", reject);
  socket.on("close", () => reject(new Error(`the agent at ${socketPath} closed the connection`)));
  socket.on("data", (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    if (received.length < 5) return;
    const length = received.readUInt32BE(0);
    if (length > LARGEST_ANSWER) reject(new Error(`the agent at ${socketPath} talks nonsense`));
    else if (received.length < 4 + length) return;
    else if (received[4] !== expected) reject(new Error(`the agent at ${socketPath} refused`));
    else resolve(received.subarray(5, 4 + length));
  });
  return promise.finally(() => socket.destroy());
}

function prefixed(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

class AgentReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  number(): number {
    this.#at += 4;
    return this.#bytes.readUInt32BE(this.#at - 4);
  }

  bytes(): Buffer {
    const length = this.number();
    this.#at += length;
    if (this.#at > this.#bytes.length) throw new Error("the agent's answer ends too early");
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}
