import type { Place } from "@evenkeel/core";
import { closest, InputError } from "@evenkeel/core";
import type { Analysis, NameUse, Spot } from "@evenkeel/template";
import { pluginName } from "@evenkeel/template";
import type { Seen, SeenTask } from "../seen.ts";
import { inventoryLookupNames } from "../variables/inventory-lookups.ts";
import type { Layer } from "../variables/layer.ts";
import type { World } from "../variables/world.ts";
import type { Mistakes } from "../written/mistakes.ts";
import type { Passed } from "./go-through.ts";
import { resultFields } from "./result-fields.ts";
import type { TaskText } from "./task-texts.ts";
import { textsOf, valuesIn } from "./task-texts.ts";

interface Texts {
  readonly seen: Seen;
  readonly world: World;
  readonly mistakes: Mistakes;
  readonly passed: Passed;
}

/** Looks at how texts are written that could not be worked out: their syntax, the names in them, fields of results. */
export function checkTexts({ seen, world, mistakes, passed }: Texts): void {
  const look = new Look(world, mistakes);
  const fields = resultFields(seen.tasks);
  for (const task of seen.tasks) {
    if (isClear(task, passed)) continue;
    for (const text of textsOf(task)) {
      const analysis = look.at(text);
      for (const use of analysis?.variables ?? []) {
        const problem = fields.problemIn(use);
        if (problem) mistakes.add({ code: "no-such-field", ...problem, place: placeOf(use, text) });
      }
    }
  }
  for (const layer of layersIn(seen))
    for (const written of layer.entries.values()) for (const text of valuesIn(written)) look.at(text);
}

/** All was worked out on some host: nothing is wrong with how it is written. */
function isClear({ id }: SeenTask, { clear }: Passed): boolean {
  return clear.has(id);
}

class Look {
  readonly #world: World;
  readonly #mistakes: Mistakes;

  constructor(world: World, mistakes: Mistakes) {
    this.#world = world;
    this.#mistakes = mistakes;
  }

  /** Where in the file something stands is only worked out when there is something to be told of it. */
  at(text: TaskText): Analysis | undefined {
    const { analyse, BUILTIN_NAMES } = this.#world.templates;
    try {
      const found = analyse(text.source, text.kind, { place: within });
      this.#names(found.filters, "filter", BUILTIN_NAMES.filters, text);
      this.#names(found.tests, "test", BUILTIN_NAMES.tests, text);
      this.#names(found.lookups, "lookup", [...BUILTIN_NAMES.lookups, ...inventoryLookupNames], text);
      return found;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.#mistakes.catch(placedIn(text, error));
      return undefined;
    }
  }

  #names(uses: readonly NameUse[], what: string, known: readonly string[], text: TaskText): void {
    for (const { name, ...spot } of uses) {
      const short = pluginName(name);
      if (known.includes(name) || known.includes(short)) continue;
      const hint = closest(short, known);
      this.#mistakes.add({
        code: `unknown-${what}`,
        message: `there is no ${what} ${name}`,
        place: placeOf(spot, text),
        ...(hint && { hint }),
      });
    }
  }
}

function within(line: number, column: number): Place {
  return { file: "", line, column };
}

function placeOf({ line, column }: Pick<Spot, "line" | "column">, { written }: TaskText): Place {
  return written.placeIn(line, column);
}

function placedIn(text: TaskText, { code, message, hint, place }: InputError): InputError {
  const { line = 1, column = 1 } = place ?? {};
  return new InputError({ code, message, place: placeOf({ line, column }, text), ...(hint !== undefined && { hint }) });
}

/** All variables that the playbook itself sets. */
function layersIn({ tasks, plays }: Seen): ReadonlySet<Layer> {
  const frames = [...plays, ...tasks].map(({ frame }) => frame);
  return new Set(
    frames.flatMap(({ play, role, taskVars, includeParams }) => [
      play.vars,
      ...(role ? [role.defaults, role.vars, role.given, role.params] : []),
      ...taskVars,
      ...includeParams,
    ]),
  );
}
