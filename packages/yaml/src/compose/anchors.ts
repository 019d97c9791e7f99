import { Mistake } from "../mistakes/mistake.ts";
import type { Token } from "../scan/token.ts";

interface Anchored {
  value: unknown;
  /** Where the value is written. */
  offset: number;
  /** Values in it, those of aliases counted each time; undefined while it is being read. */
  size: number | undefined;
}

/** Ten lines of aliases to aliases can stand for billions of values; nobody writes so many by hand. */
const mostValues = 200_000;

/** The named values of a document, and how many values it has come to. */
export class Anchors {
  readonly #named = new Map<string, Anchored>();
  #count = 0;

  /** Called for each value that is read. */
  count(): void {
    this.#count++;
  }

  isTaken(name: string): boolean {
    return this.#named.has(name);
  }

  open(name: string): (value: unknown, offset: number) => void {
    const before = this.#count;
    const anchored: Anchored = { value: undefined, offset: 0, size: undefined };
    this.#named.set(name, anchored);
    return (value, offset) => Object.assign(anchored, { value, offset, size: this.#count - before });
  }

  find({ text, start }: Token): Anchored {
    const anchored = this.#named.get(text);
    if (anchored === undefined) {
      throw new Mistake("alias", `nothing is anchored as &${text} before this`, start, {
        hint: `quote the value if it is meant to begin with *`,
      });
    }
    if (anchored.size === undefined) throw new Mistake("alias", `*${text} stands inside of what it names`, start);
    this.#count += anchored.size;
    if (this.#count > mostValues) {
      const message = `with its aliases this document has more than ${mostValues.toLocaleString("en")} values`;
      throw new Mistake("alias-bomb", message, start);
    }
    return anchored;
  }
}
