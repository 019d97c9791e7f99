import type { Host, Lab } from "@evenkeel/lab";
import { createLab } from "@evenkeel/lab";
import type { Endpoint } from "../src/endpoint.ts";
import type { Channel } from "../src/link.ts";
import { openSsh2Link } from "../src/link-ssh2.ts";

/** A lab of hosts with sshd, and how to get to them with nothing of the user's own. */
export async function sshHosts(...names: string[]): Promise<{ lab: Lab; hosts: Host[] }> {
  const lab = await createLab();
  return { lab, hosts: await lab.addHosts(names.map((name) => ({ name }))) };
}

export function endpointOf(lab: Lab, host: Host, more: Partial<Endpoint> = {}): Endpoint {
  return {
    ...{ name: host.name, address: host.address, user: "root", sshConfig: "none", agent: "none" },
    ...{ identityFiles: [lab.identityFile], knownHostsFiles: [lab.knownHostsFile], connectTimeoutMs: 20_000 },
    ...more,
  };
}

/** Sets sshd's words for what follows; no words: back to the distribution's. */
export async function setSshd(host: Host, words = ""): Promise<void> {
  await host.writeFile("/etc/ssh/sshd_config.d/00-test.conf", words);
  await host.shell("sshd -t && systemctl reload ssh");
}

export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly end: Awaited<Channel["end"]>;
}

/** Reads a channel to its end. */
export async function finish(channel: Channel, input = ""): Promise<Ran> {
  channel.stdin.end(input);
  const [stdout, stderr, end] = await Promise.all([text(channel.stdout), text(channel.stderr), channel.end]);
  return { stdout, stderr, end };
}

async function text(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** Logs in, says who it is there, and leaves. */
export async function whoAmI(endpoint: Endpoint, open = openSsh2Link): Promise<string> {
  const link = await open(endpoint);
  try {
    return (await finish(await link.open("id -un"))).stdout.trim();
  } finally {
    await link.close();
  }
}
