import { createRequire } from "node:module";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { heardElsewhere } from "../heard-elsewhere.ts";
import { internalsOf } from "./internals.ts";
import { loadSsh2 } from "./load-ssh2.ts";

const require = createRequire(import.meta.url);

test("ssh2 is the version whose private parts we know, and they are where we think", () => {
  expect(require("ssh2/package.json").version).toBe("1.17.0");
  const { Client } = loadSsh2();
  const client = new Client().on("error", heardElsewhere);
  const stream = new PassThrough();
  client.connect({ sock: stream as never, username: "nobody", readyTimeout: 0 });
  const { _protocol } = internalsOf(client);
  const { _handlers } = _protocol;
  const parts = [_protocol.service, _protocol.authPK];
  const handlers = [_handlers.SERVICE_ACCEPT, _handlers.USERAUTH_FAILURE, _handlers.GLOBAL_REQUEST];
  expect([...parts, ...handlers].map((part) => typeof part)).toEqual(Array(5).fill("function"));
  expect(parts.map((part) => part.length)).toEqual([1, 4]);
  stream.destroy();
});

test("ssh2 runs without its native addon", () => {
  const path = require.resolve("ssh2/lib/protocol/crypto.js");
  expect(() => createRequire(path)("./crypto/build/Release/sshcrypto.node")).toThrow("Cannot find module");
  expect(require("ssh2/lib/protocol/crypto.js").bindingAvailable).toBe(false);
});
