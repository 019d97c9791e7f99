import assert from "node:assert/strict";
import { test } from "node:test";
import { started } from "../testing/started.js";

const text = async (answer) => await (await answer).text();

test("home shows the texts, and the newest entries first", async (t) => {
  const { ask, sign } = await started(t);
  await sign({ message: "one" });
  await sign({ message: "two" });
  const answer = await ask("/");
  const body = await answer.text();
  assert.equal(answer.status, 200);
  assert.ok(body.includes("<h1>Welcome</h1>"));
  assert.ok(body.includes("<p>First.</p>\n<p>&lt;Second&gt; &amp; last.</p>"));
  assert.ok(body.indexOf("two") < body.indexOf("one"));
  assert.ok(body.includes('<time datetime="2026-01-02T03:04:05Z">2 Jan 2026, 03:04 UTC</time>'));
});

test("an empty log says so", async (t) => {
  const { ask } = await started(t);
  assert.match(await text(ask("/")), /Nobody has signed yet\./);
});

test("twenty entries make a page, and the rest follows", async (t) => {
  const { ask, sign } = await started(t);
  for (let number = 1; number <= 41; number++) await sign({ message: `entry-${number}.` });
  const seen = [];
  for (let path = "/"; path; ) {
    const body = await text(ask(path));
    seen.push([...body.matchAll(/entry-(\d+)\./g)].map(([, number]) => Number(number)));
    path = /href="(\/\?before=\d+)"/.exec(body)?.[1];
  }
  assert.deepEqual(
    seen.map((page) => page.length),
    [20, 20, 1],
  );
  assert.deepEqual(
    seen.flat(),
    Array.from({ length: 41 }, (_, index) => 41 - index),
  );
});

test("signing leads to the entry, and the same form twice is one", async (t) => {
  const { ask, sign, book } = await started(t);
  const id = crypto.randomUUID();
  for (let time = 0; time < 2; time++) {
    const answer = await sign({ id });
    assert.equal(answer.status, 303);
    assert.equal(answer.headers.get("location"), `/entries/${id}`);
  }
  assert.equal(book.entries.length, 1);
  assert.match(await text(ask(`/entries/${id}`)), /Ada signed the log/);
});

test("whatever is written is shown as text", async (t) => {
  const { ask, sign } = await started(t);
  const evil = "<script>alert(\"x\")</script> & 'quoted' {{name}} {{{body}}} $& $1";
  const id = crypto.randomUUID();
  await sign({ id, message: evil });
  for (const path of ["/", `/entries/${id}`]) {
    const body = await text(ask(path));
    assert.ok(!body.includes("<script>alert"));
    assert.ok(
      body.includes(
        "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#x27;quoted&#x27; {{name}} {{{body}}} $&amp; $1",
      ),
    );
  }
});

test("a form that is refused comes back as it was", async (t) => {
  const { sign, book } = await started(t);
  const id = crypto.randomUUID();
  const answer = await sign({ id, name: '"><b>', message: "x".repeat(501) });
  const body = await answer.text();
  assert.equal(answer.status, 422);
  assert.ok(body.includes("A word has up to 500 characters."));
  assert.ok(body.includes('value="&quot;&gt;&lt;b&gt;"'));
  assert.ok(body.includes(`value="${id}"`));
  assert.deepEqual(book.entries, []);
});

test("what is refused, and what is just right", async (t) => {
  const { sign, book } = await started(t);
  const refused = [{ name: " " }, { name: "x".repeat(61) }, { message: "" }, { id: "1" }, { name: "bell\x07" }];
  for (const form of refused) assert.equal((await sign(form)).status, 422, JSON.stringify(form));
  assert.deepEqual(book.entries, []);
  const right = [
    { name: "x".repeat(60), message: "y".repeat(500) },
    { name: "ü€😀".repeat(20), message: "line\r\nline" },
    { name: "O'Brien", message: "%s; DROP TABLE entries" },
  ];
  for (const form of right) assert.equal((await sign(form)).status, 303, JSON.stringify(form));
  assert.equal(book.entries[1].message, "line\nline");
});

test("another site's form is refused", async (t) => {
  const { ask } = await started(t);
  const body = new URLSearchParams({ id: crypto.randomUUID(), name: "Eve", message: "x" });
  const post = (site) => ask("/entries", { method: "POST", body, headers: { "sec-fetch-site": site } });
  // fetch of Node says nothing by itself here, and lets us say it.
  assert.equal((await post("cross-site")).status, 403);
  assert.equal((await post("same-origin")).status, 303);
});

test("what is not there, and what is not done", async (t) => {
  const { ask } = await started(t);
  for (const path of ["/nothing", `/entries/${"0".repeat(36)}`, "/entries/x", "/assets/site.css", "/%ff", "/é"]) {
    assert.equal((await ask(path)).status, 404, path);
  }
  const home = await ask("/", { method: "POST", body: new URLSearchParams() });
  assert.deepEqual([home.status, home.headers.get("allow")], [405, "GET, HEAD"]);
  const entries = await ask("/entries");
  assert.deepEqual([entries.status, entries.headers.get("allow")], [405, "POST"]);
});

test("bodies that are no forms", async (t) => {
  const { ask } = await started(t);
  const form = "application/x-www-form-urlencoded";
  const post = async (body, type = form) =>
    (await ask("/entries", { method: "POST", body, headers: { "content-type": type }, duplex: "half" })).status;
  assert.equal(await post("{}", "application/json"), 415);
  assert.equal(await post(new Blob(["name=x"]).stream()), 411);
  assert.equal(await post("x".repeat(32_769)), 413);
  assert.equal(await post("name=%ff"), 400);
  assert.equal(await post("a=1&".repeat(30)), 400);
});

test("HEAD is GET without a body", async (t) => {
  const { ask } = await started(t);
  const answer = await ask("/about", { method: "HEAD" });
  assert.deepEqual([answer.status, await answer.text()], [200, ""]);
  const { length } = Buffer.from(await text(ask("/about")));
  assert.equal(answer.headers.get("content-length"), String(length));
});

test("assets are kept for ever", async (t) => {
  const { ask } = await started(t);
  const urls = [...(await text(ask("/"))).matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, url]) => url);
  assert.equal(urls.length, 3);
  for (const url of urls) {
    const answer = await ask(url);
    assert.deepEqual(
      [answer.status, answer.headers.get("cache-control")],
      [200, "public, max-age=31536000, immutable"],
    );
    assert.match(url, /\.[0-9a-f]{12}\.(css|js|svg)$/);
  }
});

test("every answer names its release", async (t) => {
  const { ask } = await started(t);
  for (const path of ["/", "/nothing", "/health/live", "/slow?seconds=x"]) {
    const answer = await ask(path);
    assert.equal(answer.headers.get("x-release"), "r1");
    assert.match(answer.headers.get("content-security-policy"), /default-src 'none'/);
  }
});

test("slow takes as long as it is told", async (t) => {
  const waited = [];
  const { ask } = await started(t, { wait: async (milliseconds) => waited.push(milliseconds) });
  assert.equal(await text(ask("/slow?seconds=1.5")), "That took 1.5 seconds.\n");
  for (const seconds of ["31", "-1", "NaN", "Infinity", "x", ""]) {
    assert.equal((await ask(`/slow?seconds=${seconds}`)).status, 400, seconds);
  }
  assert.deepEqual(waited, [1500]);
});

test("without a database it lives, and is not ready", async (t) => {
  const { ask, book, logged } = await started(t);
  const health = async (which) => {
    const answer = await ask(`/health/${which}`);
    return [answer.status, await answer.json()];
  };
  assert.deepEqual(await health("ready"), [200, { status: "ok", release: "r1" }]);
  book.isDown = true;
  assert.deepEqual(await health("ready"), [503, { status: "the database does not answer", release: "r1" }]);
  assert.deepEqual(await health("live"), [200, { status: "ok", release: "r1" }]);
  const answer = await ask("/");
  assert.deepEqual([answer.status, answer.headers.get("retry-after")], [503, "2"]);
  assert.match(await answer.text(), /<h1>Service Unavailable<\/h1>/);
  assert.match(logged.join("\n"), /the database is not available/);
});

test("a mistake of ours is logged, and not shown", async (t) => {
  const { ask, book, logged } = await started(t);
  book.page = () => Promise.reject(new Error("division"));
  const answer = await ask("/about");
  assert.equal(answer.status, 500);
  assert.doesNotMatch(await answer.text(), /division/);
  assert.match(logged.join("\n"), /division/);
});
