import { expect, test } from "vitest";
import { parsePackages } from "./parse-packages.ts";

const parse = (text: string, names: readonly string[]) => Object.fromEntries(parsePackages(Buffer.from(text), names));

/** As printed on trixie. */
const apt = `apt
installed dpkg amd64 install 1.22.21
installed libc6 amd64 install 2.41-12+deb13u1
installed libc6 i386 install 2.41-12
config-files cron amd64 deinstall 3.0pl1-197
installed sudo amd64 hold 1.9.16p2-3
installed php8.4-cli amd64 install 8.4.1

Package: libc6
Architecture: amd64
Auto-Installed: 1

installed exim4-daemon-light 4.98 mail-transport-agent, default-mta (= 1)

php8.4-cli
php8.4-fpm

nginx:
  Installed: (none)
  Candidate: 1.26.3-3+deb13u10
  Version table:
     1.26.3-3+deb13u10 500
        500 http://deb.debian.org/debian trixie/main amd64 Packages
mail-transport-agent:
  Installed: (none)
  Candidate: (none)
  Version table:
cron:
  Installed: (none)
  Candidate: 3.0pl1-197
  Version table:
     3.0pl1-197 500
        100 /var/lib/dpkg/status
libc6:
  Installed: 2.41-12+deb13u1
  Candidate: 2.41-12+deb13u2
  Version table:
     2.41-12+deb13u2 500
 *** 2.41-12+deb13u1 100

sudo.list:/usr/lib/systemd/system/sudo.service
libc6:amd64.list:/usr/lib/systemd/system/libc.service
inactive
active
`;

test("what dpkg, apt-cache and systemctl print is read", () => {
  const names = [
    "libc6",
    "libc6:i386",
    "sudo",
    "nginx",
    "mail-transport-agent",
    "cron",
    "no-such-package",
    "php*",
    "ruby*",
  ];
  expect(parse(apt, names)).toEqual({
    libc6: {
      ...{ state: "installed", manager: "apt", version: "2.41-12+deb13u1", candidate: "2.41-12+deb13u2" },
      ...{ versions: ["2.41-12+deb13u2", "2.41-12+deb13u1"], isAutomatic: true, running: ["libc.service"] },
    },
    "libc6:i386": expect.objectContaining({ state: "installed", version: "2.41-12" }),
    sudo: { state: "installed", manager: "apt", version: "1.9.16p2-3", isHeld: true },
    nginx: { state: "absent", manager: "apt", candidate: "1.26.3-3+deb13u10", versions: ["1.26.3-3+deb13u10"] },
    "mail-transport-agent": { state: "installed", manager: "apt", provider: "exim4-daemon-light" },
    cron: {
      state: "absent",
      manager: "apt",
      candidate: "3.0pl1-197",
      versions: ["3.0pl1-197"],
      hasConfiguration: true,
    },
    "no-such-package": { state: "absent", manager: "apt" },
    "php*": { state: "installed", manager: "apt", missing: ["php8.4-fpm"] },
    "ruby*": { state: "absent", manager: "apt" },
  });
});

test("nothing missing: the sections are empty", () => {
  const text = "apt\ninstalled dpkg amd64 install 1\ninstalled a all install 2\n\n\n\n\n\n";
  expect(parse(text, ["a"])).toEqual({ a: { state: "installed", manager: "apt", version: "2" } });
});

test("what rpm and dnf print is read", () => {
  const text = `dnf
installed httpd x86_64 0:2.4.62-1.el9
provided webserver httpd 0:2.4.62-1.el9

bind x86_64 32:9.16.23-18.el9
httpd x86_64 0:2.4.63-1.el9
`;
  expect(parse(text, ["httpd", "httpd-2.4.62", "webserver", "bind", "none"])).toEqual({
    httpd: {
      state: "installed",
      manager: "dnf",
      version: "2.4.62-1.el9",
      candidate: "2.4.63-1.el9",
      versions: ["2.4.63-1.el9"],
    },
    "httpd-2.4.62": { state: "installed", manager: "dnf", version: "2.4.62-1.el9" },
    webserver: { state: "installed", manager: "dnf", provider: "httpd", version: "2.4.62-1.el9" },
    bind: { state: "absent", manager: "dnf", candidate: "32:9.16.23-18.el9", versions: ["32:9.16.23-18.el9"] },
    none: { state: "absent", manager: "dnf" },
  });
});

test("what apk prints is read: oldest first, and what is behind a tag is not offered", () => {
  const text = `apk
vlc policy:
  2.2.6-r1:
    lib/apk/db/installed
    http://mirror/alpine/v3.7/community
    etc/apk/cache
  2.2.8-r0:
    http://mirror/alpine/v3.7/community
  3.0.0_rc2-r1:
    @testing http://mirror/alpine/edge/testing
nginx policy:
  1.24.0-r15:
    http://mirror/alpine/v3.7/main
`;
  expect(parse(text, ["vlc", "nginx", "none"])).toEqual({
    vlc: {
      state: "installed",
      manager: "apk",
      version: "2.2.6-r1",
      candidate: "2.2.8-r0",
      versions: ["2.2.8-r0", "2.2.6-r1"],
    },
    nginx: { state: "absent", manager: "apk", candidate: "1.24.0-r15", versions: ["1.24.0-r15"] },
    none: { state: "absent", manager: "apk" },
  });
});

test("a host without any has nothing", () => expect(parse("none\n", ["a"])).toEqual({ a: { state: "absent" } }));
