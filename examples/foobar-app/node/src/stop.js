import { once } from "node:events";

/** What is in flight may take so long. The slow endpoint takes half a minute at most. */
const PATIENCE = 35_000;

/** Ends in order: no new connections, idle ones closed, requests in flight answered. */
export async function stop(server, { patience = PATIENCE } = {}) {
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), patience);
  await closed;
  clearTimeout(timer);
}
