import type { ChildProcess } from "node:child_process";
import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Starts the misbehaving server as a child process, with a certificate for www.foobar.com of its own. */
export async function startServer({ backlog = 511 } = {}): Promise<Server> {
  const directory = mkdtempSync(join(tmpdir(), "evenkeel-probe-"));
  const [key, cert] = [join(directory, "key.pem"), join(directory, "cert.pem")];
  const names = ["-subj", "/CN=www.foobar.com", "-addext", "subjectAltName=DNS:www.foobar.com"];
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key];
  execFileSync("openssl", ["req", "-x509", ...newKey, "-out", cert, "-days", "2", ...names], { stdio: "ignore" });
  const child = fork(new URL("./misbehaving-server.ts", import.meta.url), [directory, String(backlog)]);
  const [{ port, tlsPort }] = await once(child, "message");
  const ca = readFileSync(cert, "utf8");
  // Everybody has read what is in it.
  rmSync(directory, { recursive: true });
  return {
    child,
    target: { host: "127.0.0.1", port, tlsPort, serverName: "www.foobar.com", ca },
    async tell(order) {
      child.send(order);
      return (await once(child, "message"))[0];
    },
    async [Symbol.asyncDispose]() {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}

export interface Server extends AsyncDisposable {
  child: ChildProcess;
  target: { host: string; port: number; tlsPort: number; serverName: string; ca: string };
  /** Changes something, or nothing, and hears which POST ids the server has stored. */
  tell(order: { release?: string }): Promise<{ stored: string[] }>;
}
