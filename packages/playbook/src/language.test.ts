import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { HostMemory } from "@evenkeel/core";
import { readInventory } from "@evenkeel/inventory";
import { expect, test } from "vitest";
import { readProgram } from "./read-program.ts";
import { pureModules } from "./testing/pure-modules.ts";
import type { Line } from "./testing/walk-program.ts";
import { walkProgram } from "./testing/walk-program.ts";

const folder = fileURLToPath(new URL("../fixtures/language", import.meta.url));
const recorded = JSON.parse(readFileSync(`${folder}.json`, "utf8")) as Readonly<
  Record<string, { readonly lines: readonly (Line | { readonly play: string })[] }>
>;

interface Case {
  readonly inventory?: string;
  readonly tags?: string[];
  readonly skipTags?: string[];
  readonly extraVars?: string[];
  readonly startAt?: string;
  readonly limit?: string;
}

test("all cases are recorded", () => {
  expect(readdirSync(folder).toSorted()).toEqual(Object.keys(recorded).toSorted());
});

test.each(Object.keys(recorded))("means what it means to Ansible: %s", async (name) => {
  const at = `${folder}/${name}`;
  const { inventory = "hosts.ini", ...more } = factsOf(at);
  const memories = new Map<string, HostMemory>();
  const memory = (host: string) => {
    const known = memories.get(host) ?? { name: host, facts: {}, setFacts: {}, registered: {}, included: {} };
    memories.set(host, known);
    return known;
  };
  const { program, mistakes, addHost } = await readProgram({
    playbooks: ["playbook.yml"],
    modules: pureModules,
    inventory: await readInventory({ sources: [inventory], playbookDirectories: ["."], workingDirectory: at }),
    memories: memory,
    workingDirectory: at,
    ...more,
  });
  expect(mistakes).toEqual([]);
  const lines = await walkProgram(program, { memories: memory, addHost });
  const theirs = recorded[name]?.lines.filter((line): line is Line => "host" in line) ?? [];
  expect(new Set(program.plays.map((play) => play.name))).toEqual(playsOf(name));
  for (const host of new Set(theirs.map((line) => line.host))) {
    const of = (all: readonly Line[]) => all.filter((line) => line.host === host).map(comparable);
    expect(of(lines)).toEqual(of(theirs));
  }
});

function factsOf(at: string): Case {
  return existsSync(`${at}/case.json`) ? (JSON.parse(readFileSync(`${at}/case.json`, "utf8")) as Case) : {};
}

/** A play whose batches come one after the other is told each time. */
function playsOf(name: string): ReadonlySet<string> {
  return new Set(recorded[name]?.lines.flatMap((line) => ("play" in line ? [line.play] : [])));
}

/** Files lie elsewhere there. */
function unrooted(text: string): string {
  return text.replace(/[^" ]*\/fixtures\/language\//g, "/");
}

/** What is an error is said in other words; a name that cannot be made out stays as it was written. */
function comparable({ task, status, item, msg }: Line): string {
  const shown = /<<|\{\{/.test(task) ? "*" : task;
  return unrooted(JSON.stringify([shown, status, item ?? null, status === "failed" ? "*" : plain(msg)]));
}

function plain(value: unknown): unknown {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as unknown);
}
