import type { Written } from "../written/written.ts";

export type Keywords = ReadonlyMap<string, Written>;

/** The keywords of a node, and of all that hand theirs down to it. */
export class Heritage {
  readonly keywords: Keywords;
  readonly #parent: Heritage | undefined;

  constructor(keywords: Keywords, parent?: Heritage) {
    this.keywords = keywords;
    this.#parent = parent;
  }

  /** A node within. */
  with(keywords: Keywords): Heritage {
    return new Heritage(keywords, this);
  }

  /** The same keywords below something else. */
  below(parent: Heritage): Heritage {
    return new Heritage(this.keywords, this.#parent ? this.#parent.below(parent) : parent);
  }

  /** All that say it, the nearest first. */
  all(name: string): readonly Written[] {
    const own = this.keywords.get(name);
    const inherited = this.#parent?.all(name) ?? [];
    return own ? [own, ...inherited] : inherited;
  }
}
