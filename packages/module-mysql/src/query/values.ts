/** A value in a statement: safe under every mode of the server, since what a backslash may mean is never in it. */
export type QueryValue = string | number | boolean | null;

function valueSql(value: QueryValue): string {
  if (value === null) return "NULL";
  if (typeof value === "boolean") return value ? "1" : "0";
  if (typeof value === "number") return String(value);
  if (!/[\\\0\n\r]/.test(value)) return `'${value.replaceAll("'", "''")}'`;
  return `CONVERT(0x${Buffer.from(value).toString("hex")} USING utf8mb4)`;
}

/** `%s` in order, or `%(name)s`; `%%` is a per cent sign. As it is, where there are no values. */
export function filledIn(
  sql: string,
  values: readonly QueryValue[] | Readonly<Record<string, QueryValue>> | undefined,
): string {
  if (values === undefined) return sql;
  let next = 0;
  return sql.replace(/%(?:%|s|\((\w+)\)s)/g, (found, name: string | undefined) => {
    if (found === "%%") return "%";
    const value = Array.isArray(values) ? values[next++] : (values as Readonly<Record<string, QueryValue>>)[name ?? ""];
    return value === undefined ? found : valueSql(value);
  });
}
