import type { ListedLab } from "@evenkeel/lab";
import { listLabs } from "@evenkeel/lab";
import { table } from "./table.ts";

export async function list({ json = false }: { json?: boolean }): Promise<void> {
  const labs = await listLabs();
  process.stdout.write(
    json ? `${JSON.stringify(labs, null, 2)}\n` : labs.length === 0 ? none : labs.map(describe).join("\n"),
  );
}

const none = "no labs on this machine; to boot one: evenkeel lab up\n";

const lives: Record<ListedLab["life"], (name: string) => string> = {
  kept: () => "",
  owned: () => "  (ends with the process that made it)",
  orphan: (name) => `  (its process is gone; remove it: evenkeel lab down ${name})`,
};

function describe({ name, life, hosts }: ListedLab): string {
  const rows = hosts.map((host) => [host.name, host.address, host.suite, host.state]);
  return `${name}${lives[life](name)}\n${table(rows)}`;
}
