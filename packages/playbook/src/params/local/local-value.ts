import { statSync } from "node:fs";
import { InputError } from "@evenkeel/core";
import { splitWords } from "../../free-form/split-words.ts";
import type { TaskScope } from "../../variables/task-scope.ts";
import type { LocalPlaces, LocalSort } from "./find-local.ts";
import { findLocal, localCandidates } from "./find-local.ts";
import { readVariables } from "./read-variables.ts";
import { renderFile } from "./render-file.ts";

export type LocalWord = "file" | "tree" | "either" | "template" | "path" | "command" | "vars" | "varsTree";

type Siblings = Readonly<Record<string, unknown>>;

/** What a path of ours stands for: a file that was found and summed, a folder, a rendered text, variables. */
export function localValue(word: LocalWord, text: string, siblings: Siblings, scope: TaskScope): unknown {
  if (word === "command") return commandValue(text, scope);
  const path = demandLocal(text, sortOf(word), placesOf(scope), word !== "vars" && word !== "varsTree");
  if (word === "template") return renderFile(path, text, siblings, scope);
  if (word === "vars" || word === "varsTree") return readVariables(path, siblings, scope);
  if (word === "path") return path;
  const isFolder = statSync(path).isDirectory();
  if (isFolder && word === "file") throw notA("file", path);
  if (!isFolder && word === "tree") throw notA("folder", path);
  if (isFolder) return text.endsWith("/") && !path.endsWith("/") ? `${path}/` : path;
  return scope.world.localFiles.file(path, scope.world.files.vault);
}

/** Where a word's files are looked for. */
export function sortOf(word: LocalWord): LocalSort {
  if (word === "template") return "templates";
  return word === "vars" || word === "varsTree" ? "vars" : "files";
}

export function placesOf({ frame, world }: TaskScope): LocalPlaces {
  return { searchPath: frame?.searchPath ?? [], playbookDirectory: world.playbookDirectory };
}

/** Throws an InputError that says where it was looked for. */
export function demandLocal(text: string, sort: LocalSort, places: LocalPlaces, takesFolders = true): string {
  const path = findLocal(text, sort, places);
  if (path !== undefined) return path;
  const looked = localCandidates(text, sort, places);
  throw new InputError({
    code: "playbook/no-file",
    message: `there is no ${takesFolders ? "file or folder" : "file"} ${JSON.stringify(text)}`,
    detail: `looked for at\n${looked.map((each) => `  ${each}`).join("\n")}`,
  });
}

/** A script of ours, and the text after its name as it was written. */
function commandValue(text: string, scope: TaskScope): unknown {
  const [first] = splitWords(text.trim());
  const name = (first?.text ?? "").trim();
  const path = demandLocal(name.replace(/^(['"])(.*)\1$/, "$2"), "files", placesOf(scope));
  return { file: scope.world.localFiles.file(path, scope.world.files.vault), words: text.trim().slice(name.length).trim() };
}

function notA(expected: "file" | "folder", path: string): InputError {
  const found = expected === "file" ? "a folder" : "a file";
  return new InputError({ code: "playbook/no-file", message: `${path} is ${found}, and a ${expected} is needed` });
}
