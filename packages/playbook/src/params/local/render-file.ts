import { readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Secret } from "@evenkeel/core";
import type { Template } from "@evenkeel/template";
import { settingNames } from "@evenkeel/template";
import type { TaskScope } from "../../variables/task-scope.ts";
import { templateNames } from "../../variables/template-names.ts";

/** How the parameters beside it say that a template is to be read. */
type Siblings = Readonly<Record<string, unknown>>;

/** Renders a template file with the variables of a task, and those that tell of the file itself. */
export function renderFile(path: string, asked: string, siblings: Siblings, scope: TaskScope): string | Secret {
  const { mtime } = statSync(path);
  const template = compiled(path, settingsFrom(siblings), mtime, scope);
  const around = scope.with({
    ...templateNames(path, asked, scope),
    ...(typeof siblings.dest === "string" && { template_destpath: siblings.dest }),
  });
  const { environment } = around;
  const folder = dirname(path);
  return template.render(around, {
    ...environment,
    loader: (name, from) => environment.loader?.(name, from ?? `${folder}/template`),
  });
}

const templates = new Map<string, { readonly mark: string; readonly template: Template }>();

function compiled(path: string, settings: Readonly<Record<string, unknown>>, mtime: Date, scope: TaskScope): Template {
  const mark = `${mtime.getTime()} ${JSON.stringify(settings)}`;
  const known = templates.get(path);
  if (known?.mark === mark) return known.template;
  const file = scope.world.files.shown(path);
  const template = scope.world.templates.compileTemplate(readFileSync(path, "utf8"), {
    place: { file, line: 1, column: 1 },
    settings,
  });
  templates.set(path, { mark, template });
  return template;
}

function settingsFrom(siblings: Siblings): Readonly<Record<string, unknown>> {
  const said = Object.entries(settingNames).filter(([name]) => siblings[name] !== undefined);
  return Object.fromEntries(said.map(([name, setting]) => [setting, settingValue(name, siblings[name])]));
}

function settingValue(name: string, value: unknown): unknown {
  if (name.endsWith("_blocks")) return value === true || /^(yes|true|on|1)$/i.test(String(value));
  return name === "newline_sequence" ? String(value).replaceAll("\\n", "\n").replaceAll("\\r", "\r") : value;
}
