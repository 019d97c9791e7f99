import type { TSchema } from "typebox";
import { Type } from "typebox";
import type { ParamWords } from "./module.ts";
import type { Secret } from "./secret.ts";
import type { LocalFile } from "./step.ts";

type Words = ParamWords & { readonly description: string; readonly default?: unknown };

/** A text that may be secret: a file's content, a password. */
export function MaybeSecret(words: Words) {
  return Type.Unsafe<string | Secret>({ type: "string", mayBeSecret: true, ...words });
}

/** A file of the controller's, by its path in the playbook. */
export function LocalFileParam(words: Words) {
  return Type.Unsafe<LocalFile>({ type: "string", local: "file", ...words });
}

/** A condition or value that is computed when the task runs: `{ source, value }`. */
export function ExpressionParam(words: Words) {
  return Type.Unsafe<{ readonly source: string; readonly value: unknown }>({ expression: true, ...words });
}

/** What Ansible has and we do not; whoever uses it is told why. */
export function Refused(reason: string) {
  return Type.Optional(Type.Unsafe<never>({ refused: reason, description: `not supported: ${reason}` } as TSchema));
}
