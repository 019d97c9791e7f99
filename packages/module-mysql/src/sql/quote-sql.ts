import { InputError } from "@evenkeel/core";

/**
 * A text as SQL has it. The only place, with `identifier`, where anything is quoted for SQL. It holds under the mode that
 * `PREAMBLE` sets (backslashes escape) and for utf8mb4, in which no other character has a quote's byte in it.
 */
export function literal(text: string): string {
  demandNoNul(text);
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''").replaceAll("\n", "\\n").replaceAll("\r", "\\r")}'`;
}

/** A name of a database, table, column or variable. */
export function identifier(name: string): string {
  demandNoNul(name);
  if (name !== "" && name.length <= 64) return `\`${name.replaceAll("`", "``")}\``;
  throw new InputError({
    code: "mysql/name",
    message: `not a name that a database server takes: ${JSON.stringify(name.slice(0, 80))}`,
    hint: "1 to 64 characters",
  });
}

/** What our own statements begin with: whatever mode the server has, our quoting holds; and no lock is waited for all day. */
export const PREAMBLE = "SET SESSION sql_mode = '', SESSION lock_wait_timeout = 10";

function demandNoNul(text: string): void {
  if (!text.includes("\0")) return;
  throw new InputError({ code: "mysql/nul", message: "a NUL byte in a name or value for the database server" });
}
