import { InputError } from "@evenkeel/core";
import { literal } from "./quote-sql.ts";

/** A user of the server: who, and from where. */
export interface Account {
  readonly name: string;
  readonly host: string;
}

/** `app@localhost`: the last `@` parts name and host. */
export function accountKey({ name, host }: Account): string {
  return `${name}@${host}`;
}

export function accountOf(key: string): Account {
  const at = key.lastIndexOf("@");
  return { name: key.slice(0, at), host: key.slice(at + 1) };
}

/** As a playbook names it; refused where the server would cut it off, or read it otherwise. */
export function account(name: string, host: string): Account {
  const isRight = name.length <= 80 && host !== "" && host.length <= 255 && !/[@\s]/.test(host);
  if (isRight) return { name, host: host.toLowerCase() };
  throw new InputError({
    code: "mysql/account",
    message: `not an account of a database server: ${JSON.stringify(`${name}@${host}`.slice(0, 120))}`,
    hint: "a name of at most 80 characters, and a host such as localhost, 10.0.0.% or %",
  });
}

/** As SQL has it. */
export function accountSql({ name, host }: Account): string {
  return `${literal(name)}@${literal(host)}`;
}
