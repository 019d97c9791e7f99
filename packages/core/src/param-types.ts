import type { TOptional, TUnsafe } from "typebox";
import type { ParamWords } from "./module.ts";
import type { Secret } from "./secret.ts";
import type { LocalFile } from "./step.ts";

type Words = ParamWords & { readonly description: string; readonly default?: unknown };

/** A text that may be secret: a file's content, a password. */
export function MaybeSecret(words: Words) {
  return schemaOf<string | Secret>({ type: "string", mayBeSecret: true, ...words });
}

/** A file of the controller's, by its path in the playbook. */
export function LocalFileParam(words: Words) {
  return schemaOf<LocalFile>({ type: "string", local: "file", ...words });
}

/** A condition or value that is computed when the task runs: `{ source, value }`. */
export function ExpressionParam(words: Words) {
  return schemaOf<{ readonly source: string; readonly value: unknown }>({ expression: true, ...words });
}

/** What Ansible has and we do not; whoever uses it is told why. */
export function Refused(reason: string): TOptional<TUnsafe<never>> {
  const schema = schemaOf<never>({ refused: reason, description: `not supported: ${reason}` });
  return Object.defineProperty(schema, "~optional", { ...hidden, value: true }) as TOptional<TUnsafe<never>>;
}

const hidden = { writable: true, enumerable: false, configurable: true };

/** As typebox marks its own, without loading it: whoever only plans and runs has no need of it. */
function schemaOf<T>(schema: object): TUnsafe<T> {
  return Object.defineProperty({ ...schema }, "~unsafe", { ...hidden, value: null }) as TUnsafe<T>;
}
