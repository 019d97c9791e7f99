import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { connect as connectTo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import type { Host, Lab } from "@evenkeel/lab";
import { createFaultProxy } from "@evenkeel/lab";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Endpoint } from "../src/endpoint.ts";
import type { Link } from "../src/link.ts";
import { openOpensshLink } from "../src/link-openssh.ts";
import { openSsh2Link } from "../src/link-ssh2.ts";
import { isProving } from "./is-proving.ts";
import { endpointOf, finish, setSshd, sshHosts } from "./ssh-host.ts";

let lab: Lab;
let host: Host;
let directory: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "link-"));
  const made = await sshHosts("web");
  lab = made.lab;
  host = made.hosts[0] as Host;
});
afterAll(async () => {
  await lab?.down();
  rmSync(directory, { recursive: true });
});

/** The host's key, known under whatever name a proxy gives it. */
function through(proxy: { host: string; port: number }): Endpoint {
  const known = join(directory, "known_hosts");
  const key = readFileSync(lab.knownHostsFile, "utf8").trim().split(" ").slice(1).join(" ");
  writeFileSync(known, `[${proxy.host}]:${proxy.port} ${key}\n`);
  return endpointOf(lab, host, { address: proxy.host, port: proxy.port, knownHostsFiles: [known] });
}

const faultProxy = (rtt = 0) => createFaultProxy({ target: { host: host.address, port: 22 }, rtt });

describe.each([
  ["ssh2", openSsh2Link],
  ["openssh", openOpensshLink],
])("%s", (transport, open) => {
  async function use<T>(act: (link: Link) => Promise<T>, endpoint = endpointOf(lab, host)): Promise<T> {
    const link = await open(endpoint);
    try {
      return await act(link);
    } finally {
      await link.close();
    }
  }

  test("three streams and an exit code", () =>
    use(async (link) => {
      const channel = await link.open("cat; echo no >&2; exit 3");
      expect(await finish(channel, "yes")).toEqual({
        stdout: "yes",
        stderr: "no\n",
        end: { kind: "exited", code: 3 },
      });
    }));

  test("255 is a command's own exit code too", () =>
    use(async (link) => {
      expect((await finish(await link.open("exit 255"))).end).toEqual({ kind: "exited", code: 255 });
    }));

  test("every byte arrives, both ways, while sshd changes keys every MiB", async () => {
    await setSshd(host, "RekeyLimit 1M\n");
    await use(async (link) => {
      const channel = await link.open("cat");
      const blocks = Array.from({ length: isProving ? 64 : 8 }, () => randomBytes(1024 * 1024));
      const sent = createHash("sha256");
      for (const block of blocks) sent.update(block);
      const received = createHash("sha256");
      channel.stderr.resume();
      await Promise.all([
        pipeline(Readable.from(blocks), channel.stdin),
        pipeline(channel.stdout, async (chunks) => {
          for await (const chunk of chunks) received.update(chunk);
        }),
      ]);
      expect(received.digest("hex")).toBe(sent.digest("hex"));
      expect(await channel.end).toEqual({ kind: "exited", code: 0 });
    });
    await setSshd(host);
  });

  test("the eleventh channel is refused in words, and the ten live on", () =>
    use(async (link) => {
      const channels = await Promise.all(Array.from({ length: 10 }, () => link.open("echo in; cat")));
      for (const { stdout } of channels) await once(stdout, "data");
      const eleventh = await link.open("true").then(
        async (channel) => (await finish(channel)).end,
        (error) => ({ kind: "refused", reason: `${error.message}: ${error.hint}` }),
      );
      expect(eleventh).toMatchObject({
        kind: expect.stringMatching(/refused|lost/),
        reason: expect.stringMatching(/MaxSessions/),
      });
      for (const channel of channels) expect((await finish(channel)).end).toEqual({ kind: "exited", code: 0 });
    }));

  test("many commands one after another", () =>
    use(async (link) => {
      for (let n = 0; n < (isProving ? 1000 : 30); n++)
        expect((await finish(await link.open(`echo ${n}`))).stdout).toBe(`${n}\n`);
    }));

  test("tunnels to a port and to a socket, and one to nowhere", () =>
    use(async (link) => {
      const tcp = await link.tunnel({ host: "127.0.0.1", port: 22 });
      expect((await once(tcp, "data")).toString()).toMatch(/^SSH-2.0/);
      tcp.destroy();
      const unix = await link.tunnel({ socketPath: "/run/dbus/system_bus_socket" });
      unix.write("\0AUTH EXTERNAL 30\r\n");
      expect((await once(unix, "data")).toString()).toMatch(/^(OK|REJECTED)/);
      unix.destroy();
      const nowhere = async () => {
        const stream = await link.tunnel({ host: "127.0.0.1", port: 1 });
        stream.resume();
        await once(stream, "end");
      };
      await expect(nowhere()).rejects.toMatchObject({ code: "connect/tunnel-refused" });
    }));

  test("an address of the newer kind, and another port", async () => {
    const server = createServer((client) => {
      const there = connectTo(22, host.address);
      client.pipe(there).pipe(client);
      for (const each of [client, there]) each.on("error", () => client.destroy());
    });
    await once(server.listen(0, "::1"), "listening");
    const { port } = server.address() as AddressInfo;
    const link = await open(through({ host: "::1", port }));
    expect(await finish(await link.open("echo in"))).toMatchObject({ stdout: "in\n" });
    await link.close();
    server.close();
  });

  test("a connection that is cut: commands are lost, not ended, and the link says so", async () => {
    await using proxy = await faultProxy();
    const link = await open(through(proxy));
    const channel = await link.open("echo in; sleep 60");
    await once(channel.stdout, "data");
    proxy.reset();
    expect(await channel.end).toMatchObject({ kind: "lost" });
    expect(await link.closed).toMatchObject({ expected: false });
    await expect(link.open("true")).rejects.toMatchObject({ code: "connect/gone" });
  });

  test("a shell that is killed there", () =>
    use(async (link) => {
      const end = (await finish(await link.open("kill -9 $$"))).end;
      // OpenSSH's client has no word for it.
      expect(end).toEqual(
        transport === "ssh2" ? { kind: "signalled", signal: "SIGKILL" } : { kind: "exited", code: 255 },
      );
    }));

  test("a host that says nothing", async () => {
    await using proxy = await faultProxy();
    proxy.stall();
    const started = performance.now();
    const linking = open({ ...through(proxy), connectTimeoutMs: 2000 });
    await expect(linking).rejects.toMatchObject({ code: "connect/timeout", host: "web" });
    expect(performance.now() - started).toBeLessThan(4000);
  });

  test("nothing listens there; no such name; aborted", async () => {
    const { knownHostsFile } = lab;
    const away = (more: Partial<Endpoint>) =>
      open(endpointOf(lab, host, { knownHostsFiles: [knownHostsFile], ...more }));
    await expect(away({ port: 1 })).rejects.toMatchObject({ code: "connect/refused" });
    await expect(away({ address: "no-such-host.invalid" })).rejects.toMatchObject({ code: "connect/no-such-name" });
    const abort = AbortSignal.timeout(0);
    await expect(open(endpointOf(lab, host), abort)).rejects.toBeDefined();
  });

  test("uploads wait for the wire: memory does not grow with what is sent", () =>
    use(async (link) => {
      const channel = await link.open("cat > /dev/null");
      channel.stdout.resume();
      channel.stderr.resume();
      const block = randomBytes(1024 * 1024);
      const before = process.memoryUsage().rss;
      await pipeline(Readable.from(Array.from({ length: 256 }, () => block)), channel.stdin);
      expect(await channel.end).toEqual({ kind: "exited", code: 0 });
      expect(process.memoryUsage().rss - before).toBeLessThan(120 * 1024 * 1024);
    }));

  test("a command that is closed and never read does not hold up the others", () =>
    use(async (link) => {
      const unread = await link.open("yes");
      await new Promise((resolve) => setTimeout(resolve, 300));
      unread.close();
      expect((await finish(await link.open("echo still here"))).stdout).toBe("still here\n");
    }));
});

async function roundTripsToAnswer(): Promise<number> {
  await using proxy = await faultProxy(40);
  const link = await openSsh2Link(through(proxy));
  const { stdout } = await link.open("echo answer; sleep 10");
  expect((await once(stdout, "data")).toString()).toBe("answer\n");
  const { roundTrips } = proxy.traffic;
  await link.close();
  return roundTrips;
}

test("log in and first answer: the five round trips that SSH needs after TCP's own, where ssh takes nine", async () => {
  // A busy machine splits what was sent as one, which counts as more: the fewest of three is what it takes.
  const counts: number[] = [];
  while (counts.length < 3) counts.push(await roundTripsToAnswer());
  const roundTrips = Math.min(...counts);
  await using theirs = await faultProxy(40);
  const endpoint = through(theirs);
  const options = [
    "-o",
    `UserKnownHostsFile=${endpoint.knownHostsFiles?.[0]}`,
    "-o",
    "BatchMode=yes",
    "-i",
    lab.identityFile,
  ];
  await promisify(execFile)("ssh", [
    "-F",
    "none",
    "-p",
    String(theirs.port),
    ...options,
    `root@${theirs.host}`,
    "true",
  ]);
  expect(roundTrips).toBe(5);
  expect(theirs.traffic.roundTrips).toBeGreaterThan(roundTrips + 2);
});
