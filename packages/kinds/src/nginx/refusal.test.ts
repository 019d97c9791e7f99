import { expect, test } from "vitest";
import { refusal } from "./refusal.ts";

const path = "/etc/nginx/conf.d/a.conf";
const lines = [
  { text: "server {" },
  { text: "    bogus on;", from: "raw, line 1" },
  { text: "    access_log /var/log/none/a.log;", from: "access_log" },
  { text: "}" },
];
const told = (said: string) => refusal(said, { path, what: "file" }, lines);

test("nginx's words are told at the parameter that they are about", () => {
  const error = told(`[warn] 7#7: something\n[emerg] 7#7: unknown directive "bogus" in ${path}:2\n`);
  expect(error).toMatchObject({
    code: "nginx/refused",
    message: `nginx refuses its configuration with the new ${path}`,
  });
  expect(error.detail).toBe(`emerg: unknown directive "bogus" in ${path}:2\nline 2: bogus on;\nfrom raw, line 1`);
  expect(error.hint).toContain("look at raw, line 1");
});

test("what it only opens is found by its name", () => {
  expect(told('[emerg] open() "/var/log/none/a.log" failed (2: No such file or directory)').detail).toContain(
    "from access_log",
  );
});

test("another file is named", () => {
  const error = told('[emerg] unexpected "}" in /etc/nginx/conf.d/other.conf:2');
  expect(error.hint).toContain("other.conf");
  expect(error.detail).not.toContain("from");
});

test("a name that two servers have", () => {
  expect(told('[warn] 7#7: conflicting server name "a" on 0.0.0.0:80, ignored').hint).toContain(
    "another server has this name",
  );
});
