import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readYaml } from "@evenkeel/yaml";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Case } from "../../corpus/cases.ts";
import { cases, sourcesOf } from "../../corpus/cases.ts";
import { readRecorded } from "../../corpus/recorded.ts";
import { writeCase } from "../../corpus/write-case.ts";
import type { Inventory } from "../index.ts";
import { readInventory } from "../index.ts";
import { describeInventory } from "./describe-inventory.ts";
import { graphInventory } from "./graph-inventory.ts";
import { listHost, listInventory } from "./listing.ts";
import { printJson } from "./print-json.ts";

const recorded = readRecorded();
let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "evenkeel-inventory-"));
  for (const [index, each] of cases.entries()) writeCase(each, join(root, String(index)));
});
afterAll(() => rmSync(root, { recursive: true }));

test("there are enough cases, and all were recorded", () => {
  expect(cases.length).toBeGreaterThanOrEqual(25);
  expect(Object.keys(recorded)).toEqual(cases.map(({ name }) => name));
});

test.each(cases)("$name", async (each) => {
  const recording = recorded[each.name];
  if (recording === undefined) throw new Error("not recorded");
  const { list, export: exported, yaml, graph, hosts } = recording;
  const inventory = await read(each);
  const { limit } = each;
  expect(harmless(`${printJson(listInventory(inventory, { limit }))}\n`)).toBe(harmless(list));
  expect(harmless(`${printJson(listInventory(inventory, { limit, isExport: true }))}\n`)).toBe(harmless(exported));
  expect(`${graphInventory(inventory, inventory.roster.all)}\n`).toBe(graph);
  expect(readBack(await describeInventory(inventory, { ask: "list", format: "yaml", limit }))).toEqual(readBack(yaml));
  for (const [host, printed] of Object.entries(hosts))
    expect(`${printJson(listHost(inventory, host))}\n`).toBe(printed);
});

/** Ansible writes values that hosts share as aliases, and names of variables that are no texts as what they are. */
function readBack(yaml: string): unknown {
  const { value } = readYaml(yaml.replace(/^(\s+)443:/gm, '$1"443":'), "list.yml");
  const plain = (key: string, each: unknown) =>
    key === "place" ? undefined : typeof each === "bigint" ? String(each) : each;
  return JSON.parse(JSON.stringify(value, plain));
}

/**
 * Ansible marks what was worked out as no template, but for texts that came through unchanged; we mark all of it. Where a
 * text has no braces this makes no difference to anybody.
 */
function harmless(listing: string): string {
  return listing.replace(/\{\s*"__ansible_unsafe": ("[^"{]*")\s*\}/g, "$1");
}

function read(each: Case): Promise<Inventory> {
  const workingDirectory = join(root, String(cases.indexOf(each)));
  const playbookDirectories = [each.playbookDirectory ?? "."];
  return readInventory({ sources: sourcesOf(each), workingDirectory, playbookDirectories });
}
