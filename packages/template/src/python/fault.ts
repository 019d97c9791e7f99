/** Where in a template: counted from 0, as nunjucks counts. Its nodes are such places. */
export interface Position {
  readonly lineno: number;
  readonly colno: number;
  /** The file, when it is not the one that is being rendered but one that it includes. */
  readonly file?: string;
}

/** What went wrong in a template, before it is known in which file that is. */
export class TemplateFault extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly at: Position | undefined;

  constructor(code: string, message: string, { hint, at }: { readonly hint?: string; readonly at?: Position } = {}) {
    super(message);
    this.name = new.target.name;
    this.code = `template/${code}`;
    this.hint = hint;
    this.at = at;
  }
}

/** A value is of a kind that cannot do this: Python's TypeError. */
export function wrongType(message: string, hint?: string): TemplateFault {
  return new TemplateFault("type", message, hint === undefined ? {} : { hint });
}

/** A value is of the right kind, and still will not do: Python's ValueError. */
export function wrongValue(message: string, hint?: string): TemplateFault {
  return new TemplateFault("value", message, hint === undefined ? {} : { hint });
}

/** A bound was reached. It passes through whatever defers other errors. */
export class LimitReached extends TemplateFault {
  constructor(message: string) {
    super("limit", message);
  }
}
