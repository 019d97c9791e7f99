import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Host } from "@evenkeel/lab";

const script = readFileSync(join(import.meta.dirname, "end-state.sh"), "utf8");

/** How a host is, a line for each thing. */
export async function stateOf(host: Host): Promise<ReadonlySet<string>> {
  const { stdout } = await host.shell(script);
  return new Set(stdout.trim().split("\n"));
}

/** What has become of a host, as lines that came and lines that went: what was there already does not matter. */
export function difference(before: ReadonlySet<string>, after: ReadonlySet<string>): readonly string[] {
  const came = [...after.difference(before)].map((line) => `+ ${line}`);
  const went = [...before.difference(after)].map((line) => `- ${line}`);
  return [...came, ...went].sort();
}
