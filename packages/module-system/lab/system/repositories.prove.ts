import { Secret } from "@evenkeel/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { getent } from "../../src/facts/getent.ts";
import { packageFacts } from "../../src/facts/package-facts.ts";
import { serviceFacts } from "../../src/facts/service-facts.ts";
import { apt } from "../../src/packages/apt.ts";
import { debconf } from "../../src/packages/debconf.ts";
import { dpkgSelections } from "../../src/packages/dpkg-selections.ts";
import { aptRepository } from "../../src/repositories/apt-repository.ts";
import { deb822Repository } from "../../src/repositories/deb822-repository.ts";
import { HostUnderTest } from "./host-under-test.ts";

/** A package archive of the host's own: signed, with two versions of a package that has a service. */
let on: HostUnderTest;
beforeAll(async () => {
  on = await HostUnderTest.boot();
  await on.shell(`set -e
export DEBIAN_FRONTEND=noninteractive
apt-get update -q >/dev/null
apt-get install -y -q --no-install-recommends nginx-light gnupg apt-utils curl >/dev/null 2>&1
mkdir -p /srv/shop/pool /root/build; cd /root/build
for version in 1.0 2.0; do
  mkdir -p shop-$version/DEBIAN shop-$version/usr/lib/systemd/system
  printf 'Package: shop\\nVersion: %s\\nArchitecture: all\\nMaintainer: x <x@example.org>\\nDescription: x\\n' $version >shop-$version/DEBIAN/control
  printf '[Service]\\nExecStart=/bin/sleep infinity\\n[Install]\\nWantedBy=multi-user.target\\n' >shop-$version/usr/lib/systemd/system/shop.service
  cat >shop-$version/DEBIAN/postinst <<'END'
#!/bin/sh
set -e
if deb-systemd-helper --quiet was-enabled shop.service; then deb-systemd-helper enable shop.service >/dev/null; fi
systemctl --system daemon-reload
if [ -n "$2" ]; then deb-systemd-invoke restart shop.service >/dev/null || true; else deb-systemd-invoke start shop.service >/dev/null || true; fi
END
  cat >shop-$version/DEBIAN/prerm <<'END'
#!/bin/sh
set -e
if [ "$1" = remove ]; then deb-systemd-invoke stop shop.service >/dev/null || true; fi
END
  chmod 755 shop-$version/DEBIAN/p*
  dpkg-deb --root-owner-group -b shop-$version >/dev/null
done
gpg --batch --quiet --passphrase '' --quick-gen-key shop@example.org default default never 2>/dev/null
cat >/root/publish <<'END'
set -e
cd /srv/shop; cp /root/build/shop-$1.deb pool/
apt-ftparchive packages pool >Packages
apt-ftparchive -o APT::FTPArchive::Release::Suite=stable release . >/tmp/Release && mv /tmp/Release Release
rm -f InRelease; gpg --batch --yes --clearsign -o InRelease Release 2>/dev/null
END
sh /root/publish 1.0
gpg --armor --export shop@example.org >/srv/shop/key.asc; gpg --export shop@example.org >/srv/shop/key.gpg
printf 'server { listen 80; root /srv; autoindex on; }\\n' >/etc/nginx/sites-enabled/default; systemctl restart nginx`);
});
afterAll(() => on[Symbol.asyncDispose]());

const repository = {
  name: "Shop Stable",
  uris: ["http://127.0.0.1/shop"],
  suites: ["./"],
  signed_by: "http://127.0.0.1/shop/key.gpg",
};
const shop = () =>
  on
    .shell("dpkg-query -W -f='${Version}' shop 2>/dev/null || :; echo; systemctl is-active shop || :")
    .then((text) => text.trim().replace("\n", " "));

test("a repository with a key that is fetched, as Ansible would write it", async () => {
  const done = await on.apply(deb822Repository, repository);
  expect(done.changes).toEqual([
    "ensure apt-key /etc/apt/keyrings/shop-stable.gpg",
    "ensure file /etc/apt/sources.list.d/shop-stable.sources",
  ]);
  expect(await on.shell("cat /etc/apt/sources.list.d/shop-stable.sources; stat -c %a /etc/apt/keyrings/*")).toBe(
    "X-Repolib-Name: Shop Stable\nSigned-By: /etc/apt/keyrings/shop-stable.gpg\nSuites: ./\nTypes: deb\nURIs: http://127.0.0.1/shop\n644\n",
  );
  await on.apply(apt, { update_cache: true });
  expect(await on.shell("apt-cache policy shop")).toContain("Candidate: 1.0");
});

test("a key is kept in the form that its name says", async () => {
  const text = "http://127.0.0.1/shop/key.asc";
  await on.apply(deb822Repository, { ...repository, name: "as text", signed_by: text });
  expect(
    await on.shell(
      "apt-get update 2>&1 | grep -ci 'warn\\|err\\|not signed' || :; head -n 1 /etc/apt/keyrings/as-text.asc",
    ),
  ).toBe("0\n-----BEGIN PGP PUBLIC KEY BLOCK-----\n");
  await on.apply(deb822Repository, { ...repository, name: "as text", state: "absent" });
  expect(await on.shell("ls /etc/apt/keyrings /etc/apt/sources.list.d")).not.toContain("as-text");
});

test("what a package brings starts at the end of the play, and what runs is restarted once by an upgrade", async () => {
  const installed = await on.apply(apt, { name: ["shop"] });
  expect(await shop()).toBe("1.0 inactive");
  await on.finish(installed);
  expect(await shop()).toBe("1.0 active");
  const pid = () => on.shell("systemctl show -p MainPID --value shop");
  const before = await pid();
  await on.shell("sh /root/publish 2.0 && apt-get update -q >/dev/null");
  const upgraded = await on.apply(apt, { name: ["shop"], state: "latest" });
  expect(upgraded.made).toMatchObject([
    { interrupts: "restart", before: { version: "1.0", running: ["shop.service"] }, after: { version: "2.0" } },
  ]);
  expect(await pid()).toBe(before);
  await on.finish(upgraded);
  expect(await pid()).not.toBe(before);
  expect(await shop()).toBe("2.0 active");
});

test("going back takes leave; what is held stays; removal stops what runs", async () => {
  await expect(on.apply(apt, { name: ["shop=1.*"] })).rejects.toThrow(/downgrade/i);
  await on.apply(apt, { name: ["shop=1.*"], allow_downgrade: true });
  const held = await on.apply(dpkgSelections, { name: "shop", selection: "hold" });
  expect(await on.plan(apt, { name: ["shop=1.*"] })).toEqual([]);
  expect(await on.plan(apt, { upgrade: "dist" })).toEqual([]);
  await on.undo(held);
  expect(await on.plan(apt, { upgrade: "dist" })).toEqual(["ensure packages dist-upgrade"]);
  await on.finish(await on.apply(apt, { upgrade: "dist" }));
  expect(await shop()).toBe("2.0 active");
  await on.apply(apt, { name: ["shop"], state: "absent", purge: true });
  expect(await on.shell("systemctl is-active shop || :")).toBe("inactive\n");
});

test("a policy of the task's own lets services start at once", async () => {
  await on.apply(apt, { name: ["shop"], policy_rc_d: 0 });
  expect(await shop()).toBe("2.0 active");
  expect(await on.shell("ls /usr/sbin/policy-rc.d 2>&1 || :")).toMatch(/No such file/);
});

test("a line of a .list file, and all places that it is in", async () => {
  const line = "deb [signed-by=/etc/apt/keyrings/shop-stable.gpg] http://127.0.0.1/shop ./";
  const done = await on.apply(aptRepository, { repo: line });
  expect(done.changes).toEqual(["ensure file /etc/apt/sources.list.d/127_0_0_1_shop.list", "run package-lists apt"]);
  expect(done.result).toMatchObject({ sources_added: ["/etc/apt/sources.list.d/127_0_0_1_shop.list"], source: line });
  expect(await on.plan(aptRepository, { repo: `  ${line.replace(" ./", "   ./")} # mine`, filename: "other" })).toEqual(
    [],
  );
  await on.apply(aptRepository, { repo: line, state: "absent", update_cache: false });
  expect(await on.shell("ls /etc/apt/sources.list.d/127* 2>&1 || :")).toMatch(/No such file/);
});

test("answers to debconf's questions, and passwords among them", async () => {
  const tree = () => on.shell("find /var/cache/debconf -printf '%p %T@ %s\\n' | sort");
  const before = await tree();
  const params = { name: "tzdata", question: "tzdata/Areas", vtype: "select", value: "Europe" };
  expect(await on.plan(debconf, params)).toEqual(["ensure debconf tzdata/Areas"]);
  expect(await tree()).toBe(before);
  const done = await on.apply(debconf, params);
  expect(done.result.current).toEqual({ "tzdata/Areas": "Europe" });
  await on.undo(done);
  expect(await on.plan(debconf, params)).toEqual(["ensure debconf tzdata/Areas"]);
  const secret = await on.apply(debconf, {
    name: "shop",
    question: "shop/password",
    vtype: "password",
    value: new Secret("hunter2"),
  });
  expect(JSON.stringify(secret)).not.toContain("hunter2");
});

test("lists of services and packages, and lines of databases", async () => {
  const { result: services } = await on.apply(serviceFacts, {});
  expect(services).toMatchObject({
    ansible_facts: { services: { "nginx.service": { state: "running", status: "enabled", source: "systemd" } } },
  });
  const { result: packages } = await on.apply(packageFacts, {});
  expect(packages).toMatchObject({
    ansible_facts: { packages: { shop: [{ version: "2.0", arch: "all", source: "apt" }] } },
  });
  const { result: root } = await on.apply(getent, { database: "passwd", key: "root" });
  expect(root).toEqual({ ansible_facts: { getent_passwd: { root: ["x", "0", "0", "root", "/root", "/bin/bash"] } } });
  await expect(on.apply(getent, { database: "passwd", key: "nobody-here" })).rejects.toThrow(/could not be found/);
});
