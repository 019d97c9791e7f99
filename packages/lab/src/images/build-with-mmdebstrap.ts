import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { LabUnavailable } from "../lab-unavailable.ts";
import { withBuildDirectory } from "../machine/build-directory.ts";
import { installPackages, missingPackages } from "../machine/packages.ts";
import { runCommand } from "../machine/run-command.ts";
import { readAptSettings } from "./apt-settings.ts";
import type { AptSource } from "./apt-sources.ts";
import { readMachineSources, renderSources, sourcesFor } from "./apt-sources.ts";
import type { Build } from "./build.ts";
import { imageLabels } from "./build.ts";
import { insideDirectory } from "./debian-scripts.ts";
import type { DebianSuite } from "./suites.ts";
import { writeScripts } from "./write-scripts.ts";

/** Makes the image from the packages that this machine itself is made of, with its apt, its settings and its keys. */
export async function buildWithMmdebstrap(build: Build, suite: DebianSuite): Promise<void> {
  const { engine, recipe, reference, onProgress } = build;
  const sources = machineSources(suite);
  if (!engine.privilege)
    throw noSource(suite, "a registry does not answer, and making an image without one needs root.");
  const privilege = engine.privilege;
  const tools = (await missingPackages(["mmdebstrap"])) ?? [];
  if (tools.length > 0) await installPackages(privilege, tools, onProgress);
  await withBuildDirectory(privilege, async (directory) => {
    writeScripts(directory);
    writeFileSync(join(directory, "machine.sources"), renderSources(sources));
    writeFileSync(join(directory, "apt.conf"), await aptConfiguration());
    const say = (line: string) => stages.test(line) && onProgress(`  ${line.slice(3)}`);
    const argv = mmdebstrapCommand({ directory, suite, packages: recipe.packages, sources });
    await runCommand([...privilege, ...argv], { onLine: say, running: engine.running });
    const changes = [...imageLabels(recipe).map((label) => `LABEL ${label}`), 'CMD ["/sbin/init"]'];
    await engine.run([
      "import",
      ...changes.flatMap((change) => ["--change", change]),
      join(directory, "root.tar"),
      reference,
    ]);
  });
}

// Of all that it says, what takes time.
const stages = /^I: (running apt-get|downloading|extracting|installing|creating)/;

function machineSources(suite: DebianSuite): AptSource[] {
  const codename = /^VERSION_CODENAME=(.*)$/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? "";
  const sources = sourcesFor(suite, readMachineSources(), codename);
  if (sources.length === 0)
    throw noSource(suite, "a registry does not answer, and this machine has no Debian package source.");
  return sources;
}

function noSource(suite: DebianSuite, missing: string): LabUnavailable {
  return new LabUnavailable(
    "no-image-source",
    missing,
    `docker pull debian:${suite}-slim   (shows why; podman pull does as well)`,
  );
}

async function aptConfiguration(): Promise<string> {
  return `${await readAptSettings()}Acquire::GzipIndexes "true";\nAcquire::Languages "none";\nAPT::Install-Recommends "false";\n`;
}

type Bootstrap = { directory: string; suite: DebianSuite; packages: readonly string[]; sources: readonly AptSource[] };

export function mmdebstrapCommand({ directory, suite, packages, sources }: Bootstrap): string[] {
  const hook = (command: string) => `--customize-hook=${command}`;
  return [
    // Should this process be killed, mmdebstrap is told, and takes its half-made system away.
    ...["setpriv", "--pdeathsig", "TERM"],
    // With mounts of its own: some versions make all of the machine's private, and then no host's network lasts.
    ...["unshare", "--mount", "--propagation", "private", "env", `TMPDIR=${directory}`, "mmdebstrap"],
    ...["--mode=root", "--variant=minbase", `--include=${packages.join(",")}`, "--skip=cleanup/apt/lists"],
    `--aptopt=${directory}/apt.conf`,
    ...["doc", "man", "info", "locale"].map((name) => `--dpkgopt=path-exclude=/usr/share/${name}/*`),
    ...keysOf(sources).map((file) => hook(`copy-in ${file} ${dirname(file)}`)),
    ...ownCertificates().map((file) => hook(`copy-in ${file} ${dirname(file)}`)),
    hook(`cp -rT ${directory}/scripts "$1${insideDirectory}"`),
    hook(`chroot "$1" sh < ${directory}/prepare.sh`),
    hook('chroot "$1" update-ca-certificates'),
    ...[suite, `${directory}/root.tar`, `${directory}/machine.sources`],
  ];
}

/** Keys that Debian's own keyring package will not bring. */
function keysOf(sources: readonly AptSource[]): string[] {
  const files = sources.flatMap(({ signedBy }) => (signedBy?.startsWith("/") ? [signedBy] : []));
  return [...new Set(files)].filter((file) => !file.startsWith("/usr/share/keyrings/debian-archive-"));
}

/** Authorities that the machine trusts beyond the usual ones: its mirror or proxy may need them. */
function ownCertificates(root = "/usr/local/share/ca-certificates"): string[] {
  return readdirSync(root)
    .filter((name) => name.endsWith(".crt"))
    .map((name) => join(root, name));
}
