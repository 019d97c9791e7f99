import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Host, Lab } from "@evenkeel/lab";
import { createLab } from "@evenkeel/lab";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startAgain } from "../lab/start-again.ts";
import { playbookOf, resultsFile } from "./playbook-of.ts";
import { evenkeelSide } from "./side.ts";

/**
 * `reboot` takes a host of its own, since whoever reboots another must stay: Ansible on one host reboots a second, we reboot a
 * third. Hosts of the lab share their machine's boot id, so both are told by what else to know another boot.
 */
const folder = mkdtempSync(join(tmpdir(), "evenkeel-reboot-"));
const command = "cut -d' ' -f22 /proc/1/stat";
const playbook = playbookOf({
  name: "once",
  tasks: [{ reboot: { boot_time_command: command, reboot_timeout: 120 } }],
});
let lab: Lab;
let [controller, theirs, ours]: readonly Host[] = [];

beforeAll(async () => {
  lab = await createLab();
  [controller, theirs, ours] = await lab.addHosts([{ name: "controller" }, { name: "theirs" }, { name: "ours" }]);
  const update = "export DEBIAN_FRONTEND=noninteractive; apt-get update -q";
  const install = (names: string) => `${update} && apt-get install -y -q --no-install-recommends ${names}`;
  await Promise.all([
    controller?.shell(install("ansible openssh-client"), { timeoutSeconds: 600 }),
    theirs?.shell(install("python3"), { timeoutSeconds: 600 }),
  ]);
  await controller?.shell("mkdir -p -m 700 /root/.ssh; (umask 077; : >/root/.ssh/id_ed25519)");
  await controller?.writeFile("/root/.ssh/id_ed25519", readFileSync(lab.identityFile));
  await controller?.writeFile("/root/site.yml", playbook);
});
afterAll(async () => {
  await lab.down();
  rmSync(folder, { recursive: true });
});

async function rebooted(host: Host, run: () => Promise<unknown>) {
  const before = (await host.shell(command)).stdout;
  const up = startAgain(host);
  const said = await run();
  await up;
  const [result] = JSON.parse(await host.readFile(resultsFile)) as readonly Readonly<Record<string, unknown>>[];
  expect((await host.shell(command)).stdout, String(said)).not.toBe(before);
  expect(result?.elapsed).toEqual(expect.any(Number));
  return { changed: result?.changed, rebooted: result?.rebooted, failed: result?.failed };
}

test("reboot: once, and back", { timeout: 300_000 }, async () => {
  if (!controller || !theirs || !ours) throw new Error("no hosts");
  const words = "HOME=/root LC_ALL=C.UTF-8 ANSIBLE_HOST_KEY_CHECKING=False ANSIBLE_NOCOLOR=1";
  const [from, to, mine] = [controller, theirs, ours];
  const ansible = await rebooted(to, async () => {
    const line = `${words} ansible-playbook -u root -i ${to.innerAddress}, /root/site.yml`;
    return (await from.shell(line, { check: false })).stdout;
  });
  writeFileSync(join(folder, "site.yml"), playbook);
  const login = `ansible_host=${mine.address} ansible_user=root ansible_ssh_private_key_file=${lab.identityFile}`;
  const common = `-o IdentitiesOnly=yes -o UserKnownHostsFile=${lab.knownHostsFile}`;
  writeFileSync(join(folder, `${lab.name}.ini`), `ours ${login} ansible_ssh_common_args='${common}'\n`);
  expect(await rebooted(mine, () => evenkeelSide(mine, lab, folder).run("site.yml", {}))).toEqual(ansible);
});
