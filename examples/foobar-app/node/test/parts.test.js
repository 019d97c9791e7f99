import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { Assets } from "../src/assets.js";
import { paragraphs, Templates } from "../src/html.js";
import { migrate, numbered } from "../src/migrate.js";
import { readSettings } from "../src/settings.js";

function folder(t, files = {}) {
  const path = mkdtempSync(join(tmpdir(), "foobar-"));
  t.after(() => rmSync(path, { recursive: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return { path, url: pathToFileURL(`${path}/`) };
}

test("settings: all mistakes are told at once, and a password comes from a file if one is named", (t) => {
  assert.throws(
    () => readSettings({ DATABASE_PORT: "x", RELEASE: "a b", LISTEN: "8000", DATABASE_PASSWORD_FILE: "/no/such" }),
    /DATABASE_PASSWORD_FILE.*DATABASE_PORT.*RELEASE.*LISTEN/s,
  );
  const { path } = folder(t, { password: "hunter2\n" });
  const environment = { DATABASE_PASSWORD_FILE: join(path, "password"), DATABASE_PASSWORD: "other" };
  assert.equal(readSettings(environment).database.password, "hunter2");
  assert.equal(readSettings({}).listen, "127.0.0.1:8000");
});

test("templates escape what does not say that it is HTML", (t) => {
  const { url } = folder(t, { "a.html": "<b title='{{x}}'>{{{y}}}</b>{{x}}" });
  assert.equal(
    new Templates(url).render("a", { x: "<'&", y: "{{x}}<i>" }),
    "<b title='&lt;&#x27;&amp;'>{{x}}<i></b>&lt;&#x27;&amp;",
  );
  assert.equal(paragraphs("a\nb\n \n\n<c>\n"), "<p>a\nb</p>\n<p>&lt;c&gt;</p>");
});

test("assets: a name changes with its content, and what is published stays", (t) => {
  const source = folder(t).path;
  const target = folder(t).path;
  for (const content of ["a{}", "b{}"]) {
    writeFileSync(join(source, "site.css"), content);
    new Assets(source).publish(target);
  }
  const published = readdirSync(target).map((name) => readFileSync(join(target, name), "utf8"));
  assert.deepEqual(published.sort(), ["a{}", "b{}"]);
});

test("migrations: each runs once, in order, up to the first that fails", async (t) => {
  const { url } = folder(t, {
    "002_b.sql": "B;\n",
    "001_a.sql": "-- one; two\nA1;\nA2;\n",
    "003_c.sql": "FAIL;\n",
    "004_d.sql": "D;\n",
  });
  const done = new Set(["001_a.sql"]);
  const ran = [];
  const query = async (statement, values) => {
    if (statement.includes("_LOCK(")) return [{ got: 1 }];
    if (statement.startsWith("SELECT name")) return [...done].map((name) => ({ name }));
    if (statement.startsWith("INSERT INTO migrations")) done.add(values[0]);
    else if (!statement.startsWith("CREATE TABLE IF NOT EXISTS migrations")) ran.push(statement);
    if (statement === "FAIL") throw new Error("refused");
    return [];
  };
  await assert.rejects(migrate(query, url), /refused/);
  assert.deepEqual(
    [ran, [...done]],
    [
      ["B", "FAIL"],
      ["001_a.sql", "002_b.sql"],
    ],
  );
});

test("migrations: two of one number have no order", (t) => {
  assert.throws(() => numbered(folder(t, { "001_a.sql": "", "001_b.sql": "" }).url), /same number/);
});
