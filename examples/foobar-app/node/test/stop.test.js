import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { Agent, createServer, get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { listen } from "../src/listen.js";
import { stop } from "../src/stop.js";
import { started } from "../testing/started.js";

/** A slow request that has arrived, and goes on when it is told to. */
async function inFlight(t) {
  const arrived = deferred();
  const held = deferred();
  const wait = () => {
    arrived.resolve();
    return held.promise;
  };
  const { server, origin } = await started(t, { wait });
  const answer = once(get(`${origin}/slow?seconds=1`), "response");
  await arrived.promise;
  return { server, origin, answer, goOn: held.resolve };
}

test("what is in flight is answered, what is idle is closed, and nobody new is taken", async (t) => {
  const { server, origin, answer, goOn } = await inFlight(t);
  const agent = new Agent({ keepAlive: true });
  t.after(() => agent.destroy());
  const [idle] = await once(get(`${origin}/health/live`, { agent }), "response");
  idle.resume();
  await once(idle, "end");
  const stopped = stop(server);
  await assert.rejects(once(get(`${origin}/health/live`), "response"), { code: "ECONNREFUSED" });
  goOn();
  const [answered] = await answer;
  assert.deepEqual([answered.statusCode, answered.headers.connection], [200, "close"]);
  answered.resume();
  await stopped;
});

test("what takes too long is cut", async (t) => {
  const { server, answer } = await inFlight(t);
  const cut = assert.rejects(answer, { code: "ECONNRESET" });
  await stop(server, { patience: 50 });
  await cut;
});

test("a unix socket is listened at, again after a kill, but not when somebody does", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "foobar-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "app.sock");
  const first = createServer((_, reply) => reply.end("here"));
  await listen(first, `unix:${path}`, {});
  t.after(() => first.close());
  const [answer] = await once(get({ socketPath: path }), "response");
  assert.equal(answer.statusCode, 200);
  answer.resume();
  const second = createServer();
  await assert.rejects(listen(second, `unix:${path}`, {}), /somebody listens/);
  first.closeAllConnections();
  first.close();
  await once(first, "close");
  assert.ok(!existsSync(path));
});

test("a socket for another process is not taken for ours", async (t) => {
  const server = createServer();
  t.after(() => server.close());
  await listen(server, "127.0.0.1:0", { LISTEN_FDS: "1", LISTEN_PID: "1" });
  assert.ok(server.address().port > 0);
});

function deferred() {
  const deferred = {};
  deferred.promise = new Promise((resolve) => {
    deferred.resolve = resolve;
  });
  return deferred;
}
