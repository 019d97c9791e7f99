import type { Composed } from "./compose/documents.ts";
import { composeDocuments } from "./compose/documents.ts";
import type { ScalarTypes } from "./compose/scalar-types.ts";
import { plainTypes } from "./compose/scalar-types.ts";
import { Spots } from "./compose/spots.ts";
import type { ComposeOptions } from "./compose/value-maker.ts";
import { findMoreMistakes } from "./mistakes/find-more-mistakes.ts";
import { LineIndex } from "./mistakes/line-index.ts";
import { Mistake } from "./mistakes/mistake.ts";
import { reportMistakes } from "./mistakes/report-mistakes.ts";
import { isJson, readJson } from "./read-json.ts";
import { Scanner } from "./scan/scanner.ts";
import { YamlDocument } from "./yaml-document.ts";

export interface ReadYamlOptions {
  /** A key that is there twice is refused (the default), or the last counts, which is all that Ansible warns of. */
  readonly duplicateKeys?: "refuse" | "last";
  /** How to make what JavaScript has no literal for; by default floats are plain numbers. */
  readonly types?: Partial<ScalarTypes>;
}

/** Reads a text with one document, as Ansible reads it; an empty one is null. Throws all mistakes at once. */
export function readYaml(text: string, file: string, options: ReadYamlOptions = {}): YamlDocument {
  return new Reading(text, file, options).one();
}

/** Reads a text with any number of documents, which `---` sets apart. */
export function readYamlDocuments(text: string, file: string, options: ReadYamlOptions = {}): readonly YamlDocument[] {
  return new Reading(text, file, options).all();
}

class Reading {
  readonly #text: string;
  readonly #lines: LineIndex;
  readonly #context: ComposeOptions;

  constructor(text: string, file: string, { types, duplicateKeys = "refuse" }: ReadYamlOptions) {
    // Some editors begin files with a mark that says how characters are encoded.
    this.#text = text.startsWith("\ufeff") ? text.slice(1) : text;
    this.#lines = new LineIndex(this.#text, file);
    this.#context = {
      types: { ...plainTypes, ...types },
      isJson: isJson(this.#text),
      duplicateKeys,
      mistakes: [],
      placeAt: (offset) => this.#lines.placeAt(offset),
    };
  }

  one(): YamlDocument {
    const [first = { value: null, start: 0, spots: new Spots() }, second] = this.#compose();
    if (second === undefined) return this.#document(first);
    const mistake = new Mistake("documents", "a second document begins here, where one is expected", second.start);
    throw reportMistakes([mistake], this.#lines);
  }

  all(): readonly YamlDocument[] {
    return this.#compose().map((composed) => this.#document(composed));
  }

  #document(composed: Composed): YamlDocument {
    return new YamlDocument(composed, this.#text, this.#context.placeAt);
  }

  #compose(): readonly Composed[] {
    const { mistakes, isJson, types } = this.#context;
    const scanner = new Scanner(this.#text);
    try {
      checkCharacters(this.#text);
      const documents = composeDocuments(scanner, this.#context);
      if (mistakes.length === 0) return documents;
    } catch (mistake) {
      if (!(mistake instanceof Mistake)) throw mistake;
      if (isJson) return [readJson(this.#text, types)];
      const stopped = { mistake, last: scanner.last };
      throw reportMistakes(findMoreMistakes(stopped, this.#text, this.#lines, this.#context), this.#lines);
    }
    throw reportMistakes(mistakes, this.#lines);
  }
}

function checkCharacters(text: string): void {
  const found = /[^\t\n\r -~\x85\xa0-\ufffd]/.exec(text);
  if (found === null) return;
  const code = `U+${(found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  throw new Mistake("control-character", `the character ${code} cannot stand in YAML`, found.index, {
    hint: `write it as an escape in double quotes, if it is meant`,
  });
}
