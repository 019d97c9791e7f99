import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "@evenkeel/template";
import { readYamlDocuments } from "@evenkeel/yaml";
import { inventoryLookups } from "./inventory-lookups.ts";
import type { TaskScope } from "./task-scope.ts";
import { templateNames } from "./template-names.ts";

/** What templates may use of the world around them: folders to look for files in, and lookups that may not act. */
export function environmentFor(scope: TaskScope): Environment {
  const { frame, world, playbookDirectory } = scope;
  const directories = [...new Set([...(frame?.searchPath ?? []), playbookDirectory])];
  return {
    directories,
    lookups: inventoryLookups(world.inventory),
    isSpeculative: world.isSpeculative(),
    onReveal: (text) => world.revealed.add(text),
    readYaml: (text) => readYamlDocuments(text, "text").map(({ value }) => value),
    namesFor: (file, asked) => templateNames(file, asked, scope),
    loader: (name, from) => {
      const file = templateFile(name, from, directories);
      return file === undefined ? undefined : { source: readFileSync(file, "utf8"), file };
    },
  };
}

function templateFile(name: string, from: string | undefined, directories: readonly string[]): string | undefined {
  const folders = [
    ...(from === undefined ? [] : [join(from, "..")]),
    ...directories.flatMap((each) => [join(each, "templates"), each]),
  ];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
