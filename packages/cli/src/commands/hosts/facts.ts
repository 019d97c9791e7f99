import { styleText } from "node:util";
import type { Answers, HostPort } from "@evenkeel/core";
import { facts as kind } from "@evenkeel/kinds";
import { setup } from "@evenkeel/module-system";
import type { HostOptions } from "../project/options.ts";
import { printable } from "../run/printable.ts";
import { onHosts } from "./on-hosts.ts";

/** What `setup` would find, shown instead of kept. */
export async function facts(pattern: string, names: readonly string[], options: HostOptions): Promise<void> {
  await onHosts(pattern, options, async (host, port, say) => {
    const found = await gather(port, names);
    if (options.json) say(`${JSON.stringify({ type: "facts", host, facts: found })}\n`);
    else say(`${styleText("bold", host)}\n${tableOf(found)}`);
    return true;
  });
}

async function gather(port: HostPort, names: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const params = {
    gather_subset: ["all"],
    filter: [...names],
    fact_path: "/etc/ansible/facts.d",
    gather_timeout: 10,
  };
  const { subsets } = setup.observe(params);
  const keys = subsets.map(({ key }) => key);
  const via = { factPath: params.fact_path };
  const [answer] = await port.exchange([{ script: kind.read(keys, via) }]);
  const states = kind.parse(answer?.stdout ?? new Uint8Array(), keys, via);
  const observed = subsets.map((query) => ({ ...query, state: states.get(query.key) }));
  const before = { subsets: observed } as unknown as Answers<ReturnType<typeof setup.observe>>;
  const result = setup.result?.({ before, after: before, changes: [], outputs: [] }, params) as {
    readonly ansible_facts: Readonly<Record<string, unknown>>;
  };
  const { gather_subset: _, module_setup: __, ...found } = result.ansible_facts;
  return found;
}

function tableOf(found: Readonly<Record<string, unknown>>): string {
  const width = Math.max(0, ...Object.keys(found).map((name) => name.length));
  return Object.keys(found)
    .toSorted()
    .map((name) => `  ${name.padEnd(width)}  ${printable(textOf(found[name]))}\n`)
    .join("");
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
