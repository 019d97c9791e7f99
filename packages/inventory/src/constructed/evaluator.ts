import type { Place } from "@evenkeel/core";
import { InputError, Secret } from "@evenkeel/core";
import type { Templates } from "@evenkeel/template";
import { UnsafeText, Vaulted } from "@evenkeel/yaml";
import type { Opener } from "../sources/inventory-files.ts";
import { isMapping } from "../sources/read-groups.ts";
import type { Variable } from "../variables/variable.ts";
import { placeOf } from "../variables/variable.ts";

interface EvaluatorOptions {
  readonly variables: ReadonlyMap<string, Variable>;
  readonly extra: Readonly<Record<string, unknown>>;
  readonly templates: Templates;
  readonly vault: Opener | undefined;
}

/** Works out expressions with the variables of one host; those are resolved when they are asked for. */
export class Evaluator {
  readonly #variables: ReadonlyMap<string, Variable>;
  readonly #extra: Readonly<Record<string, unknown>>;
  readonly #vault: Opener | undefined;
  readonly #templates: Templates;
  readonly #resolving = new Set<string>();

  constructor({ variables, extra, templates, vault }: EvaluatorOptions) {
    this.#variables = variables;
    this.#extra = extra;
    this.#templates = templates;
    this.#vault = vault;
  }

  evaluate(expression: unknown, place: Place): unknown {
    if (typeof expression !== "string") {
      const message = `an expression is a text, and not ${JSON.stringify(expression)}`;
      throw new InputError({ code: "inventory/constructed", message, place, hint: "quote it" });
    }
    return revealed(this.#templates.compileExpression(expression, { place }).evaluate(this));
  }

  /** A condition comes to true or false; what only counts as such is a mistake, as in Ansible. */
  isTrue(expression: unknown, place: Place): boolean {
    const value = typeof expression === "boolean" ? expression : this.evaluate(expression, place);
    if (typeof value === "boolean") return value;
    const message = `the condition ${String(expression)} came to ${JSON.stringify(value)}, and not to true or false`;
    throw new InputError({ code: "inventory/constructed", message, place });
  }

  /** A text that may hold templates. */
  render(value: unknown, place: Place): unknown {
    return typeof value === "string" ? revealed(this.#templates.compileValue(value, { place }).resolve(this)) : value;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#extra, name) || this.#variables.has(name);
  }

  get(name: string): unknown {
    if (Object.hasOwn(this.#extra, name)) return this.#extra[name];
    const variable = this.#variables.get(name);
    if (variable === undefined) return undefined;
    if (variable.isData) return variable.value;
    if (this.#resolving.has(name)) {
      const message = `the variable ${name} is made of itself`;
      throw new InputError({ code: "inventory/constructed", message, place: placeOf(variable) });
    }
    this.#resolving.add(name);
    try {
      return this.#resolve(variable.value, placeOf(variable));
    } finally {
      this.#resolving.delete(name);
    }
  }

  names(): Iterable<string> {
    return [...Object.keys(this.#extra), ...this.#variables.keys()];
  }

  #resolve(value: unknown, place: Place): unknown {
    if (typeof value === "string") return this.#templates.compileValue(value, { place }).resolve(this);
    if (value instanceof UnsafeText) return value.value;
    if (value instanceof Vaulted) return this.#open(value);
    if (Array.isArray(value)) return value.map((each) => this.#resolve(each, place));
    if (value instanceof Map) return new Map([...value].map(([key, each]) => [key, this.#resolve(each, place)]));
    if (!isMapping(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.#resolve(each, place)]));
  }

  #open({ ciphertext, place }: Vaulted): Secret {
    if (this.#vault) return this.#vault.decrypt(ciphertext, place);
    const message = "this is encrypted, and no password for it was given";
    throw new InputError({ code: "inventory/no-vault", message, place });
  }
}

/** Names of groups and conditions are seen by all: what was secret is no more. */
function revealed(value: unknown): unknown {
  return value instanceof Secret ? value.reveal() : value;
}
