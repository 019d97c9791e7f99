import { migrate } from "./src/migrate.js";
import { openMysql } from "./src/mysql.js";
import { readSettings } from "./src/settings.js";

// Brings the database to what this release needs: each file of migrations/ once, in order. Migrations only add, so that the
// release before goes on working: what is not used any more is removed one release later.
const mysql = openMysql(readSettings(process.env).database);
// One connection, since the lock is its own.
const connection = await mysql.connection();
const applied = await migrate(async (statement, values) => (await connection.query(statement, values))[0]);
connection.release();
await mysql.close();
console.error(applied.length > 0 ? `applied ${applied.join(", ")}` : "nothing to apply");
