import { InputError } from "@evenkeel/core";
import { identifier } from "../sql/quote-sql.ts";

/** `*.*`, `shop.*`, `shop.orders`, `FUNCTION shop.total` → as SQL has it. */
export function placeSql(place: string): string {
  const [, type = "", database = "", , thing = ""] = parts(place);
  const left = database === "*" ? "*" : identifier(unticked(database));
  return `${type}${left}.${thing === "*" ? "*" : identifier(unticked(thing))}`;
}

/** A database of just that name: in a grant on a whole database `_` and `%` stand for any letters, and are said to stand for themselves. */
export function exactPlace(place: string): string {
  const [, type = "", database = "", , thing = ""] = parts(place);
  if (type !== "" || thing !== "*" || database === "*") return plainPlace(place);
  return `${unticked(database).replace(/\\?([_%])/g, "\\$1")}.*`;
}

/** Without the quotes that somebody put around the names. */
export function plainPlace(place: string): string {
  const [, type = "", database = "", , thing = ""] = parts(place);
  return `${type}${unticked(database)}.${unticked(thing)}`;
}

function parts(place: string): RegExpExecArray {
  const found = /^((?:FUNCTION |PROCEDURE |TABLE )?)(`(?:[^`]|``)+`|[^.`]+)(\.)(`(?:[^`]|``)+`|[^`]+)$/i.exec(
    place.trim(),
  );
  if (found) {
    const [whole, type = "", database = "", dot = "", thing = ""] = found;
    const word = type.toUpperCase() === "TABLE " ? "" : type.toUpperCase();
    return Object.assign([whole, word, database, dot, thing], { index: 0, input: place }) as unknown as RegExpExecArray;
  }
  throw new InputError({
    code: "mysql/place",
    message: `not a place where privileges hold: ${JSON.stringify(place)}`,
    hint: "such as *.*, shop.*, shop.orders, or FUNCTION shop.total",
  });
}

function unticked(name: string): string {
  return name.startsWith("`") ? name.slice(1, -1).replaceAll("``", "`") : name;
}
