import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** Waits until a server at the address introduces itself as an SSH server; false when it does not in time. */
export async function waitForBanner(address: string, port: number, seconds: number): Promise<boolean> {
  const deadline = performance.now() + seconds * 1000;
  while (performance.now() < deadline) {
    if (await answersAsSsh(address, port)) return true;
    await pause(20);
  }
  return false;
}

function answersAsSsh(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, noDelay: true });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    // A published port may accept before sshd is there, and then say nothing.
    socket.setTimeout(1000, () => end(false));
    socket.once("data", (bytes) => end(bytes.toString("latin1").startsWith("SSH-")));
    socket.once("error", () => end(false));
    socket.once("close", () => end(false));
  });
}
