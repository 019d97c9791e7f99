import { createApplication } from "../src/application.js";
import { listen } from "../src/listen.js";
import { Site } from "../src/site.js";
import { MemoryBook } from "./memory-book.js";

/** The application on a port of its own, and a way to ask it that follows no redirections. */
export async function started(test, { wait } = {}) {
  const book = new MemoryBook();
  const logged = [];
  const site = new Site(book, { release: "r1", ...(wait && { wait }) });
  const server = createApplication(site, { release: "r1", log: (line) => logged.push(line) });
  await listen(server, "127.0.0.1:0", {});
  test.after(() => server.closeAllConnections());
  test.after(() => server.close());
  const origin = `http://127.0.0.1:${server.address().port}`;
  const ask = (path, options) => fetch(origin + path, { redirect: "manual", ...options });
  const sign = (form = {}, headers = {}) => {
    const whole = { id: crypto.randomUUID(), name: "Ada", message: "Ahoy", ...form };
    return ask("/entries", { method: "POST", body: new URLSearchParams(whole), headers });
  };
  return { book, server, origin, ask, sign, logged };
}
