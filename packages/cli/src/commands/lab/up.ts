import type { AddHost, Host, Suite } from "@evenkeel/lab";
import { createLab } from "@evenkeel/lab";
import { progress } from "./progress.ts";
import { table } from "./table.ts";
import { usageProblem } from "./usage-problem.ts";

type UpOptions = {
  hosts?: number;
  suite: Suite;
  sudo: "nopasswd" | "password";
  snapshot?: string;
  publish: number[];
  name?: string;
};

/** Boots a lab that stays. Until all hosts are there it belongs to this process, so that a killed one leaves an orphan. */
export async function up(names: readonly string[], options: UpOptions): Promise<void> {
  if (names.length > 0 && options.hosts !== undefined) throw usageProblem("give names or --hosts, not both");
  const wanted = hostsToAdd(names, options);
  const lab = await createLab({ onProgress: progress, ...(options.name === undefined ? {} : { name: options.name }) });
  try {
    progress(`booting ${wanted.map(({ name }) => name).join(", ")}`);
    const hosts = await lab.addHosts(wanted);
    lab.keep();
    process.stdout.write(describe(lab, hosts, options));
  } catch (error) {
    await lab.down();
    throw error;
  }
}

function hostsToAdd(names: readonly string[], { hosts = 1, suite, sudo, snapshot, publish }: UpOptions): AddHost[] {
  const chosen = names.length > 0 ? names : Array.from({ length: hosts }, (_, index) => `host-${index + 1}`);
  const from = snapshot === undefined ? { suite } : { image: snapshot };
  return chosen.map((name) => ({ name, sudo, publish, ...from }));
}

type Described = { name: string; inventoryFile: string; deployPassword: string };

function describe(lab: Described, hosts: readonly Host[], { sudo }: UpOptions): string {
  const rows = hosts.map(({ name, address, suite }) => [name, address, suite]);
  const password = sudo === "password" ? [["sudo asks for", lab.deployPassword]] : [];
  const next = [
    ["inventory", lab.inventoryFile],
    ...password,
    ["log in", `evenkeel lab ssh ${hosts[0]?.name ?? "HOST"}`],
    ["take down", `evenkeel lab down ${lab.name}`],
  ];
  return `${lab.name} is up\n${table(rows)}\n${table(next)}`;
}
