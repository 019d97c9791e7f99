import { styleText } from "node:util";
import type { AnyModule } from "@evenkeel/core";
import { describeModule, InputError } from "@evenkeel/core";
import { ownModules } from "../project/own-modules.ts";
import { shippedModules } from "../project/shipped.ts";

/** Lists what there is, or describes one: ours, and what a playbook here could bring along. */
export async function showModules(name: string | undefined, { json }: { readonly json?: boolean }): Promise<void> {
  const own = (await ownModules(".")).modules;
  const modules = [...shippedModules(), ...own].toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)));
  const chosen =
    name === undefined
      ? modules
      : modules.filter((module) => nameOf(module) === name.replace(/^ansible\.builtin\./, ""));
  if (chosen.length === 0)
    throw new InputError({
      code: "modules/name",
      message: `no module is called ${JSON.stringify(name)}`,
      hint: "`evenkeel modules` lists them",
    });
  if (json) {
    const schemas = chosen.map((module) => [
      nameOf(module),
      { summary: module.summary, params: module.params, returns: module.returns },
    ]);
    process.stdout.write(`${JSON.stringify(Object.fromEntries(schemas), null, 2)}\n`);
  } else if (name === undefined) {
    const width = Math.max(...modules.map((module) => nameOf(module).length));
    process.stdout.write(
      modules.map((module) => `${styleText("bold", nameOf(module).padEnd(width))}  ${module.summary}\n`).join(""),
    );
  } else process.stdout.write(chosen.map(describeModule).join("\n"));
}

function nameOf(module: AnyModule): string {
  return String(module.name);
}
