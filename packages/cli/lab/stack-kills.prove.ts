import { join } from "node:path";
import type { Ended, Host, Lab } from "@evenkeel/lab";
import { createLab, evenkeel } from "@evenkeel/lab";
import { afterAll, beforeAll, expect, test } from "vitest";

/**
 * kill -9 of the controller in the middle of the whole stack's first deploy, and then the same again: the same host as if nothing had
 * happened, migrated once, each server started once. There are close to ninety points at which it can be killed, and each takes
 * two deploys of the whole stack: each is killed once, in two lanes side by side (forty minutes); and some deploys are killed
 * again and again, at points that differ. Only a release's build may be started twice: one that was cut begins anew, in a new folder.
 */
const LANES = 2;
const playbook = join(import.meta.dirname, "../../../playbooks/simple-web-stack/site.yml");
let lab: Lab;
let blank: string;
let undisturbed: string;

beforeAll(async () => {
  lab = await createLab();
  const host = await lab.addHost({ name: "base" });
  await host.shell("systemctl is-system-running --wait");
  blank = await host.snapshot("blank");
  const { status, output } = await deploy(host);
  expect(status, output).toBe(0);
  undisturbed = await endState(host);
  expect(undisturbed).toContain("foobar-migrate@ was started 1 times");
  await host.stop({ hard: true });
}, 300_000);
afterAll(() => lab?.down());

function deploy(host: Host, environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const words = ["apply", playbook, "-i", lab.inventoryFile, "-l", host.name, "--yes"];
  const variables = ["-e", "address=192.0.2.10", "-e", "database_password=canary-6f1d0c0e7a"];
  return evenkeel([...words, ...variables], { environment });
}

/** Files, packages, accounts, units, the database and the zone; what has happened, and how often; what we left behind. Each host has an rndc.key of its own. */
async function endState(host: Host): Promise<string> {
  const { stdout } = await host.shell(`
    cd /; all='srv etc/nginx etc/bind etc/mysql etc/systemd/system var/lib/evenkeel run/evenkeel run/systemd/system'
    find $all var/lib/bind -not -path '*/jobs/*' -not -name '*.pyc' -printf '%p %y %m %u %g %l\\n' | sort
    find $all var/lib/bind -type f -not -path '*/jobs/*' -not -name '*.pyc' -not -name rndc.key -exec sha256sum {} + | sort -k2
    dpkg-query -W -f '\${Package} \${Version} \${Status}\\n' | sort
    sort /etc/passwd /etc/group; getent shadow | cut -d: -f1-2 | sort
    systemctl list-unit-files --state=enabled,masked --no-legend | sort
    systemctl list-units --state=active,failed --plain --no-legend 'nginx*' 'mariadb*' 'named*' 'foobar*' | awk '{ print $1, $3, $4 }'
    mariadb -Ne "SELECT user, host FROM mysql.user ORDER BY 1, 2; SHOW GRANTS FOR foobar@localhost; SELECT name FROM foobar.migrations ORDER BY 1; SHOW CREATE DATABASE foobar"
    mariadb-dump --skip-dump-date --no-data foobar | grep -v '^-- MariaDB dump'
    for unit in foobar-migrate@ mariadb nginx named; do
      echo "$unit was started $(journalctl -q -o cat | grep -c "^Start[a-z]* $unit") times"
    done
    ls -d /usr/sbin/policy-rc.d 2>/dev/null; ls /tmp /var/tmp | grep -i evenkeel
    find / -xdev '(' -name '*.evenkeel*' -o -name '*.evk*' ')' -not -path '/srv/*'`);
  return stdout;
}

async function fresh(name: string): Promise<Host> {
  const host = await lab.addHost({ name, image: blank });
  await host.shell("systemctl is-system-running --wait");
  return host;
}

test.each([1, 2, 3])("one deploy, killed again and again (%i)", async (seed) => {
  const host = await fresh(`again-${seed}`);
  const points: number[] = [];
  for (;;) {
    // From the second point to the twentieth, so that each run comes a little further, and whatever has many steps is done at last.
    const at = 2 + ((seed * 5 + points.length * 7) % 19);
    const { status, signal, output } = await deploy(host, { EVENKEEL_FAULT_KILL_AT: String(at) });
    if (signal !== "SIGKILL") {
      expect(status, output).toBe(0);
      break;
    }
    points.push(at);
    expect(points.length, "it comes to no end").toBeLessThan(60);
  }
  console.log(`killed ${points.length} times, at points ${points.join(", ")} of the runs`);
  expect(await endState(host)).toBe(undisturbed);
  expect(points.length).toBeGreaterThan(8);
  await host.stop({ hard: true });
});

test.concurrent.each([1, 2])(`killed once, at every ${LANES}nd point from %i`, async (first) => {
  const differences: string[] = [];
  let at = first;
  for (; ; at += LANES) {
    const host = await fresh(`k${at}`);
    const killed = await deploy(host, { EVENKEEL_FAULT_KILL_AT: String(at) });
    const last = killed.signal === "SIGKILL" ? await deploy(host) : killed;
    // All of the points are looked at, also when one of them is not right.
    const end = last.status === 0 ? difference(undisturbed, await endState(host)) : last.output;
    if (end !== "") differences.push(`killed at ${at}: ${end}`);
    await host.stop({ hard: true });
    if (killed.signal !== "SIGKILL") break;
  }
  console.log(`killed at every ${LANES}nd point from ${first} to ${at - LANES}`);
  expect(differences).toEqual([]);
  expect(at).toBeGreaterThan(80);
});

function difference(one: string, other: string): string {
  const only = (these: string, those: string, sign: string) =>
    these.split("\n").flatMap((line) => (those.split("\n").includes(line) ? [] : [`${sign} ${line}\n`]));
  if (one === other) return "";
  return [...only(one, other, "-"), ...only(other, one, "+")].join("") || "the same lines, in another order or number";
}
