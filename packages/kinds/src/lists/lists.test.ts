import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { getent, getentKey } from "../getent/getent.ts";
import { packageList } from "./package-list.ts";
import { serviceList } from "./service-list.ts";

const packagesIn = (text: string) => packageList.parse(Buffer.from(text), ["all"]).get("all");

test.each([
  {
    manager: "apt",
    text: "apt\ninstalled\tlibc6\t2.41\tamd64\tlibs\ninstalled\tlibc6\t2.40\ti386\tlibs\nconfig-files\tcron\t1\tamd64\tadmin\n",
    packages: {
      libc6: [
        { name: "libc6", version: "2.41", arch: "amd64", category: "libs", source: "apt" },
        { name: "libc6", version: "2.40", arch: "i386", category: "libs", source: "apt" },
      ],
    },
  },
  {
    manager: "dnf",
    text: "dnf\ninstalled\tbind\t9.16\tx86_64\t18.el9\t32\n",
    packages: {
      bind: [{ name: "bind", version: "9.16", arch: "x86_64", release: "18.el9", epoch: 32, source: "rpm" }],
    },
  },
  {
    manager: "apk",
    text: "apk\nmusl-utils-1.2.5-r0\nWARNING: x\n",
    packages: { "musl-utils": [{ name: "musl-utils", version: "1.2.5-r0", source: "apk" }] },
  },
])("packages of $manager", ({ manager, text, packages }) => expect(packagesIn(text)).toEqual({ manager, packages }));

test("a host without a package manager", () => expect(packagesIn("")).toEqual({ packages: {} }));

test("services", () => {
  expect(
    serviceList
      .parse(Buffer.from("systemd\tssh.service\trunning\tenabled\nsysv\told\tstopped\t\n"), ["all"])
      .get("all"),
  ).toEqual({
    services: {
      "ssh.service": { name: "ssh.service", state: "running", status: "enabled", source: "systemd" },
      old: { name: "old", state: "stopped", status: "", source: "sysv" },
    },
  });
});

test("lines of databases, on this machine", () => {
  const keys = [
    getentKey({ database: "passwd", key: "root" }),
    getentKey({ database: "passwd", key: "nobody-here" }),
    getentKey({ database: "nonsense" }),
  ];
  const states = getent.parse(
    execFileSync("sh", ["-c", getent.read(keys)], { stdio: ["ignore", "pipe", "ignore"] }),
    keys,
  );
  expect([...states.values()]).toEqual([
    { state: "present", lines: [expect.stringMatching(/^root:x:0:0:/)] },
    { state: "absent", because: "no-key" },
    { state: "absent", because: "no-database" },
  ]);
});

test("what is asked is a script that a shell takes", () => {
  for (const script of [
    packageList.read(["all"]),
    serviceList.read(["all"]),
    getent.read([getentKey({ database: "hosts", key: "it's", service: "files" })]),
  ])
    execFileSync("sh", ["-n", "-c", script]);
  expect(() => getentKey({ database: "-x" })).toThrow(expect.objectContaining({ code: "getent/database" }));
});
