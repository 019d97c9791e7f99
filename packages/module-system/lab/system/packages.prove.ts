import type { Change } from "@evenkeel/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { apt } from "../../src/packages/apt.ts";
import { packageModule } from "../../src/packages/package.ts";
import { HostUnderTest } from "./host-under-test.ts";

/** apt on a blank host of Debian's. */
let on: HostUnderTest;
beforeAll(async () => {
  on = await HostUnderTest.boot();
});
afterAll(() => on[Symbol.asyncDispose]());

const version = (name: string) =>
  on.shell(`dpkg-query -W -f='\${db:Status-Status} \${Version}' ${name} 2>/dev/null || :`);

test("asking writes nothing, lists or no lists", async () => {
  const tree = () =>
    on.shell("find /var/lib/apt /var/cache/apt /var/lib/dpkg /etc -printf '%p %T@ %s\\n' | sort | sha256sum");
  const before = await tree();
  await on.plan(apt, { name: ["nginx", "libc6", "no-such-package", "php*"], state: "latest" });
  await on.plan(apt, { upgrade: "dist", autoremove: true, autoclean: true, clean: true });
  expect(await tree()).toBe(before);
});

test("a blank host without lists: they are fetched, services wait, and are started at the end", async () => {
  await on.shell("rm -rf /var/lib/apt/lists/*");
  const done = await on.apply(apt, { name: ["nginx-light", "curl"] });
  expect(done.changes).toEqual(["ensure package nginx-light", "ensure package curl"]);
  expect(done.result).toMatchObject({
    changed: true,
    cache_updated: false,
    stdout: expect.stringContaining("newly installed"),
  });
  expect(await on.shell("systemctl is-active nginx || :; ls /usr/sbin/policy-rc.d 2>&1 || :")).toMatch(
    /^inactive\n.*No such file/,
  );
  await on.finish(done);
  expect(await on.shell("systemctl is-active nginx; ls /var/lib/evenkeel")).not.toContain("withheld");
  expect(await on.plan(apt, { name: "nginx-light,curl".split(",") })).toEqual([]);
});

test("a run that was cut short before the end is finished by the next one's end", async () => {
  await on.shell(
    "systemctl stop nginx; mkdir -p /var/lib/evenkeel; echo 'nginx.service start 1' >/var/lib/evenkeel/withheld; touch -d '1 hour ago' /var/lib/evenkeel/withheld",
  );
  await on.finish({ changes: [], made: [{ kind: "package" } as Change], outputs: [], result: {} });
  expect(await on.shell("systemctl is-active nginx; ls /var/lib/evenkeel")).not.toContain("withheld");
  await on.apply(packageModule, { name: ["nano"] });
});

test("versions: pinned, held to, and going back", async () => {
  const [, now = ""] = (await version("nano")).split(" ");
  expect(await on.plan(apt, { name: [`nano=${now.slice(0, 2)}*`] })).toEqual([]);
  expect(await on.plan(apt, { name: ["nano>=1"] })).toEqual([]);
  expect(await on.plan(apt, { name: ["nano>=999"] })).toEqual(["ensure package nano"]);
  expect(await on.plan(apt, { name: ["nano"], state: "latest" })).toEqual([]);
});

test("removal, purging, and what was removed comes back on undo", async () => {
  const removed = await on.apply(apt, { name: ["nano"], state: "absent" });
  expect(await version("nano")).not.toMatch(/^installed/);
  await on.undo(removed);
  expect(await version("nano")).toMatch(/^installed/);
  await on.apply(apt, { name: ["nano"], state: "absent" });
  await on.apply(apt, { name: ["nano"], state: "absent", purge: true });
  expect(await version("nano")).toBe("");
});

test("lists are fetched when they are old, and only then", async () => {
  expect(await on.plan(apt, { update_cache: true, cache_valid_time: 3600 })).toEqual([]);
  await on.shell("touch -d '2 hours ago' /var/lib/apt/lists");
  const { result } = await on.apply(apt, { update_cache: true, cache_valid_time: 3600 });
  expect(result).toMatchObject({ changed: true, cache_updated: true, cache_update_time: expect.any(Number) });
  // What is there needs no newer lists.
  expect(await on.plan(apt, { name: ["curl"], update_cache: true })).toEqual([]);
});

test("a lock that somebody holds is waited for; whoever holds it too long is named", async () => {
  await on.shell(
    `cat >/root/hold.pl <<'END'
use Fcntl; open(my $f, '>>', '/var/lib/dpkg/lock-frontend'); my $l = pack('s s l! l! i', F_WRLCK, 0, 0, 0, 0);
fcntl($f, F_SETLK, $l) or die; sleep($ARGV[0]);
END
setsid perl /root/hold.pl 5 >/dev/null 2>&1 &`,
  );
  await on.apply(apt, { name: ["nano"] });
  await on.shell("setsid perl /root/hold.pl 8 >/dev/null 2>&1 &");
  await expect(on.apply(apt, { name: ["nano"], state: "absent", lock_timeout: 2 })).rejects.toThrow(
    /waited 2 s in vain: .*lock-frontend is held by process \d+ \(perl/,
  );
});

test("a dpkg that was interrupted is put right", async () => {
  await on.shell(
    "sleep 7; dpkg --unpack /var/cache/apt/archives/nano*.deb || (cd /tmp && apt-get download -q nano && dpkg --unpack nano*.deb)",
  );
  expect(await version("nano")).toMatch(/^unpacked/);
  await on.apply(apt, { name: ["bc"] });
  expect(await version("nano")).toMatch(/^installed/);
});

test("a package that came as a dependency is kept from then on, which is no change", async () => {
  await on.shell("apt-mark auto nano");
  const { changes, result } = await on.apply(apt, { name: ["nano"] });
  expect(changes).toEqual(["ensure package nano"]);
  expect(result.changed).toBe(false);
  expect(await on.shell("apt-mark showauto nano")).toBe("");
});

test("upgrades and what is not needed any more", async () => {
  expect(await on.plan(apt, { upgrade: "dist" })).toEqual([]);
  await on.shell("apt-mark auto bc");
  const { changes } = await on.apply(apt, { autoremove: true });
  expect(changes).toEqual(["remove packages autoremove"]);
  expect(await version("bc")).not.toMatch(/^installed/);
});

test("a .deb by its path, and by its URL", async () => {
  await on.shell(
    "cd /srv && apt-get download -q bc && mv bc_*.deb bc.deb && apt-get download -q tree && mv tree_*.deb tree.deb && cat >/etc/nginx/sites-enabled/default <<'END'\nserver { listen 80; root /srv; }\nEND\nsystemctl reload nginx",
  );
  expect((await on.apply(apt, { deb: "/srv/bc.deb" })).changes).toEqual(["ensure deb /srv/bc.deb"]);
  const done = await on.apply(apt, { deb: "http://127.0.0.1/tree.deb" });
  expect(await version("tree")).toMatch(/^installed/);
  await on.undo(done);
  expect(await version("tree")).not.toMatch(/^installed/);
  await expect(on.plan(apt, { deb: "/srv/none.deb" })).rejects.toThrow(/cannot be read as a package/);
  expect(await on.shell("ls -d /tmp/tmp.* 2>/dev/null || :")).toBe("");
});

test("virtual packages and patterns", async () => {
  await on.shell(
    "apt-get install -y -q --no-install-recommends nullmailer </dev/null >/dev/null 2>&1 || DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends msmtp-mta >/dev/null 2>&1",
  );
  expect(await on.plan(apt, { name: ["mail-transport-agent"] })).toEqual([]);
  expect(await on.plan(apt, { name: ["nano*"] })).toEqual(["ensure package nano*"]);
  await on.apply(apt, { name: ["nano*"], state: "absent" });
  expect(await version("nano")).not.toMatch(/^installed/);
});
