import { resolve } from "node:path";
import { InputError } from "@evenkeel/core";
import { readYaml } from "@evenkeel/yaml";
import { readAssignments } from "../free-form/read-assignments.ts";
import { UnbalancedText } from "../free-form/split-words.ts";
import type { Written } from "../written/written.ts";
import { given, isMapping, Written as WrittenValue } from "../written/written.ts";
import type { YamlFiles } from "../written/yaml-files.ts";
import type { Layer } from "./layer.ts";

/** What `-e` says: `name=value` words, a mapping in YAML or JSON, or `@file`. Later ones win. */
export function readExtraVars(said: readonly string[], files: YamlFiles, directory: string): Layer {
  const entries = said.filter((each) => each !== "").flatMap((each) => entriesIn(each, files, directory));
  return { level: "extra vars", entries: new Map(entries) };
}

const place = { file: "-e" };

function entriesIn(text: string, files: YamlFiles, directory: string): readonly (readonly [string, Written])[] {
  if (text.startsWith("@")) return mappingIn(files.read(resolve(directory, text.slice(1)), "last"), text);
  if (/^[/.]/.test(text)) throw wrong(text, `a file is named so: -e @${text}`);
  if (/^[[{]/.test(text)) {
    const document = readYaml(text, "-e");
    const where = { place: document.place, placeOf: () => document.place, keyPlaceOf: () => document.place };
    return mappingIn(new WrittenValue(document.value, where), text);
  }
  try {
    const { values, rest } = readAssignments(text, false);
    if (rest) throw wrong(text, "name=value, {name: value} or @file");
    return [...values].map(([name, word]) => [name, given(word.text, place)] as const);
  } catch (error) {
    if (error instanceof UnbalancedText) throw wrong(text, error.message);
    throw error;
  }
}

function mappingIn(written: Written, text: string): readonly (readonly [string, Written])[] {
  if (isMapping(written.value)) return written.entries;
  throw wrong(text, "it has to be a mapping from names to values");
}

function wrong(text: string, hint: string): InputError {
  return new InputError({ code: "playbook/extra-vars", message: `-e ${text}: these are no variables`, place, hint });
}
