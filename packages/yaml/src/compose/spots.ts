export type Mapping = Record<string, unknown> | Map<unknown, unknown>;

/** Where an entry of a list or mapping is written. */
export interface Spot {
  /** The key's offset; for an item of a list, the item's. */
  readonly keyStart: number;
  readonly start: number;
}

/** The offsets of all values of a document: numbers beside the containers, looked up only when somebody asks. */
export class Spots {
  readonly #lists = new Map<object, readonly number[]>();
  readonly #mappings = new Map<object, readonly number[]>();
  /** Of a block scalar's sign, where its content begins. */
  readonly blocks = new Map<number, number>();
  /** Of an alias, where what it stands for is written. */
  readonly aliases = new Map<number, number>();

  addList(list: readonly unknown[], starts: readonly number[]): void {
    this.#lists.set(list, starts);
  }

  /** Offsets of each key and its value, in the mapping's order. */
  addMapping(mapping: Mapping, starts: readonly number[]): void {
    this.#mappings.set(mapping, starts);
  }

  isMapping(value: unknown): value is Mapping {
    return typeof value === "object" && value !== null && this.#mappings.has(value);
  }

  of(container: object, key: unknown): Spot | undefined {
    const item = this.#lists.get(container)?.[key as number];
    if (item !== undefined) return { keyStart: item, start: item };
    const starts = this.#mappings.get(container);
    if (starts === undefined) return undefined;
    const index = keysOf(container as Mapping).indexOf(key);
    const [keyStart, start] = [starts[2 * index], starts[2 * index + 1]];
    return keyStart === undefined || start === undefined ? undefined : { keyStart, start };
  }

  startsOf(mapping: Mapping): readonly number[] {
    return this.#mappings.get(mapping) ?? [];
  }
}

export function keysOf(mapping: Mapping): unknown[] {
  return mapping instanceof Map ? [...mapping.keys()] : Object.keys(mapping);
}
