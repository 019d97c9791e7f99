import { once } from "node:events";
import { lstatSync, unlinkSync } from "node:fs";
import { connect } from "node:net";

/** Begins to listen: at the socket that systemd hands over, else at unix:/path or host:port. */
export async function listen(server, address, environment = process.env) {
  server.listen(await where(address, environment));
  await once(server, "listening");
}

async function where(address, { LISTEN_FDS, LISTEN_PID }) {
  // systemd's first socket is descriptor 3. The variables may have been meant for our parent.
  if (Number(LISTEN_FDS) > 0 && Number(LISTEN_PID) === process.pid) return { fd: 3 };
  const [, path] = /^unix:(.+)$/.exec(address) ?? [];
  if (path !== undefined) {
    await removeStale(path);
    // Who may come here is decided by the folder that it is in, as with gunicorn.
    return { path, readableAll: true, writableAll: true };
  }
  const [, host, port] = /^\[?(.+?)\]?:(\d+)$/.exec(address) ?? [];
  return { host, port: Number(port) };
}

/** A socket that a killed process left; one at which somebody listens is an error, as an occupied port is. */
async function removeStale(path) {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isSocket()) return;
  const probe = connect(path);
  try {
    await once(probe, "connect");
  } catch {
    unlinkSync(path);
    return;
  } finally {
    probe.destroy();
  }
  throw new Error(`somebody listens at ${path} already`);
}
