/** What is known at one place of a template: names that have a value, and parts of variables that are sure to be there. */
export class KnownNames {
  readonly #locals: ReadonlySet<string>;
  readonly #checked: ReadonlySet<string>;

  constructor(locals: ReadonlySet<string> = new Set(), checked: ReadonlySet<string> = new Set()) {
    this.#locals = locals;
    this.#checked = checked;
  }

  /** With more names that have a value of the template's own. */
  withLocals(names: Iterable<string>): KnownNames {
    return new KnownNames(new Set([...this.#locals, ...names]), this.#checked);
  }

  /** With more that was asked for: paths such as `result.rc`. */
  withChecked(paths: Iterable<string>): KnownNames {
    return new KnownNames(this.#locals, new Set([...this.#checked, ...paths]));
  }

  isLocal(name: string): boolean {
    return this.#locals.has(name);
  }

  /** Whether this, or a part of it, was asked for. */
  isChecked(path: string): boolean {
    for (const each of this.#checked) if (each === path || each.startsWith(`${path}.`)) return true;
    return false;
  }
}
