import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { modules } from "./modules.ts";

/** Modules that no table compares with Ansible's, and why. */
const withoutTable = {
  apk: "no host of the lab has it",
  apt_key: "only refused",
  dnf: "not compared yet; lab/system/dnf.prove.ts",
  expect: "only refused",
  hosts_entry: "our own",
  reboot: "reboot.conformance.ts: it takes hosts of its own",
  systemd_service: "systemd by another name",
  sysvinit: "not compared yet; lab/system/services.prove.ts",
};

test("every module has a table of conformance, or a reason", () => {
  const names = readdirSync(join(import.meta.dirname, "../conformance/tables"), { withFileTypes: true });
  const tables = names.flatMap((each) => (each.isFile() ? [each.name.replace(/\.yml$/, "")] : []));
  // Modules of other packages may have tables there, too.
  const known = modules.map(({ name }) => String(name));
  expect(known.filter((name) => !tables.includes(name)).sort()).toEqual(Object.keys(withoutTable).sort());
});
