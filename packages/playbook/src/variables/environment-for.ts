import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "@evenkeel/template";
import { readYamlDocuments } from "@evenkeel/yaml";
import type { TaskScope } from "./task-scope.ts";

/** What templates may use of the world around them: folders to look for files in, and lookups that may not act. */
export function environmentFor({ frame, world, playbookDirectory }: TaskScope): Environment {
  const directories = [...new Set([...(frame?.searchPath ?? []), playbookDirectory])];
  return {
    directories,
    isSpeculative: world.isSpeculative(),
    readYaml: (text) => readYamlDocuments(text, "text").map(({ value }) => value),
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
