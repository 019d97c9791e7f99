import type { Socket } from "node:net";
import { isIP, connect as tcpConnect } from "node:net";
import type { TLSSocket } from "node:tls";
import { connect as tlsConnect } from "node:tls";
import { codeOf, Failure } from "./failure.ts";
import type { ProbeTarget } from "./probe-options.ts";

/** A new TCP or TLS connection to the target. Fails with a `Failure` that says whether TCP or TLS did not come about. */
export async function openSocket(target: ProbeTarget, options: SocketOptions): Promise<Socket> {
  const deadline = performance.now() + options.timeout;
  const port = options.tls ? (target.tlsPort ?? 443) : target.port;
  const socket = tcpConnect({ host: target.host, port, noDelay: true });
  await settled(socket, { event: "connect", phase: "connect", deadline });
  if (!options.tls) return socket;
  const name = target.serverName ?? target.host;
  const secure = tlsConnect({
    socket,
    ...(isIP(name) === 0 && { servername: name }),
    host: name,
    ...(target.ca !== undefined && { ca: target.ca }),
    rejectUnauthorized: target.isInsecure !== true,
    ALPNProtocols: options.alpn,
  });
  await settled(secure, { event: "secureConnect", phase: "tls", deadline });
  return secure;
}

/** The serial number of the peer's certificate; undefined without TLS. */
export function certificateOf(socket: Socket): string | undefined {
  const certificate = "getPeerX509Certificate" in socket ? (socket as TLSSocket).getPeerX509Certificate() : undefined;
  return certificate?.serialNumber;
}

export interface SocketOptions {
  timeout: number;
  tls: boolean;
  alpn: string[];
}

interface Step {
  event: "connect" | "secureConnect";
  phase: "connect" | "tls";
  deadline: number;
}

function settled(socket: Socket, { event, phase, deadline }: Step): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const fail = (code: string, cause?: unknown) => {
    const { localPort } = socket;
    socket.destroy();
    const detail = cause instanceof Error ? cause.message : `${code} while waiting for ${event}`;
    reject(new Failure({ phase, code, detail, localPort, cause, isReused: false, bytesReceived: 0 }));
  };
  const timer = setTimeout(() => fail("TIMEOUT"), Math.max(0, deadline - performance.now()));
  const onError = (error: Error) => fail(codeOf(error), error);
  const onEnd = () => fail("END");
  // Failed sockets may say more than one error; the listener stays so that a late one is not an uncaught exception.
  socket.on("error", onError);
  socket.once("end", onEnd);
  socket.once(event, resolve);
  return promise.finally(() => {
    clearTimeout(timer);
    socket.off("end", onEnd);
  });
}
