/** Python's tuple: a list that prints with parentheses and equals no list. */
export class Tuple extends Array<unknown> {
  /** What array methods make of a tuple is a list. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}

/** A tuple whose elements have names too: `group.grouper`, `group.list`. */
export class NamedTuple extends Tuple {
  names: readonly string[] = [];
}

export function tuple(...items: readonly unknown[]): Tuple {
  const made = new Tuple();
  for (const item of items) made.push(item);
  return made;
}

export function namedTuple(fields: Readonly<Record<string, unknown>>): NamedTuple {
  const made = new NamedTuple();
  made.push(...Object.values(fields));
  made.names = Object.keys(fields);
  return made;
}
