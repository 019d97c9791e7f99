import { readFileSync, writeFileSync } from "node:fs";
import type { Host, Lab } from "@evenkeel/lab";
import { createLab } from "@evenkeel/lab";
import { afterAll, beforeAll, expect, test } from "vitest";

import { mutations } from "../corpus/mutations.ts";
import { outcomeOf } from "../corpus/outcome-of.ts";
import type { Outcome } from "../corpus/recorded.ts";
import { readRecorded, recordedFile } from "../corpus/recorded.ts";
import { snippets } from "../corpus/snippets.ts";

/** The corpus in a real Ansible: what the unit tests hold us to is what it says today. */
let lab: Lab;
let host: Host;

beforeAll(async () => {
  lab = await createLab();
  host = await lab.addHost({ name: "ansible" });
  await host.shell("apt-get update -q && apt-get install -y -q --no-install-recommends ansible-core");
});
afterAll(() => lab.down());

test("Ansible reads the corpus as it was recorded", async () => {
  const outcomes = await ansibleLoads(snippets.map(({ text }) => text));
  const found = Object.fromEntries(snippets.map(({ name }, index) => [name, outcomes[index]]));
  expect(Object.keys(found)).toHaveLength(snippets.length);
  if (process.env.EVENKEEL_RECORD === "1") writeFileSync(recordedFile, formatted(found));
  expect(readRecorded()).toEqual(found);
});

test("of thousands of texts that are nearly right, Ansible and we make the same", async () => {
  const texts = mutations(6000).filter((text) => !differsOnPurpose.test(text));
  const outcomes = await ansibleLoads(texts);
  let [values, errors] = [0, 0];
  for (const [index, text] of texts.entries()) {
    const theirs = outcomes[index];
    const isError = theirs === undefined || "error" in theirs;
    if (isError) errors++;
    else values++;
    const ours = outcomeOf(text);
    expect("error" in ours ? "error" : ours, JSON.stringify(text)).toEqual(isError ? "error" : theirs);
  }
  expect(Math.min(values, errors)).toBeGreaterThan(1000);
});

/** Sets, characters as JSON writes them, floats as keys, and numbers that only a line break follows after !unsafe. */
const differsOnPurpose = /!!set|\\ud83d|1\.5|\?\s*:|![a-z]+ [|>][^\n]*\n\s*[\w.]+\n/;

async function ansibleLoads(texts: readonly string[]): Promise<readonly Outcome[]> {
  const script = readFileSync(new URL("../corpus/load-yaml.py", import.meta.url), "utf8");
  await host.writeFile("/root/load-yaml.py", script);
  await host.writeFile("/root/texts.json", JSON.stringify(texts));
  const { stdout } = await host.shell("PYTHONUTF8=1 python3 /root/load-yaml.py < /root/texts.json");
  return JSON.parse(stdout) as Outcome[];
}

/** One snippet a line, so that a difference between two versions of Ansible can be read. */
function formatted(found: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(found).map(([name, outcome]) => `${JSON.stringify(name)}: ${JSON.stringify(outcome)}`);
  return `{\n${lines.join(",\n")}\n}\n`;
}
