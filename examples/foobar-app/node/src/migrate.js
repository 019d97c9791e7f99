import { readdirSync, readFileSync } from "node:fs";

const FOLDER = new URL("../migrations/", import.meta.url);

/** Runs what has not been run, and says what that was. Two at the same time wait for each other. */
export async function migrate(query, folder = FOLDER) {
  const [lock] = await query("SELECT GET_LOCK('foobar.migrations', 60) AS got");
  if (lock.got !== 1) throw new Error("another migration has been running for a minute");
  try {
    await query(
      "CREATE TABLE IF NOT EXISTS migrations (name VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY, applied_at DATETIME NOT NULL)",
    );
    const done = new Set((await query("SELECT name FROM migrations")).map(({ name }) => name));
    const fresh = numbered(folder).filter((name) => !done.has(name));
    for (const name of fresh) {
      for (const statement of statements(readFileSync(new URL(name, folder), "utf8"))) await query(statement);
      await query("INSERT INTO migrations (name, applied_at) VALUES (?, UTC_TIMESTAMP())", [name]);
    }
    return fresh;
  } finally {
    await query("SELECT RELEASE_LOCK('foobar.migrations')");
  }
}

/** The migrations in their order. Two of one number would have none. */
export function numbered(folder) {
  const names = readdirSync(folder)
    .filter((name) => /^\d{3}_\w+\.sql$/.test(name))
    .sort();
  if (new Set(names.map((name) => name.slice(0, 3))).size < names.length) {
    throw new Error(`two migrations have the same number: ${names.join(", ")}`);
  }
  return names;
}

/** A file's statements. One ends with a semicolon at the end of a line. */
function statements(sql) {
  const parts = sql.replace(/^\s*--.*$/gm, "").split(/;[ \t]*$/m);
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}
