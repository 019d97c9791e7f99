import type { Duplex } from "node:stream";
import { ConnectError } from "@evenkeel/core";
import type { Client, ClientChannel } from "ssh2";
import type { TunnelTarget } from "../link.ts";

/** A stream to somewhere that the host can reach. */
export function openTunnel(client: Client, host: string, target: TunnelTarget): Promise<Duplex> {
  const { promise, resolve, reject } = Promise.withResolvers<Duplex>();
  const answer = (error: Error | undefined, stream: ClientChannel) => {
    if (error) reject(explainRefusal(host, target, error));
    else resolve(stream);
  };
  if ("socketPath" in target) client.openssh_forwardOutStreamLocal(target.socketPath, answer);
  else client.forwardOut("127.0.0.1", 0, target.host, target.port, answer);
  return promise;
}

function explainRefusal(host: string, target: TunnelTarget, cause: Error): ConnectError {
  const place = "socketPath" in target ? target.socketPath : `${target.host}:${target.port}`;
  return new ConnectError({
    code: "connect/tunnel-refused",
    message: `${host} opened no tunnel to ${place}`,
    host,
    detail: cause.message,
    hint: "does something listen there, and does sshd_config allow it (AllowTcpForwarding, AllowStreamLocalForwarding)?",
    cause,
  });
}
