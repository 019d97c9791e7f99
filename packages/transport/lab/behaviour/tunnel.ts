import { once } from "node:events";
import type { Duplex } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Way } from "./way.ts";

/** Says back what it hears, at a port and at a socket. */
const echo = `
use IO::Socket::INET; use IO::Socket::UNIX;
unlink "/tmp/evk-echo";
my $port = IO::Socket::INET->new(LocalAddr => "127.0.0.1", LocalPort => 7007, Listen => 9, ReuseAddr => 1);
my $path = IO::Socket::UNIX->new(Local => "/tmp/evk-echo", Listen => 9);
exit if fork;
close STDIN; close STDOUT; close STDERR; $SIG{CHLD} = "IGNORE";
my $socket = fork ? $port : $path;
while (my $peer = $socket->accept) {
  if (fork) { close $peer; next }
  while (sysread $peer, my $bytes, 65536) {
    for (my $at = 0; $at < length $bytes;) { $at += syswrite $peer, $bytes, length($bytes) - $at, $at }
  }
  exit;
}`;

export function tunnelBehaves(way: Way): void {
  const isDebian = way.to !== "tiny";
  const open = (target: Parameters<typeof way.connection.tunnel>[0]) => way.connection.tunnel(target);

  describe("tunnel", () => {
    beforeAll(async () => {
      if (isDebian) await way.host.run(["perl", "-e", echo]);
    });
    afterAll(async () => {
      if (isDebian)
        await way.see(
          "kill $(grep -la evk-ech[o] /proc/[0-9]*/cmdline | cut -d/ -f3) 2>/dev/null || true; rm -f /tmp/evk-echo",
        );
    });

    test("to a port: the host's own SSH server speaks first", async () => {
      const tunnel = await open({ host: "127.0.0.1", port: 22 });
      const [banner] = (await once(tunnel, "data")) as [Buffer];
      expect(`${banner}`).toMatch(/^SSH-2\.0-/);
      tunnel.destroy();
    });

    test.runIf(isDebian).each([
      ["a port", { host: "127.0.0.1", port: 7007 }],
      ["a socket", { socketPath: "/tmp/evk-echo" }],
    ])("to %s: 4 MiB there and back, and an end", async (_name, target) => {
      const tunnel = await open(target);
      const sent = Buffer.alloc(4 * 1024 * 1024, "evenkeel");
      tunnel.end(sent);
      expect((await readAll(tunnel)).equals(sent)).toBe(true);
    });

    test("several at once, beside the shell", async () => {
      const tunnels = await Promise.all([1, 2, 3].map(() => open({ host: "127.0.0.1", port: 22 })));
      const banners = await Promise.all(tunnels.map((tunnel) => once(tunnel, "data")));
      expect(banners.every(([banner]) => `${banner}`.startsWith("SSH-2.0-"))).toBe(true);
      expect(await way.read("echo alive")).toBe("alive\n");
      for (const tunnel of tunnels) tunnel.destroy();
    });

    test.each([
      ["a port where nobody listens", { host: "127.0.0.1", port: 9 }],
      ["no socket", { socketPath: "/tmp/no such socket" }],
    ])("to %s is refused, by an error", async (_name, target) => {
      const refused = open(target).then(async (tunnel) => {
        if (!tunnel.destroyed) await once(tunnel.resume(), "end");
        throw new Error("it ended quietly");
      });
      // The system's own error where there is no SSH between; ours, with what to do about it, else.
      if (way.transport === "local")
        await expect(refused).rejects.toMatchObject({ code: expect.stringMatching(/ECONNREFUSED|ENOENT/) });
      else await expect(refused).rejects.toMatchObject({ name: "ConnectError", code: "connect/tunnel-refused" });
      expect(await way.read("echo alive")).toBe("alive\n");
    });
  });
}

async function readAll(stream: Duplex): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
