import { Secret } from "@evenkeel/core";
import { expect, test } from "vitest";
import { optionText } from "../door/option-text.ts";
import { splitStatements } from "../migrate/split-statements.ts";
import { filledIn } from "../query/values.ts";
import { settingsText } from "../server/settings-text.ts";
import { account, accountOf, accountSql } from "./account.ts";
import { identifier, literal } from "./quote-sql.ts";

const nasty = ["'; DROP TABLE x; -- ", "\\", "\\'", "a`b", '"', "\n\r\t", "%s", "é'€", "$$evk$$", "x'y''z"];

test.each(nasty)("whatever is in it, %j stays one text, one name, one value", (text) => {
  // As the server reads it: a backslash takes the next letter with it, and two quotes are one.
  const inner = literal(text).slice(1, -1);
  expect(/^(?:\\.|''|[^\\'])*$/s.test(inner)).toBe(true);
  expect(
    inner
      .replace(/\\n/g, "\n")
      .replace(/\\r/g, "\r")
      .replace(/\\\\|''/g, (found) => found.charAt(0)),
  ).toBe(text);
  const name = identifier(text).slice(1, -1);
  expect(/^(?:``|[^`])*$/s.test(name)).toBe(true);
  expect(name.replaceAll("``", "`")).toBe(text);
  expect(splitStatements(`SELECT ${filledIn("%s", [text])}`)).toHaveLength(1);
});

test("a NUL byte is refused, and so is a name that is too long", () => {
  expect(() => literal("a\0b")).toThrow(expect.objectContaining({ code: "mysql/nul" }));
  expect(() => identifier("x".repeat(65))).toThrow(expect.objectContaining({ code: "mysql/name" }));
});

test("an account's name may hold an @; its host is exact", () => {
  expect(accountOf("a@b@localhost")).toEqual({ name: "a@b", host: "localhost" });
  expect(accountSql(account("it's", "LocalHost"))).toBe("'it''s'@'localhost'");
  expect(() => account("app", "x y")).toThrow(expect.objectContaining({ code: "mysql/account" }));
});

test("a login is one value a line, and secret when there is a password in it", () => {
  const text = optionText({ user: "a", password: new Secret('x"\n[client]\nhost=evil\\') });
  expect(text).toBeInstanceOf(Secret);
  expect((text as Secret).reveal()).toBe('[client]\nuser="a"\npassword="x\\"\\n[client]\\nhost=evil\\\\"\n');
  expect(optionText()).toBeUndefined();
});

test("a setting is one line", () => {
  expect(settingsText({ "max-connections": 5, slow_query_log: true, init_connect: 'SET x="#1"' })).toContain(
    '[mysqld]\ninit_connect = "SET x=\\"#1\\""\nmax_connections = 5\nslow_query_log = ON\n',
  );
  expect(() => settingsText({ x: "a\nb=c" })).toThrow(expect.objectContaining({ code: "mysql/setting" }));
});
