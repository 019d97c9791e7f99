import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { InputError, Secret } from "@evenkeel/core";
import { loadJson } from "../src/json/load-json.ts";
import { OMIT } from "../src/omit.ts";
import type { Scope, TemplateOptions } from "../src/options.ts";
import { repr } from "../src/python/repr.ts";
import { settingNames } from "../src/syntax/settings.ts";
import { compileExpression, compileTemplate, compileValue } from "../src/templates.ts";

/** A text, or its lines. */
type Lines = string | readonly string[];

/** One template and what Ansible makes of it: Python's repr() of the value, or an error. */
export interface Case {
  /** Read as a text of YAML (the default), as a template file, or as a bare expression. */
  readonly kind?: "value" | "template" | "expression";
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly template: Lines;
  readonly expected?: string;
  readonly error?: string;
  /** What we make of it, where that is something else, and why. */
  readonly ours?: { readonly expected?: string; readonly because: string };
}

export interface Corpus {
  readonly about: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Templates that others include. */
  readonly files?: Readonly<Record<string, Lines>>;
  /** Files for lookups. */
  readonly lookupFiles?: Readonly<Record<string, Lines>>;
  readonly cases: readonly Case[];
}

export type Outcome = { readonly value: string } | { readonly error: string };

const folder = new URL("../corpus/", import.meta.url);

export const corpora: ReadonlyMap<string, Corpus> = new Map(
  readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => [file.replace(".json", ""), loadJson(readFileSync(new URL(file, folder), "utf8")) as Corpus]),
);

export function textOf(lines: Lines): string {
  return typeof lines === "string" ? lines : lines.join("\n");
}

/** Renders all cases of a corpus with our engine. */
export function renderCorpus(corpus: Corpus): readonly Outcome[] {
  Object.assign(process.env, { HOME: "/home/corpus", TZ: "UTC" });
  const directory = mkdtempSync(join(tmpdir(), "evenkeel-corpus-"));
  try {
    for (const [name, lines] of Object.entries({ ...corpus.files, ...corpus.lookupFiles })) {
      mkdirSync(dirname(join(directory, name)), { recursive: true });
      writeFileSync(join(directory, name), textOf(lines));
    }
    return corpus.cases.map((each) => renderCase(each, corpus, directory));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function renderCase({ kind = "value", template, settings = {} }: Case, corpus: Corpus, directory: string): Outcome {
  const { variables, files = {} } = corpus;
  const scope: Scope = {
    has: (name) => Object.hasOwn(variables, name),
    get: (name) => variables[name],
    names: () => Object.keys(variables),
  };
  const options: TemplateOptions = {
    directories: [directory],
    readYaml: (text) => (text === "" ? [null] : [loadJson(text)]),
    loader: (name) => {
      const source = files[name];
      return source === undefined ? undefined : { source: textOf(source), file: name };
    },
    settings: Object.fromEntries(Object.entries(settings).map(([name, value]) => [settingNames[name], value])),
  };
  try {
    const value = resolve(kind, textOf(template), options, scope);
    if (value === OMIT) return { error: "omitted" };
    return { value: repr(value instanceof Secret ? value.reveal() : value).replaceAll(directory, "/basedir") };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { error: `${error.code}: ${error.message}` };
  }
}

function resolve(kind: string, source: string, options: TemplateOptions, scope: Scope): unknown {
  if (kind === "template") return compileTemplate(source, options).render(scope);
  if (kind === "expression") return compileExpression(source, options).evaluate(scope);
  return compileValue(source, options).resolve(scope);
}
