import { PassThrough } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { ChannelEnd } from "../link.ts";
import { Shell } from "./shell.ts";
import { ShellLost } from "./shell-lost.ts";

test("a wire that is gone has no last words to wait for: whoever closes it is not kept", async () => {
  const { promise: end, resolve } = Promise.withResolvers<ChannelEnd>();
  const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
  const shell = new Shell({ ...streams, end, close: () => undefined });
  const asked = shell.send([{ script: "echo" }]).catch((error: unknown) => error);
  resolve({ kind: "lost", reason: "closed by us" });
  expect(await Promise.race([asked, sleep(50, "is kept")])).toBeInstanceOf(ShellLost);
});
