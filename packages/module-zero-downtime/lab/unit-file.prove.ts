import { startProbe } from "@evenkeel/lab";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ServiceHost } from "./service-host.ts";

/** A service whose socket systemd keeps: what arrives while it is restarted waits. */
let on: ServiceHost;
beforeAll(async () => {
  on = await ServiceHost.boot();
  await on.install("gunicorn");
  await on.shell(`mkdir -p /srv/app; cat >/srv/app/app.py <<'END'
import os
def app(environ, start):
    start("200 OK", [("X-Release", os.environ["RELEASE"])])
    return [b"said"]
END
printf '[Socket]\nListenStream=443\n' >/etc/systemd/system/shop.socket`);
});
afterAll(() => on[Symbol.asyncDispose]());

const unitFile = (release: string) => `[Unit]
Requires=shop.socket
[Service]
Type=notify
Environment=RELEASE=${release}
WorkingDirectory=/srv/app
ExecStart=/usr/bin/gunicorn app:app
KillMode=mixed
`;

/** As people write it: the unit's file, and a handler that restarts it. */
async function deployed(release: string): Promise<void> {
  const file = { dest: "/etc/systemd/system/shop.service", content: unitFile(release) };
  const { status, output } = await on.play({
    tasks: [{ copy: file, notify: "shop again" }, { systemd: { name: "shop.socket", state: "started" } }],
    handlers: [{ name: "shop again", systemd: { name: "shop.service", state: "restarted" } }],
  });
  expect(status, output).toBe(0);
}

test("Z16: a unit's file changes: systemd reads it once, one restart, no request lost; unchanged, neither", async () => {
  const process = () => on.shell("systemctl show -p MainPID --value shop");
  const readings = async () =>
    Number(await on.shell("journalctl -q -o cat _PID=1 | grep -c '^Reloading finished' || :"));
  await deployed("r0");
  const probe = await startProbe({
    target: { host: on.host.address, port: 443 },
    rate: 50,
    expectRelease: ["r0", "r1", "r2", "r3"],
    classes: ["new-connection"],
  });
  for (const release of ["r1", "r2", "r3"]) {
    const [before, read] = [await process(), await readings()];
    await deployed(release);
    const after = await process();
    expect(after).not.toBe(before);
    expect(await readings()).toBe(read + 1);
    await deployed(release);
    expect([await process(), await readings()]).toEqual([after, read + 1]);
  }
  await probe.expectRelease("r3");
  const { sent, classes, releases } = await probe.stop();
  expect(sent).toBeGreaterThan(300);
  expect(classes["new-connection"]?.errors).toEqual({});
  expect(releases.map(({ value }) => value)).toEqual(["r0", "r1", "r2", "r3"]);
});
