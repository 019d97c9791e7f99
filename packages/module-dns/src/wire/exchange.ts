import type { Duplex } from "node:stream";
import type { HostPort } from "@evenkeel/core";
import { ConnectError, StepError } from "@evenkeel/core";

/** A name server, as the host reaches it. */
export interface ServerDoor {
  readonly address: string;
  readonly port: number;
}

/** How long a server may take for all that it is asked at once. */
const PATIENCE_MS = 5000;

/**
 * Sends messages to a name server over one TCP connection that begins at the host, and hands back the answers in the
 * messages' order: the host itself needs no resolver's tools.
 */
export async function exchangeMessages(
  host: HostPort,
  { address, port }: ServerDoor,
  messages: readonly Buffer[],
): Promise<readonly Buffer[]> {
  const late = AbortSignal.timeout(PATIENCE_MS);
  const stream = await open(host, { address, port }, late);
  try {
    stream.write(Buffer.concat(messages.map(framed)));
    const byId = new Map<number, Buffer>();
    for await (const answer of framesOf(stream, late)) {
      byId.set(answer.readUInt16BE(0), answer);
      if (byId.size === messages.length) break;
    }
    return messages.map(
      (message) => byId.get(message.readUInt16BE(0)) ?? fail(address, "closed the connection before it answered"),
    );
  } catch (error) {
    if (late.aborted) fail(address, `did not answer within ${PATIENCE_MS / 1000} s`);
    throw isOfNetwork(error) ? unreachable(address, port, error) : error;
  } finally {
    stream.destroy();
  }
}

/** Nobody answers there. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof StepError && error.code === "dns/unreachable";
}

async function open(host: HostPort, { address, port }: ServerDoor, late: AbortSignal): Promise<Duplex> {
  const opening = host.tunnel({ host: address, port });
  const tooLate = new Promise<never>((_, reject) => late.addEventListener("abort", () => reject(late.reason)));
  try {
    const stream = await Promise.race([opening, tooLate]);
    // What goes wrong is told where it is read.
    stream.on("error", () => undefined);
    return stream;
  } catch (error) {
    opening.then((stream) => stream.destroy()).catch(() => undefined);
    if (late.aborted) fail(address, `did not answer within ${PATIENCE_MS / 1000} s`);
    throw isOfNetwork(error) ? unreachable(address, port, error) : error;
  }
}

function isOfNetwork(error: unknown): boolean {
  if (error instanceof ConnectError) return error.code === "connect/tunnel-refused";
  return error instanceof Error && "syscall" in error;
}

function unreachable(address: string, port: number, cause: unknown): StepError {
  return new StepError({
    code: "dns/unreachable",
    message: `no name server answers at ${address} port ${port} (TCP), seen from the host`,
    hint: "is it running, does it listen there, and does the host's SSH server allow tunnels (AllowTcpForwarding)?",
    cause,
  });
}

function fail(address: string, what: string): never {
  throw new StepError({ code: "dns/unreachable", message: `the name server at ${address} ${what}` });
}

/** Over TCP a message follows its length. */
function framed(message: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(message.length);
  return Buffer.concat([length, message]);
}

async function* framesOf(stream: Duplex, late: AbortSignal): AsyncIterable<Buffer> {
  const stop = () => stream.destroy(new Error("too late"));
  late.addEventListener("abort", stop, { once: true });
  let rest = Buffer.alloc(0);
  for await (const bytes of stream) {
    rest = Buffer.concat([rest, bytes as Buffer]);
    for (let frame = first(rest); frame !== undefined; frame = first(rest)) {
      rest = rest.subarray(frame.length + 2);
      yield frame;
    }
  }
}

function first(bytes: Buffer): Buffer | undefined {
  if (bytes.length < 2) return undefined;
  const length = bytes.readUInt16BE(0);
  return length >= 12 && bytes.length >= length + 2 ? bytes.subarray(2, length + 2) : undefined;
}
