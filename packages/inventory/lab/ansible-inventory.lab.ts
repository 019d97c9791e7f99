import { readFileSync, writeFileSync } from "node:fs";
import type { Host, Lab } from "@evenkeel/lab";
import { createLab } from "@evenkeel/lab";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Case } from "../corpus/cases.ts";
import { cases, sourcesOf } from "../corpus/cases.ts";
import { patternHosts, patterns, readRecordedPatterns, recordedPatternsFile } from "../corpus/patterns.ts";
import type { Recording } from "../corpus/recorded.ts";
import { readRecorded, recordedFile } from "../corpus/recorded.ts";

/** The corpus in a real ansible-inventory: what the unit tests hold us to is what it prints today. */
let lab: Lab;
let host: Host;

beforeAll(async () => {
  lab = await createLab();
  host = await lab.addHost({ name: "ansible" });
  await host.shell("apt-get update -q && apt-get install -y -q --no-install-recommends ansible-core");
});
afterAll(() => lab.down());

interface Printed {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

test("ansible-inventory prints what was recorded", { timeout: 400_000 }, async () => {
  const script = readFileSync(new URL("../corpus/run-inventories.py", import.meta.url));
  await host.writeFile("/root/run-inventories.py", script);
  const asked = cases.map((each) => ({ files: each.files, runs: runsOf(each) }));
  await host.writeFile("/root/asked.json", JSON.stringify(asked));
  const { stdout } = await host.shell(
    "PYTHONUTF8=1 ANSIBLE_DEPRECATION_WARNINGS=0 python3 /root/run-inventories.py < /root/asked.json",
  );
  const printed = (JSON.parse(stdout) as Printed[]).values();
  const found = Object.fromEntries(cases.map((each) => [each.name, recordingOf(each, printed)]));
  if (process.env.EVENKEEL_RECORD === "1") writeFileSync(recordedFile, `${JSON.stringify(found, null, 2)}\n`);
  expect(readRecorded()).toEqual(found);
});

test("Ansible finds the hosts of patterns that were recorded", async () => {
  await host.writeFile("/root/list-hosts.py", readFileSync(new URL("../corpus/list-hosts.py", import.meta.url)));
  await host.writeFile("/root/hosts.ini", patternHosts);
  await host.writeFile("/root/patterns.json", JSON.stringify({ file: "/root/hosts.ini", patterns }));
  const { stdout } = await host.shell("PYTHONUTF8=1 python3 /root/list-hosts.py < /root/patterns.json");
  const found = JSON.parse(stdout) as Record<string, readonly string[] | null>;
  if (process.env.EVENKEEL_RECORD === "1") writeFileSync(recordedPatternsFile, `${JSON.stringify(found, null, 2)}\n`);
  expect(readRecordedPatterns()).toEqual(found);
});

function runsOf(each: Case): string[][] {
  const { limit, playbookDirectory, hosts = [] } = each;
  const common = [
    ...sourcesOf(each).flatMap((source) => ["-i", source]),
    ...(playbookDirectory ? ["--playbook-dir", playbookDirectory] : []),
  ];
  const limited = [...common, ...(limit ? ["-l", limit] : [])];
  return [
    [...limited, "--list"],
    [...limited, "--list", "--export"],
    [...limited, "--list", "--yaml"],
    [...common, "--graph"],
    ...hosts.map((name) => [...common, "--host", name]),
  ];
}

function recordingOf({ name, hosts = [] }: Case, printed: Iterator<Printed>): Recording {
  const next = () => {
    const { status, stdout, stderr } = printed.next().value as Printed;
    expect(status, `${name}: ${stderr}`).toBe(0);
    return stdout;
  };
  const [list, exported, yaml, graph] = [next(), next(), next(), next()];
  return { list, export: exported, yaml, graph, hosts: Object.fromEntries(hosts.map((each) => [each, next()])) };
}
