import type { ErrorFacts } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import { codeFrame } from "./code-frame.ts";

type Mistake = Omit<ErrorFacts, "code"> & { readonly code: string };

/** What is wrong with a playbook, all of it. Each mistake is told once, in the order of the files. */
export class Mistakes {
  readonly #found: InputError[] = [];
  readonly #known = new Set<string>();
  readonly #textOf: (file: string) => string | undefined;

  /** `textOf` is asked for the files that mistakes are in, to show their lines. */
  constructor(textOf: (file: string) => string | undefined) {
    this.#textOf = textOf;
  }

  add(mistake: Mistake): void {
    this.#keep(new InputError({ ...mistake, code: `playbook/${mistake.code}`, ...this.#detail(mistake) }));
  }

  /** Keeps the mistakes that were thrown; throws again what is none. */
  catch(error: unknown): void {
    const all: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
    for (const each of all) {
      if (!(each instanceof InputError)) throw error;
      this.#keep(each.detail === undefined ? this.framed(each) : each);
    }
  }

  /** The same error with the lines that it is about. */
  framed(error: InputError): InputError {
    const { code, message, place, host, task, hint, cause } = error;
    const facts = { code, message, place, host, task, hint, cause, ...this.#detail(error) };
    return new InputError(Object.fromEntries(Object.entries(facts).filter(([, each]) => each !== undefined)) as never);
  }

  get count(): number {
    return this.#found.length;
  }

  list(): readonly InputError[] {
    const files = [...new Set(this.#found.map(({ place }) => place?.file))];
    const rank = ({ place }: InputError) => [files.indexOf(place?.file), place?.line ?? 0, place?.column ?? 0] as const;
    return this.#found.toSorted((a, b) => {
      const [left, right] = [rank(a), rank(b)];
      return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
    });
  }

  #keep(error: InputError): void {
    const { place, message, host } = error;
    // Once on a line is enough.
    const name = JSON.stringify([place?.file, place?.line, message, host]);
    if (this.#known.has(name)) return;
    this.#known.add(name);
    this.#found.push(error);
  }

  #detail({ place, detail }: Pick<ErrorFacts, "place" | "detail">): { detail?: string } {
    if (detail !== undefined) return { detail };
    if (place?.line === undefined) return {};
    const text = this.#textOf(place.file);
    return text === undefined ? {} : { detail: codeFrame(text, place) };
  }
}
