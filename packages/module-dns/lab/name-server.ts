import { createSocket } from "node:dgram";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Ended, EvenkeelOptions, Host, Lab } from "@evenkeel/lab";
import { createLab, evenkeel } from "@evenkeel/lab";
import type { Answer, DecodedPacket, RecordType } from "dns-packet";
import packet from "dns-packet";

export interface Asked {
  readonly rcode: string;
  readonly answers: readonly Answer[];
}

/** Hosts that are to serve names, the command as users run it, and somebody who asks. */
export class NameServers implements AsyncDisposable {
  readonly lab: Lab;
  readonly #folder = mkdtempSync(join(tmpdir(), "evenkeel-dns-"));

  private constructor(lab: Lab) {
    this.lab = lab;
  }

  static async boot(...hosts: readonly Pick<Host, "name" | "suite">[]): Promise<NameServers> {
    const lab = await createLab();
    for (const each of await lab.addHosts([...hosts]))
      await each.run(["systemctl", "is-system-running", "--wait"], { check: false });
    return new NameServers(lab);
  }

  host(name: string): Host {
    const host = this.lab.hosts.find((each) => each.name === name);
    if (host) return host;
    throw new Error(`no host ${name}`);
  }

  /** One run over tasks as a playbook has them: JSON is YAML. */
  run(
    command: "plan" | "apply",
    hosts: string,
    tasks: readonly object[],
    { words = [], ...options }: EvenkeelOptions & { readonly words?: readonly string[] } = {},
  ): Promise<Ended> {
    const playbook = join(this.#folder, "site.yml");
    writeFileSync(playbook, JSON.stringify([{ hosts, become: true, gather_facts: false, tasks }]));
    const flags = ["-i", this.lab.inventoryFile, "--json", ...(command === "apply" ? ["--yes"] : []), ...words];
    return evenkeel([command, playbook, ...flags], options);
  }

  async shell(host: string, script: string): Promise<string> {
    return (await this.host(host).shell(script)).stdout;
  }

  /** One question over UDP, as a resolver would ask it. */
  ask(host: string, name: string, type: RecordType): Promise<Asked> {
    return askOnce(this.host(host).address, name, type);
  }

  async data(host: string, name: string, type: RecordType): Promise<readonly unknown[]> {
    const { answers } = await this.ask(host, name, type);
    return answers.flatMap((answer) => (answer.type === type && "data" in answer ? [answer.data] : []));
  }

  async serial(host: string, zone: string): Promise<number | undefined> {
    const [soa] = (await this.data(host, zone, "SOA")) as readonly { readonly serial?: number }[];
    return soa?.serial;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.lab.down();
    rmSync(this.#folder, { recursive: true });
  }
}

/** Asks again and again while something is done; what came that was not as expected, and how often it was asked. */
export async function whileAsked<T>(
  { address, name, perSecond }: { readonly address: string; readonly name: string; readonly perSecond: number },
  work: () => Promise<T>,
): Promise<{ readonly done: T; readonly asked: number; readonly wrong: readonly string[] }> {
  const pending: Promise<string | undefined>[] = [];
  const judge = async () => {
    try {
      const { rcode, answers } = await askOnce(address, name, "A");
      return rcode === "NOERROR" && answers.length > 0 ? undefined : rcode;
    } catch (error) {
      return String(error);
    }
  };
  const timer = setInterval(() => pending.push(judge()), 1000 / perSecond);
  try {
    const done = await work();
    clearInterval(timer);
    const said = await Promise.all(pending);
    return { done, asked: said.length, wrong: said.filter((each) => each !== undefined) };
  } finally {
    clearInterval(timer);
  }
}

async function askOnce(address: string, name: string, type: RecordType): Promise<Asked> {
  const socket = createSocket("udp4");
  const { promise, resolve, reject } = Promise.withResolvers<Asked>();
  const timer = setTimeout(() => reject(new Error(`${address} does not answer`)), 3000);
  try {
    socket.on("error", reject);
    socket.on("message", (bytes) => {
      const { rcode = "?", answers = [] } = packet.decode(bytes) as DecodedPacket & { readonly rcode?: string };
      resolve({ rcode, answers });
    });
    const id = Math.floor(Math.random() * 65_536);
    // Longer answers than 512 bytes, as every resolver takes them.
    const additionals = [{ type: "OPT", name: ".", udpPayloadSize: 4096, flags: 0, options: [] } as unknown as Answer];
    socket.send(packet.encode({ type: "query", id, flags: 0, questions: [{ name, type }], additionals }), 53, address);
    return await promise;
  } finally {
    clearTimeout(timer);
    socket.close();
  }
}
