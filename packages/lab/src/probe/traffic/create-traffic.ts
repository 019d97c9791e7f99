import type { RequestKind } from "../probe-options.ts";
import { eventStream } from "./event-stream.ts";
import { http2 } from "./http2.ts";
import { keepAliveGet, keepAlivePost } from "./keep-alive.ts";
import { newConnection } from "./new-connection.ts";
import { slowDownload, slowUpload } from "./slow-transfer.ts";
import type { Traffic, TrafficContext } from "./traffic.ts";
import { webSocket } from "./web-socket.ts";

/** How each kind of traffic behaves. */
export const createTraffic: Record<RequestKind, (context: TrafficContext) => Traffic> = {
  "new-connection": newConnection,
  tls: newConnection,
  "keep-alive-get": keepAliveGet,
  "keep-alive-post": keepAlivePost,
  http2,
  "slow-download": slowDownload,
  "slow-upload": slowUpload,
  websocket: webSocket,
  "event-stream": eventStream,
};
