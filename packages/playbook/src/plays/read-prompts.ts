import { closest, Secret, unsettled } from "@evenkeel/core";
import { UnsafeText } from "@evenkeel/yaml";
import type { Reading } from "../reading.ts";
import { prepare } from "../values/prepare.ts";
import { flag } from "../values/value-type.ts";
import { hostless } from "../variables/play-scope.ts";
import type { Written } from "../written/written.ts";
import { given } from "../written/written.ts";

/** A question of `vars_prompt`, for somebody who has a terminal to ask. */
export interface Prompt {
  readonly name: string;
  readonly text: string;
  /** What is typed is not shown. */
  readonly isPrivate: boolean;
  /** Has to be typed twice. */
  readonly isConfirmed: boolean;
  /** What counts when nothing is typed, or nobody can be asked. */
  readonly fallback: string | undefined;
  /** Gives the variable its value. */
  answer(text: string): void;
}

const words = ["name", "prompt", "default", "private", "confirm", "encrypt", "salt_size", "salt", "unsafe"];

/** The questions of a play; not those that were answered on the command line. */
export function readPrompts(
  list: Written | undefined,
  reading: Reading,
  entries: Map<string, Written>,
): readonly Prompt[] {
  return (list?.items ?? []).flatMap((item) => readPrompt(item, reading, entries) ?? []);
}

function readPrompt(item: Written, reading: Reading, entries: Map<string, Written>): Prompt | undefined {
  const { mistakes, world } = reading;
  for (const [key, value] of item.entries) {
    if (words.includes(key)) continue;
    const hint = closest(key, words);
    mistakes.add({
      code: "unknown-keyword",
      message: `vars_prompt has no keyword ${JSON.stringify(key)}`,
      place: value.keyPlace,
      ...(hint && { hint }),
    });
  }
  const name = item.get("name")?.value;
  if (typeof name !== "string") {
    mistakes.add({
      code: "prompt",
      message: "a question of vars_prompt needs `name`, the variable's",
      place: item.place,
    });
    return undefined;
  }
  if (world.extraVars.entries.has(name)) return undefined;
  const of = (key: string) => {
    const found = item.get(key);
    return found && found.value !== null ? prepare(found).resolve(hostless(world, undefined)) : undefined;
  };
  const isPrivate = flag.read(of("private") ?? true) ?? true;
  const fallback = of("default");
  const text = of("prompt");
  entries.set(name, given(unsettled("it has not been asked for"), item.place));
  return {
    name,
    text: text === undefined ? `input for ${name}` : String(text),
    isPrivate,
    isConfirmed: flag.read(of("confirm") ?? false) ?? false,
    fallback: fallback === undefined ? undefined : fallback instanceof Secret ? fallback.reveal() : String(fallback),
    answer: (said) => {
      const value = encrypted(said, of, reading);
      // What was typed is no template.
      entries.set(name, given(isPrivate ? new Secret(value) : new UnsafeText(value), item.place));
    },
  };
}

function encrypted(text: string, of: (key: string) => unknown, { world }: Reading): string {
  const scheme = of("encrypt");
  if (scheme === undefined) return text;
  const hash = world.templates
    .compileExpression("said | password_hash(scheme, salt)")
    .evaluate(hostless(world, undefined).with({ said: text, scheme, salt: of("salt") ?? null }));
  return hash instanceof Secret ? hash.reveal() : String(hash);
}
