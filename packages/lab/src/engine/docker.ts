import { runCommand } from "../machine/run-command.ts";
import { Engine } from "./engine.ts";

/** Docker, if an engine answers behind its command, for this user or through sudo. */
export async function findDocker(privilege: readonly string[] | undefined): Promise<Engine | undefined> {
  for (const prefix of privilege && privilege.length > 0 ? [[], privilege] : [[]]) {
    const command = [...prefix, "docker"];
    const ask = [...command, "info", "--format={{.ServerVersion}}"];
    const info = await runCommand(ask, { check: false, timeoutSeconds: 10 });
    if (info.code === 0 && info.stdout.trim() !== "") return new Engine({ kind: "docker", command, privilege });
  }
  return undefined;
}
