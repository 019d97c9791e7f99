import { createApplication } from "./src/application.js";
import { Database } from "./src/database.js";
import { listen } from "./src/listen.js";
import { LogBook } from "./src/log-book.js";
import { openMysql } from "./src/mysql.js";
import { readSettings } from "./src/settings.js";
import { Site } from "./src/site.js";
import { stop } from "./src/stop.js";

const settings = readSettings(process.env);
const { release } = settings;
const database = new Database(openMysql(settings.database), settings.database);
const server = createApplication(new Site(new LogBook(database), { release }), { release });

for (const signal of ["SIGTERM", "SIGINT"]) {
  process.once(signal, async () => {
    await stop(server);
    await database.close();
  });
}
await listen(server, settings.listen);
console.error(`Foobar Harbour, release ${release}, listens`);
