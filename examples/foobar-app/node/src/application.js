import { createServer } from "node:http";
import { Unavailable } from "./database.js";
import { HttpError, readRequest } from "./http.js";

const HEADERS = {
  "Cache-Control": "no-store",
  "Content-Security-Policy":
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "Referrer-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
};

/** HTTP around the site: every answer has its headers, every failure is an answer. */
export function createApplication(site, { release, log = console.error }) {
  const server = createServer(
    {
      // Longer than the proxy before us keeps its connections, so that it is never we who close one that it is about to use.
      keepAliveTimeout: 75_000,
      headersTimeout: 15_000,
      requestTimeout: 30_000,
    },
    async (message, reply) => {
      const { status, body, type, headers } = await answer(site, message, log);
      reply.writeHead(status, {
        ...HEADERS,
        "Content-Type": type,
        "Content-Length": body.length,
        "X-Release": release,
        // Whoever goes on after the server was closed does so on a new connection, with the next one.
        ...(server.listening ? {} : { Connection: "close" }),
        ...headers,
      });
      reply.end(message.method === "HEAD" ? undefined : body);
    },
  );
  return server;
}

async function answer(site, message, log) {
  try {
    return await site.answer(await readRequest(message));
  } catch (error) {
    if (error instanceof HttpError) return { ...site.failure(error.status, error.message), headers: error.headers };
    if (error instanceof Unavailable) {
      log(`the database is not available: ${error.message}`);
      const page = site.failure(503, "The log is being fetched. Please come back in a moment.");
      return { ...page, headers: { "Retry-After": "2" } };
    }
    log(`${message.method} ${message.url} failed: ${error.stack}`);
    return site.failure(500, "Something broke, and was written down.");
  }
}
