import { expect, test } from "vitest";
import { resolveOptions } from "./resolve-options.ts";

const target = { host: "127.0.0.1", port: 80 };

test("the rate is shared by those classes that name none, and held and slow ones have their own", () => {
  const { classes, seconds } = resolveOptions({
    target,
    rate: 100,
    classes: [
      "new-connection",
      { kind: "keep-alive-get", rate: 7 },
      "tls",
      { kind: "websocket", connections: 3 },
      "slow-upload",
    ],
  });
  expect(classes.map(({ name, rate, tls }) => ({ name, rate, tls }))).toEqual([
    { name: "new-connection", rate: 50, tls: false },
    { name: "keep-alive-get", rate: 7, tls: false },
    { name: "tls", rate: 50, tls: true },
    { name: "websocket", rate: 3, tls: false },
    { name: "slow-upload", rate: 0.5, tls: false },
  ]);
  expect(seconds).toBe(Number.POSITIVE_INFINITY);
});

test("says all mistakes at once", () => {
  const classes = ["tls" as const, { kind: "tls" as const, path: "index.html", rate: 0 }];
  expect(() => resolveOptions({ target, rate: 10, seconds: -1, classes })).toThrow(
    "probe: two classes are called tls: give one of them a `name` of its own; seconds must be more than 0, not -1; " +
      "tls: rate must be more than 0, not 0; tls: path index.html must begin with /",
  );
  expect(() => resolveOptions({ target: { ...target, port: -5 }, rate: 1, classes: ["tls"] })).toThrow("-5 is no port");
  expect(() => resolveOptions({ target, rate: 10, classes: [] })).toThrow("no classes of traffic are named");
});
