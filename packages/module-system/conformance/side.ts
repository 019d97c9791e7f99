import { join } from "node:path";
import type { Host, Lab } from "@evenkeel/lab";
import { evenkeel } from "@evenkeel/lab";
import type { Table } from "./table.ts";

/** One of the two that run the same playbook. */
export interface Side {
  readonly host: Host;
  /** Runs a playbook that lies in the folder of tables; says what it said. */
  run(playbook: string, table: Pick<Table, "needsCapabilities">): Promise<string>;
}

/** Where an sshd of the second host listens that has all of the machine's capabilities. */
export const capablePort = 443;

/** Ansible, from within its host, as root. */
export function ansibleSide(host: Host): Side {
  const environment = "HOME=/root LC_ALL=C.UTF-8 ANSIBLE_PYTHON_INTERPRETER=/usr/bin/python3 ANSIBLE_NOCOLOR=1";
  return {
    host,
    async run(playbook, { needsCapabilities }) {
      const command = `cd /root && ${environment} ansible-playbook -i localhost, -c local /root/tables/${playbook}`;
      const { stdout, stderr } = needsCapabilities
        ? await host.enter(["sh", "-c", command], undefined, { check: false })
        : await host.shell(command, { check: false });
      return `${stdout}${stderr}`;
    },
  };
}

/** Ours, from outside, as root over SSH; the host has no Python. */
export function evenkeelSide(host: Host, lab: Lab, folder: string): Side {
  return {
    host,
    async run(playbook, { needsCapabilities }) {
      const words = ["apply", join(folder, playbook), "-i", join(folder, `${lab.name}.ini`), "--yes", "--json"];
      if (needsCapabilities) words.push("-e", `ansible_port=${capablePort}`);
      return (await evenkeel(words)).output;
    },
  };
}
