import { HttpConnection } from "../http-connection.ts";
import { certificateOf, openSocket } from "../open-socket.ts";
import type { ClassSettings, ProbeSettings } from "../resolve-options.ts";
import type { TrafficContext } from "./traffic.ts";

/** What one class needs to know and to do, from the run's settings. */
export function contextOf(settings: ClassSettings, { target, ...probe }: ProbeSettings, run: Run): TrafficContext {
  const { tls, path } = settings;
  const port = tls ? (target.tlsPort ?? 443) : target.port;
  const name = target.serverName ?? target.host;
  const authority = port === (tls ? 443 : 80) ? name : `${name}:${port}`;
  const open = async (alpn = ["http/1.1"]) => {
    const socket = await openSocket(target, { tls, alpn, timeout: probe.connectTimeout });
    run.connections.opened += 1;
    run.onCertificate(certificateOf(socket));
    return socket;
  };
  return {
    ...{ settings, authority },
    ...{ connections: run.connections, hold: run.hold, answerTimeout: probe.answerTimeout },
    openSocket: open,
    open: async () => new HttpConnection(await open()),
    head(method, headers = {}) {
      const all = { host: authority, "user-agent": "evenkeel-probe", ...headers };
      const lines = Object.entries(all).map(([header, value]) => `${header}: ${value}\r\n`);
      return `${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n`;
    },
  };
}

export interface Run extends Pick<TrafficContext, "connections" | "hold"> {
  onCertificate(serial: string | undefined): void;
}
