import { existsSync } from "node:fs";
import { LabUnavailable } from "../lab-unavailable.ts";
import { runCommand } from "./run-command.ts";

/** Which of these Debian packages the machine lacks; undefined when it is no Debian. */
export async function missingPackages(wanted: readonly string[]): Promise<string[] | undefined> {
  if (!existsSync("/usr/bin/apt-get")) return undefined;
  const format = "--showformat=${Package} ${db:Status-Status}\n";
  const query = await runCommand(["dpkg-query", "--show", format, ...wanted], { check: false });
  return missingIn(query.stdout, wanted);
}

/** Pure half of missingPackages: dpkg has no line for a package that it never met. */
export function missingIn(installed: string, wanted: readonly string[]): string[] {
  const lines = new Set(installed.split("\n"));
  return wanted.filter((name) => !lines.has(`${name} installed`));
}

export const installCommand = (names: readonly string[]): string =>
  `${process.getuid?.() === 0 ? "" : "sudo "}apt-get install -y --no-install-recommends ${names.join(" ")}`;

export async function installPackages(
  privilege: readonly string[],
  names: readonly string[],
  onProgress: (line: string) => void = () => undefined,
): Promise<void> {
  onProgress(`installing ${names.join(" ")} (once a machine)`);
  const apt = [...privilege, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"];
  const commands = [
    [...apt, "update"],
    [...apt, "install", "-y", "--no-install-recommends", ...names],
  ];
  for (const argv of commands) {
    const result = await runCommand(argv, { check: false });
    if (result.code === 0) continue;
    const said = (result.stderr.trim() || result.stdout.trim()).split("\n").slice(-5).join("\n");
    throw new LabUnavailable(
      "install-failed",
      `apt-get could not install ${names.join(" ")}\n${said}`,
      installCommand(names),
    );
  }
}
