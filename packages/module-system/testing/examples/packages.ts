import { apk } from "../../src/packages/apk.ts";
import { apt } from "../../src/packages/apt.ts";
import { debconf } from "../../src/packages/debconf.ts";
import { dnf } from "../../src/packages/dnf.ts";
import { dpkgSelections } from "../../src/packages/dpkg-selections.ts";
import { packageModule } from "../../src/packages/package.ts";
import { aptRepository } from "../../src/repositories/apt-repository.ts";
import { deb822Repository } from "../../src/repositories/deb822-repository.ts";
import type { ModuleExample } from "./module-example.ts";

const without = "export DEBIAN_FRONTEND=noninteractive; apt-get purge -y -q nano >/dev/null 2>&1; true";
const withNano = "export DEBIAN_FRONTEND=noninteractive; apt-get install -y -q nano >/dev/null 2>&1";

/** Packages, and where they come from. The host has bc and debconf's tools. */
export const packageExamples: readonly ModuleExample[] = [
  {
    module: apk,
    name: "a package",
    params: { name: ["nano"] },
    isForNoHost: true,
    states: [{ state: "absent", manager: "apk" }],
  },
  { module: apt, name: "a package", params: { name: ["nano"], install_recommends: false }, reset: without },
  { module: apt, name: "gone", params: { name: ["nano"], state: "absent", purge: true }, reset: withNano },
  {
    module: dnf,
    name: "a package",
    params: { name: ["nano"], state: "present" },
    isForNoHost: true,
    states: [{ state: "absent", manager: "dnf" }],
  },
  { module: packageModule, name: "whatever the manager", params: { name: ["nano"], state: "present" }, reset: without },
  {
    module: debconf,
    name: "an answer",
    params: { name: "tzdata", question: "tzdata/Areas", vtype: "select", value: "Europe" },
    reset: "echo 'tzdata tzdata/Areas select Etc' | debconf-set-selections",
  },
  {
    module: dpkgSelections,
    name: "held",
    params: { name: "bc", selection: "hold" },
    reset: "echo bc install | dpkg --set-selections",
  },
  {
    module: aptRepository,
    name: "a line",
    params: { repo: "deb [trusted=yes] http://127.0.0.1:8080/debian ./", filename: "law", update_cache: false },
    reset: "rm -f /etc/apt/sources.list.d/law*",
  },
  {
    module: deb822Repository,
    name: "a source",
    params: { name: "law", uris: ["http://127.0.0.1:8080/debian"], suites: ["./"], trusted: true },
    reset: "rm -f /etc/apt/sources.list.d/law*",
  },
];
