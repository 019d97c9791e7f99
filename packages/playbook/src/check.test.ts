import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { HostMemory, InputError } from "@evenkeel/core";
import { readInventory } from "@evenkeel/inventory";
import { expect, test } from "vitest";
import { readProgram } from "./read-program.ts";
import { sampleModules } from "./testing/sample-modules.ts";

const folder = fileURLToPath(new URL("../fixtures/check", import.meta.url));

test.each(playbooksIn("broken"))("exactly these mistakes: %s", async (name) => {
  const text = readFileSync(`${folder}/broken/${name}`, "utf8");
  const expected = text.split("\n").flatMap((line) => (line.startsWith("#> ") ? [line.slice(3)] : []));
  expect(await mistakesIn("broken", name)).toEqual(expected);
});

test.each(playbooksIn("valid"))("no false alarm: %s", async (name) => {
  expect(await mistakesIn("valid", name)).toEqual([]);
});

/** Some files are read by others. */
function playbooksIn(kind: string): readonly string[] {
  return readdirSync(`${folder}/${kind}`).filter((name) => name.endsWith(".yml") && name !== "broken-vars.yml");
}

async function mistakesIn(kind: string, name: string): Promise<readonly string[]> {
  const at = `${folder}/${kind}`;
  const memory = (host: string): HostMemory => ({ name: host, facts: {}, setFacts: {}, registered: {}, included: {} });
  const sources = ["../hosts.ini"];
  const { mistakes } = await readProgram({
    playbooks: [name],
    modules: sampleModules,
    inventory: await readInventory({ sources, playbookDirectories: ["."], workingDirectory: at }),
    memories: memory,
    workingDirectory: at,
    rolesPaths: [],
    collectionsPaths: [],
  });
  return mistakes.map((mistake) => line(mistake, name));
}

function line({ place, host, message, hint, code }: InputError, name: string): string {
  const at = [place?.file === name ? undefined : place?.file, place?.line, place?.column].filter(
    (each) => each !== undefined,
  );
  return `${at.join(":")} ${host === undefined ? "" : `on ${host}: `}${message}${hint === undefined ? "" : ` | ${hint}`} [${code}]`;
}
