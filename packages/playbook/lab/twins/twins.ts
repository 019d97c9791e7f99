import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AddHost, Host, Lab } from "@evenkeel/lab";
import { createLab } from "@evenkeel/lab";
import { difference, stateOf } from "./end-state.ts";
import type { Counts, Outcome } from "./outcome.ts";

/** Role-sized playbooks that Ansible and we both run, each on hosts of its own called `web` and `db`. */
export const folder = join(import.meta.dirname, "../../fixtures/twins");

export function playbooks(): readonly string[] {
  return readdirSync(folder).flatMap((name) => (name.endsWith(".yml") ? [name.slice(0, -".yml".length)] : []));
}

const names = ["web", "db"] as const;

/** One of the two that run the same playbook: makes itself at home in a lab, and then runs it as often as it is asked to. */
export interface Side {
  /** What its hosts, and any more that it needs, are made from. */
  readonly images: { readonly image?: string; readonly others?: readonly AddHost[] };
  start(
    lab: Lab,
    playbook: string,
  ): Promise<{
    run(): Promise<Readonly<Record<string, Counts>>>;
    end(): void;
  }>;
}

/** Two runs on two blank hosts, and what has become of them. */
export async function outcomeOf(playbook: string, side: Side): Promise<Outcome> {
  await using lab = await createLab();
  const { image, others = [] } = side.images;
  await lab.addHosts([...names.map((name) => ({ name, ...(image !== undefined && { image }) })), ...others]);
  const hosts = names.map((name) => lab.host(name));
  await Promise.all(hosts.map((host) => host.run(["systemctl", "is-system-running", "--wait"], { check: false })));
  const started = await side.start(lab, playbook);
  try {
    const before = await Promise.all(hosts.map(stateOf));
    const runs = [await started.run(), await started.run()];
    const state = hosts.map(async (host, at) => {
      const changes = difference(before[at] as ReadonlySet<string>, await stateOf(host));
      return [host.name, [...changes, ...(await answersOf(host, playbook))]] as const;
    });
    return { runs, state: Object.fromEntries(await Promise.all(state)) };
  } finally {
    started.end();
  }
}

/** What a playbook's own questions say of the host that it is about: of databases, of programs that tell their settings. */
async function answersOf(host: Host, playbook: string): Promise<readonly string[]> {
  const file = join(folder, `${playbook}.state.sh`);
  if (!existsSync(file)) return [];
  const { stdout } = await host.shell(`export LC_ALL=C\n${readFileSync(file, "utf8")}`, { check: false });
  return stdout.trim().split("\n");
}
