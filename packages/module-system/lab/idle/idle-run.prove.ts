import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Host, Lab } from "@evenkeel/lab";
import { createFaultProxy, createLab } from "@evenkeel/lab";
import { connect } from "@evenkeel/transport";
import { afterAll, beforeAll, expect, test } from "vitest";
import { evenkeel } from "../evenkeel.ts";
import { countForks } from "./count-forks.ts";
import { byHand, playbook } from "./twenty-tasks.ts";

/** Twenty tasks with nothing to do: how often the host is asked, and what it costs there, beside the same by hand. */
const folder = mkdtempSync(join(tmpdir(), "evenkeel-idle-"));
const [site, script] = [join(folder, "site.yml"), join(folder, "by-hand.sh")];
let lab: Lab;
let host: Host;

beforeAll(async () => {
  writeFileSync(site, playbook);
  writeFileSync(script, byHand);
  lab = await createLab();
  host = await lab.addHost({ name: "idle" });
  await host.shell(
    `systemctl is-system-running --wait; export DEBIAN_FRONTEND=noninteractive
apt-get update -q && apt-get install -y -q --no-install-recommends strace cron tzdata procps
printf '[Service]\\nExecStart=/bin/sleep infinity\\n[Install]\\nWantedBy=multi-user.target\\n' >/etc/systemd/system/shop.service
printf '[web]\\n' >/etc/shop.ini; systemctl daemon-reload`,
    { timeoutSeconds: 300 },
  );
  await evenkeel("apply", site, lab.inventoryFile);
}, 300_000);
afterAll(async () => {
  await lab.down();
  rmSync(folder, { recursive: true });
});

/** How often the other end had to wait for an answer, all in all. */
async function roundTrips(
  work: (through: { readonly host: string; readonly port: number }, known: string) => Promise<unknown>,
) {
  await using proxy = await createFaultProxy({ target: { host: host.address, port: 22 } });
  const known = join(folder, `known_hosts.${proxy.port}`);
  writeFileSync(known, `[${proxy.host}]:${proxy.port} ${await host.readFile("/etc/ssh/ssh_host_ed25519_key.pub")}`);
  await work(proxy, known);
  return proxy.traffic.roundTrips;
}

test("two exchanges at most after the login", async () => {
  const login = await roundTrips(async (through, known) => {
    const files = { identityFiles: [lab.identityFile], knownHostsFiles: [known], sshConfig: "none", agent: "none" };
    const connection = connect({
      name: "idle",
      address: through.host,
      port: through.port,
      user: "deploy",
      ...files,
    } as const);
    await connection.ready();
    await connection.close();
  });
  const run = await roundTrips(async (through, known) => {
    const inventory = join(folder, "through.ini");
    const common = `-o IdentitiesOnly=yes -o UserKnownHostsFile=${known}`;
    const words = `ansible_host=${through.host} ansible_port=${through.port} ansible_user=deploy ansible_ssh_private_key_file=${lab.identityFile}`;
    writeFileSync(inventory, `idle ${words} ansible_ssh_common_args='${common}'\n`);
    expect(await evenkeel("apply", site, inventory)).toMatchObject({ changed: 0 });
  });
  const { requests } = await countForks(host, () => evenkeel("apply", site, lab.inventoryFile));
  console.log(
    JSON.stringify({ "round trips of a login": login, "of the run": run, "requests to its shells": requests }),
  );
  // Each of the two shells, the user's and root's, takes one request that teaches it to take requests.
  expect(requests - 2).toBeGreaterThan(0);
  expect(requests - 2).toBeLessThanOrEqual(2);
  expect(run - login).toBeLessThanOrEqual(2);
});

test("no more than twice the forks of the same by hand", async () => {
  const ssh = [...lab.sshArguments(), `deploy@${host.address}`, "sudo"];
  const login = await countForks(host, () => promisify(execFile)("ssh", [...ssh, "true"]));
  const hand = await countForks(host, () =>
    promisify(execFile)("sh", ["-c", `ssh "$@" sh <'${script}'`, "sh", ...ssh]),
  );
  const ours = await countForks(host, () => evenkeel("apply", site, lab.inventoryFile));
  console.log(JSON.stringify({ login: login.forks, "by hand": hand.forks, evenkeel: ours.forks }));
  console.log(ours.programs);
  expect(ours.forks - login.forks).toBeLessThanOrEqual(2 * (hand.forks - login.forks));
});
