import { styleText } from "node:util";
import { InputError } from "@evenkeel/core";
import { openProject } from "../project/open-project.ts";
import type { PlaybookOptions } from "../project/options.ts";
import { printable } from "../run/printable.ts";

/** Lists all places that set a variable for a host, the one that counts first. */
export async function explainVariable(
  variable: string,
  host: string,
  playbooks: readonly string[],
  options: PlaybookOptions,
): Promise<void> {
  const { explain, inventory, redactor } = await openProject(playbooks, options);
  inventory.selectKnown(host);
  const { sources } = explain(variable, host);
  if (options.json) {
    process.stdout.write(`${redactor.clean(JSON.stringify({ variable, host, sources }))}\n`);
    return;
  }
  if (sources.length === 0) {
    throw new InputError({
      code: "explain/nowhere",
      message: `nothing sets ${variable} for ${host}`,
      hint: "name the playbook as well, if that does",
    });
  }
  const lines = sources.map(({ level, place, written }, index) => {
    const where = place ? `${place.file}${place.line === undefined ? "" : `:${place.line}`}` : "";
    const text = `${level.padEnd(24)} ${where.padEnd(40)} ${printable(written)}`;
    return index === 0 ? `${styleText("bold", text)}\n` : `${styleText("dim", `${text}  (overridden)`)}\n`;
  });
  process.stdout.write(redactor.clean(lines.join("")));
}
