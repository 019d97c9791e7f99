import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Guide } from "./guide.ts";

/** What our guides show is what happens. */
const guides = [
  { readme: "packages/cli/README.md", heading: "A first deploy, step by step", lab: "trial" },
  { readme: "packages/playbook/README.md", heading: "Coming from Ansible", lab: "coming" },
  { readme: "packages/core/README.md", heading: "Writing a module", lab: "writing" },
  { readme: "packages/module-zero-downtime/README.md", heading: "Zero downtime, and its limits", lab: "steady" },
];

test.each(guides)("$heading", { timeout: 300_000 }, async ({ readme, heading, lab }) => {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-guide-"));
  try {
    expect(await new Guide(readme, heading).follow(folder)).toEqual([]);
  } finally {
    spawnSync("node", [join(import.meta.dirname, "../src/main.mjs"), "lab", "down", lab]);
    rmSync(folder, { recursive: true });
  }
});
