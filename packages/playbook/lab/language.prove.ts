import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Host, Lab } from "@evenkeel/lab";
import { createLab } from "@evenkeel/lab";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packTree } from "./pack-tree.ts";

/** The corpus in the real Ansible: what the unit tests hold us to is what it does today. */
let lab: Lab;
let host: Host;

const fixtures = fileURLToPath(new URL("../fixtures", import.meta.url));
const here = fileURLToPath(new URL(".", import.meta.url));

beforeAll(async () => {
  lab = await createLab();
  host = await lab.addHost({ name: "ansible" });
  await host.shell("apt-get update -q && apt-get install -y -q --no-install-recommends ansible-core");
});
afterAll(() => lab.down());

test("playbooks do what was recorded", { timeout: 900_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-language-"));
  try {
    for (const name of ["recorder.py", "run-cases.py"]) cpSync(join(here, name), join(folder, "lab", name));
    cpSync(join(fixtures, "language"), join(folder, "fixtures", "language"), { recursive: true });
    await host.writeFile("/root/corpus.tar", packTree(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const { stdout } = await host.shell(
    "mkdir -p /tmp/pb && tar -C /tmp/pb -xf /root/corpus.tar && python3 /tmp/pb/lab/run-cases.py /tmp/pb/fixtures/language",
  );
  expectRecorded("language.json", stdout, eachHostByItself);
});

test("lines are split as was recorded", async () => {
  const recorded = JSON.parse(readFileSync(join(fixtures, "free-form/lines.json"), "utf8")) as { line: string }[];
  await host.writeFile("/root/split-lines.py", readFileSync(join(here, "split-lines.py")));
  await host.writeFile("/root/lines.json", JSON.stringify(recorded.map(({ line }) => line)));
  const { stdout } = await host.shell("python3 /root/split-lines.py < /root/lines.json");
  expectRecorded("free-form/lines.json", stdout);
});

function expectRecorded<T>(name: string, printed: string, comparable: (all: T) => unknown = (all) => all): void {
  const file = join(fixtures, name);
  if (process.env.EVENKEEL_RECORD === "1") writeFileSync(file, printed);
  expect(comparable(JSON.parse(readFileSync(file, "utf8")) as T)).toEqual(comparable(JSON.parse(printed) as T));
}

interface Case {
  readonly lines: readonly { readonly host?: string }[];
  readonly problem?: readonly string[];
}

/** Hosts are side by side: which of them is first to say something is chance, as is which one's failure is told first. */
function eachHostByItself(cases: Readonly<Record<string, Case>>): unknown {
  const byName = Object.entries(cases).sort(([one], [other]) => (one < other ? -1 : 1));
  return byName.map(([name, { lines, problem = [] }]) => ({
    name,
    hosts: Object.groupBy(lines, ({ host = "" }) => host),
    problems: problem.length,
  }));
}
