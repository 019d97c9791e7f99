import { join } from "node:path";
import { describeModule } from "@evenkeel/core";
import { modules } from "../src/modules.ts";

export const referencePath = join(import.meta.dirname, "../REFERENCE.md");

const head = `# The everyday modules: every parameter and every result field

Made of the modules' own schemas by \`npm run reference -w @evenkeel/module-system\`; a test holds this file to them.
What is not as in Ansible, and why, is in the [README](README.md).
`;

/** What all modules take and give, by their names. */
export function reference(): string {
  const byName = modules.toSorted((a, b) => String(a.name).localeCompare(String(b.name)));
  const links = byName.map(({ name }) => `[${String(name)}](#${String(name)})`).join(" · ");
  return [head, `${links}\n`, ...byName.map(describeModule)].join("\n");
}
