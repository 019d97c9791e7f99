import { readFileSync } from "node:fs";
import type { Host, Lab } from "@evenkeel/lab";
import { createLab } from "@evenkeel/lab";
import { packTree } from "../pack-tree.ts";
import { countsInRecap } from "./outcome.ts";
import type { Side } from "./twins.ts";
import { folder } from "./twins.ts";

/** Where both sides' hosts come from: a blank one with the Python that Ansible needs there, and one to run Ansible on. */
export interface Images {
  readonly blank: string;
  readonly control: string;
  readonly version: string;
}

/** Makes them, in a lab as long as which they are there. */
export async function makeImages(): Promise<{ readonly lab: Lab; readonly images: Images }> {
  const lab = await createLab();
  const [blank, control] = (await lab.addHosts([{ name: "blank" }, { name: "control" }])) as [Host, Host];
  await Promise.all([install(blank, "python3 python3-apt"), install(control, "ansible openssh-client")]);
  const { stdout } = await control.shell("LC_ALL=C.UTF-8 ansible --version | head -n 1");
  const images = { blank: await blank.snapshot("blank"), control: await control.snapshot("control") };
  return { lab, images: { ...images, version: stdout.trim() } };
}

async function install(host: Host, packages: string): Promise<void> {
  const command = `apt-get update -q && apt-get install -y -q --no-install-recommends ${packages}`;
  await host.shell(command, { timeoutSeconds: 900 });
}

const environment = "ANSIBLE_DEPRECATION_WARNINGS=0 ANSIBLE_LOCALHOST_WARNING=0 ANSIBLE_PIPELINING=1 LC_ALL=C.UTF-8";

/** The real one, on a host of its own, over SSH. */
export function ansibleSide({ blank, control }: Images): Side {
  return {
    images: { image: blank, others: [{ name: "control", image: control }] },
    async start(lab, playbook) {
      const host = lab.host("control");
      await host.writeFile("/root/twins.tar", packTree(folder));
      await host.shell("mkdir -p /root/twins && tar -C /root/twins -xf /root/twins.tar --no-same-owner");
      await host.shell("umask 077; cat > /root/key", { stdin: readFileSync(lab.identityFile) });
      await host.writeFile("/root/known", readFileSync(lab.knownHostsFile));
      await host.writeFile("/root/lab.ini", inventoryFor(lab));
      const command = `cd /root/twins && ${environment} ansible-playbook -i ../lab.ini -i groups.ini ${playbook}.yml 2>&1`;
      return {
        run: async () => countsInRecap((await host.shell(command, { check: false })).stdout),
        end: () => undefined,
      };
    },
  };
}

/** The lab's own inventory, as seen from the host that Ansible is on, which is not one of those to be managed. */
function inventoryFor(lab: Lab): string {
  return lab
    .inventory()
    .replace(/^control .*\n/m, "")
    .replaceAll(/^(\S+) ansible_host=\S+/gm, "$1 ansible_host=$1")
    .replaceAll(lab.identityFile, "/root/key")
    .replaceAll(lab.knownHostsFile, "/root/known");
}
