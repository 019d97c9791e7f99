import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { ParamWords } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import { splitWords } from "../../free-form/split-words.ts";
import type { TaskScope } from "../../variables/task-scope.ts";
import type { LocalPlaces, LocalSort } from "./find-local.ts";
import { findLocal, localCandidates } from "./find-local.ts";
import { readVariables } from "./read-variables.ts";
import { renderFile } from "./render-file.ts";

type LocalWord = NonNullable<ParamWords["local"]>;

type Siblings = Readonly<Record<string, unknown>>;

/** What a path of ours stands for: a file that was found and summed, a folder, a rendered text, variables. */
export function localValue(word: LocalWord, text: string, siblings: Siblings, scope: TaskScope): unknown {
  if (word === "command") return commandValue(text, scope);
  if (text === "") throw new InputError({ code: "playbook/no-file", message: "is empty, where a path is needed" });
  if (word === "path") return pathFor(text, scope);
  const path = demandLocal(text, sortOf(word), placesOf(scope), word !== "vars" && word !== "varsTree");
  const isFolder = statSync(path).isDirectory();
  if (isFolder && (word === "file" || word === "template" || word === "vars")) throw notA("file", text);
  if (!isFolder && (word === "tree" || word === "varsTree")) throw notA("folder", text);
  if (word === "template") return renderFile(path, text, siblings, scope);
  if (word === "vars" || word === "varsTree") return readVariables(path, siblings, scope);
  if (isFolder) return text.endsWith("/") && !path.endsWith("/") ? `${path}/` : path;
  return fileValue(path, scope);
}

/** The mode of the template file that a text names; undefined when there is none. */
export function templateMode(text: string, scope: TaskScope): string | undefined {
  const path = findLocal(text, "templates", placesOf(scope));
  return path === undefined ? undefined : scope.world.localFiles.glance(path).mode;
}

/** Sums may take long, and while nothing runs nobody asks for them. */
function fileValue(path: string, { world }: TaskScope): unknown {
  return world.isChecking() ? world.localFiles.glance(path) : world.localFiles.file(path, world.files.vault);
}

/** A path that need not be there yet. */
function pathFor(text: string, scope: TaskScope): string {
  const places = placesOf(scope);
  const path = findLocal(text, "files", places) ?? resolve(places.playbookDirectory, text);
  return text.endsWith("/") && !path.endsWith("/") ? `${path}/` : path;
}

/** Where a word's files are looked for. */
function sortOf(word: LocalWord): LocalSort {
  if (word === "template") return "templates";
  return word === "vars" || word === "varsTree" ? "vars" : "files";
}

function placesOf({ frame, playbookDirectory }: TaskScope): LocalPlaces {
  return { searchPath: frame?.searchPath ?? [], playbookDirectory };
}

/** Throws an InputError that says where it was looked for. */
function demandLocal(text: string, sort: LocalSort, places: LocalPlaces, takesFolders = true): string {
  const path = findLocal(text, sort, places);
  if (path !== undefined) return path;
  const looked = localCandidates(text, sort, places);
  throw new InputError({
    code: /^[/~]/.test(text) ? "playbook/no-file-elsewhere" : "playbook/no-file",
    message: `there is no ${takesFolders ? "file or folder" : "file"} ${JSON.stringify(text)}`,
    detail: `looked for at\n${looked.map((each) => `  ${each}`).join("\n")}`,
  });
}

/** A script of ours, and the text after its name as it was written. */
function commandValue(text: string, scope: TaskScope): unknown {
  const [first] = splitWords(text.trim());
  const name = (first?.text ?? "").trim();
  const path = demandLocal(name.replace(/^(['"])(.*)\1$/, "$2"), "files", placesOf(scope));
  return {
    file: fileValue(path, scope),
    words: text.trim().slice(name.length).trim(),
  };
}

function notA(expected: "file" | "folder", text: string): InputError {
  const found = expected === "file" ? "a folder" : "a file";
  return new InputError({
    code: "playbook/no-file",
    message: `${JSON.stringify(text)} is ${found}, and a ${expected} is needed`,
  });
}
