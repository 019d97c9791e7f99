import { runCommand } from "../machine/run-command.ts";

// How the machine reaches its packages; all else in its settings is its own affair.
const carried =
  /^Acquire::(Check-Valid-Until|Check-Date|Max-FutureTime|Retries|ForceIPv[46]|https?::(Proxy|Timeout|Pipeline-Depth)\b\S*) ".+";$/;

/** The machine's apt settings that a host needs as well, as lines of an apt.conf; none where there is no apt. */
export async function readAptSettings(): Promise<string> {
  const dump = await runCommand(["apt-config", "dump"], { check: false });
  return carriedSettings(dump.stdout);
}

export function carriedSettings(dump: string): string {
  const lines = dump.split("\n").filter((line) => carried.test(line));
  return lines.map((line) => `${line}\n`).join("");
}
