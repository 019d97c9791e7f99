import { afterAll, beforeAll, expect, test } from "vitest";
import { dnf } from "../../src/packages/dnf.ts";
import { packageModule } from "../../src/packages/package.ts";
import { HostUnderTest } from "./host-under-test.ts";

/** dnf and rpm, which Debian has as well, over a repository of two packages in two versions. dpkg is hidden from us. */
let on: HostUnderTest;
beforeAll(async () => {
  on = await HostUnderTest.boot();
  await on.shell(`set -e
export DEBIAN_FRONTEND=noninteractive
apt-get update -q >/dev/null
apt-get install -y -q --no-install-recommends dnf rpm createrepo-c >/dev/null 2>&1
mkdir -p /root/build /srv/repo; cd /root/build
for name in shop shop-doc; do for version in 1.0 2.0; do
  cat >$name.spec <<END
Name: $name
Version: $version
Release: 1
Summary: x
License: x
BuildArch: noarch
Provides: webshop-$name
%description
x
%install
mkdir -p %{buildroot}/usr/share/$name
echo $version >%{buildroot}/usr/share/$name/version
%files
/usr/share/$name
END
  rpmbuild -bb --quiet --define '_rpmdir /root/rpms' $name.spec >/dev/null 2>&1
done; done
cp /root/rpms/noarch/*-1.0-1.noarch.rpm /srv/repo/; createrepo_c -q /srv/repo
mkdir -p /etc/yum.repos.d; printf '[shop]\\nname=shop\\nbaseurl=file:///srv/repo\\ngpgcheck=0\\n' >/etc/yum.repos.d/shop.repo
dnf -q -y makecache
mkdir /opt/hidden; mv /usr/bin/dpkg-query /opt/hidden/`);
});
afterAll(() => on[Symbol.asyncDispose]());

const version = (name: string) =>
  on.shell(`cat /usr/share/${name}/version 2>/dev/null || :`).then((text) => text.trim());

test("installed, and back", async () => {
  const done = await on.apply(dnf, { name: ["shop", "shop-doc"], state: "present" });
  expect(done.made).toMatchObject([{ key: "shop", after: { version: "1.0-1" } }, { key: "shop-doc" }]);
  expect(done.result).toMatchObject({ rc: 0, results: ["Installed: shop", "Installed: shop-doc"] });
  expect(await version("shop")).toBe("1.0");
  expect(await on.plan(packageModule, { name: ["shop"] })).toEqual([]);
  expect(await on.plan(packageModule, { name: ["webshop-shop"] })).toEqual([]);
  await on.undo(done);
  expect(await version("shop")).toBe("");
});

test("the newest, as far as the metadata goes; newer metadata is fetched when asked", async () => {
  await on.apply(dnf, { name: ["shop"], state: "present" });
  await on.shell("cp /root/rpms/noarch/*-2.0-1.noarch.rpm /srv/repo/; createrepo_c -q /srv/repo");
  expect(await on.plan(dnf, { name: ["shop"], state: "latest" })).toEqual([]);
  await on.apply(dnf, { update_cache: true, name: ["shop"], state: "present" });
  const upgraded = await on.apply(dnf, { name: ["shop"], state: "latest" });
  expect(upgraded.made).toMatchObject([
    { interrupts: "restart", before: { version: "1.0-1" }, after: { version: "2.0-1" } },
  ]);
  expect(await version("shop")).toBe("2.0");
});

test("a version by name, everything upgraded, what is not wanted removed", async () => {
  await on.apply(dnf, { name: ["shop-doc-1.0"], state: "present" });
  expect(await version("shop-doc")).toBe("1.0");
  expect(await on.plan(dnf, { name: ["*"], state: "latest" })).toEqual(["ensure packages upgrade"]);
  await on.apply(dnf, { name: ["*"], state: "latest" });
  expect(await version("shop-doc")).toBe("2.0");
  await on.apply(dnf, { name: ["shop", "shop-doc"], state: "absent" });
  expect(await on.shell("rpm -q shop || :")).toBe("package shop is not installed\n");
});

test("asking writes nothing", async () => {
  const tree = () =>
    on.shell(
      "find /var/lib/rpm /var/lib/dnf /var/cache/dnf /etc/yum.repos.d -type f ! -name '*.solv*' ! -name '*.lock' ! -name '*-shm' ! -name '*-wal' -printf '%p %s\\n' 2>/dev/null | sort | sha256sum",
    );
  const before = await tree();
  await on.plan(dnf, { name: ["shop", "nonsense"], state: "latest" });
  expect(await tree()).toBe(before);
});
