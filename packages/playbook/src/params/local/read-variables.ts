import { readdirSync, statSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { InputError } from "@evenkeel/core";
import type { TaskScope } from "../../variables/task-scope.ts";
import { readVarsFile } from "../../variables/vars-files.ts";
import type { Written } from "../../written/written.ts";

type Siblings = Readonly<Record<string, unknown>>;

/** What `include_vars` gets: the variables as they were written, to be resolved when somebody asks for them. */
export interface ReadVariables {
  readonly files: readonly string[];
  readonly values: Readonly<Record<string, Written>>;
}

export function readVariables(path: string, siblings: Siblings, scope: TaskScope): ReadVariables {
  const files = statSync(path).isDirectory() ? filesBelow(path, siblings, scope) : [path];
  const layers = files.map((file) => readVarsFile(file, scope.world, "include_vars"));
  return { files, values: Object.fromEntries(layers.flatMap(({ entries }) => [...entries])) };
}

function filesBelow(folder: string, siblings: Siblings, scope: TaskScope): readonly string[] {
  const wanted = choiceFrom(siblings);
  const deepest = Number(siblings.depth ?? 0);
  const own = scope.frame?.role && join(scope.frame.role.path, "vars", "main.yml");
  const walk = (at: string, level: number): string[] => {
    const names = readdirSync(at).toSorted();
    const paths = names.map((name) => join(at, name));
    const files = paths.filter((each) => statSync(each).isFile() && each !== own && wanted(basename(each)));
    const folders = deepest > 0 && level >= deepest ? [] : paths.filter((each) => statSync(each).isDirectory());
    return [...files, ...folders.flatMap((each) => walk(each, level + 1))];
  };
  return walk(folder, 1);
}

function choiceFrom(siblings: Siblings): (name: string) => boolean {
  const extensions = texts(siblings.extensions, ["yaml", "yml", "json"]);
  const ignored = texts(siblings.ignore_files, []);
  const matching = typeof siblings.files_matching === "string" ? new RegExp(siblings.files_matching) : undefined;
  const isLenient = siblings.ignore_unknown_extensions === true || siblings.ignore_unknown_extensions === "yes";
  return (name) => {
    if (ignored.some((each) => name.endsWith(each)) || (matching && !matching.test(name))) return false;
    const isKnown = extensions.includes(extname(name).slice(1));
    if (isKnown || isLenient) return isKnown;
    throw new InputError({
      code: "playbook/vars-extension",
      message: `${name} does not end with ${extensions.map((each) => `.${each}`).join(", ")}`,
      hint: "ignore_unknown_extensions: true passes over it",
    });
  };
}

function texts(value: unknown, otherwise: readonly string[]): readonly string[] {
  if (value === undefined) return otherwise;
  return Array.isArray(value) ? value.map(String) : [String(value)];
}
