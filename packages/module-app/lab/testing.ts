import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Ended as AnyEnded, EvenkeelOptions, Host, Lab } from "@evenkeel/lab";
import { evenkeel } from "@evenkeel/lab";

/** The command as a user runs it, with a playbook and sources in a folder of their own. */
export interface Workbench {
  readonly folder: string;
  readonly site: string;
  /** Writes a playbook with these tasks, and runs it. */
  run(command: "plan" | "apply", tasks: string, options?: RunOptions): Promise<Ended>;
  clear(): void;
}

export interface RunOptions extends EvenkeelOptions {
  readonly limit?: string;
  readonly words?: readonly string[];
}

export interface Ended extends AnyEnded {
  /** What went wrong, in the command's words. */
  readonly failures: string;
  readonly seconds: number;
  /** From the beginning of its first task: how long the command itself takes to start, beside other tests, says nothing. */
  readonly workSeconds: number;
  /** When each of them began, in seconds since the first task did. */
  readonly changesAt: readonly number[];
}

export function workbench(lab: Lab): Workbench {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-app-lab-"));
  const site = join(folder, "site.yml");
  return {
    folder,
    site,
    run(command, tasks, { limit, words = [], ...options } = {}) {
      const indented = tasks.trimEnd().replace(/^/gm, "    ");
      writeFileSync(site, `- hosts: all\n  become: true\n  gather_facts: false\n  tasks:\n${indented}\n`);
      return timed(
        [
          ...[command, site, "-i", lab.inventoryFile, "--json"],
          ...(command === "apply" ? ["--yes"] : []),
          ...(limit === undefined ? [] : ["-l", limit]),
          ...words,
        ],
        options,
      );
    },
    clear: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function timed(words: readonly string[], options: EvenkeelOptions): Promise<Ended> {
  const began = performance.now();
  const run = await evenkeel(words, options);
  const ended = performance.now();
  const first = run.events.find(({ type }) => type === "started")?.at ?? began;
  const changes = run.events.filter(({ type }) => type === "change");
  return {
    ...run,
    failures: failuresIn(run.output),
    ...{ seconds: (ended - began) / 1000, workSeconds: (ended - first) / 1000 },
    changesAt: changes.map(({ at }) => (at - first) / 1000),
  };
}

/** What failed, and whatever is no event. */
function failuresIn(output: string): string {
  const lines = output.split("\n").filter((line) => !/^\{"type":"(?!failed|undone)/.test(line));
  return lines.join("\n").replaceAll("\\n", "\n");
}

/** nginx before an application, by a plain file, as a user would write it. */
export const front = (name: string) => `
- name: nginx is there
  apt: { name: nginx-light, install_recommends: false }
- name: the front
  copy:
    dest: /etc/nginx/conf.d/${name}.conf
    mode: "0644"
    content: |
      server {
        listen 80 default_server;
        keepalive_requests 100000;
        keepalive_timeout 120s;
        client_max_body_size 64m;
        location / {
          proxy_pass http://unix:/run/evenkeel/apps/${name}.sock;
          proxy_http_version 1.1;
          proxy_set_header Connection close;
          proxy_set_header Host $host;
          proxy_read_timeout 120s;
          proxy_request_buffering off;
          proxy_buffering off;
        }
      }
- name: not the distribution's own site
  file: { path: /etc/nginx/sites-enabled/default, state: absent }
- name: nginx runs
  service: { name: nginx, state: started, enabled: true }
`;

/** A copy of the small application, whose folder a test may change. */
export function tinyApp(bench: Workbench, name = "app"): string {
  const folder = join(bench.folder, name);
  cpSync(join(import.meta.dirname, "tiny"), folder, { recursive: true });
  return folder;
}

/** All that is on the host of an application, to be compared before and after. A unit that systemd happens to remember is nothing. */
export async function traces(host: Host, name: string): Promise<string> {
  const { stdout } = await host.shell(
    `find /srv/${name} /etc/systemd/system /run/systemd/system /run/evenkeel -name '*' -printf '%p %l %m %u\\n' 2>/dev/null |
      grep -e '${name}' | grep -v '/srv/${name}/shared/' | sort
     systemctl list-units --all --plain --no-legend '${name}*' | awk '$3 != "inactive" { print $1, $3 }' | grep -v slice | sort`,
  );
  return stdout;
}
