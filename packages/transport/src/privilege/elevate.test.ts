import { PassThrough } from "node:stream";
import { Secret } from "@evenkeel/core";
import { expect, test } from "vitest";
import type { Channel } from "../link.ts";
import { boot } from "../shell/driver.ts";
import { elevate } from "./elevate.ts";
import type { Privilege } from "./privilege.ts";

/** A channel whose host is us: what is asked can be read, and answered. */
function channel() {
  const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
  let isClosed = false;
  const end = new Promise<never>(() => undefined);
  const close = () => {
    isClosed = true;
  };
  const sent = () => String(streams.stdin.read() ?? "");
  return { ...streams, end, close, sent, isClosed: () => isClosed } satisfies Channel & Record<string, unknown>;
}

const quoted = `'${boot}'`;

test.each([
  [{ user: "root", method: "sudo" }, `exec sudo -n -H -u root -- /bin/sh -c ${quoted}`],
  [{ user: "web", method: "su" }, `exec su -s /bin/sh -c ${quoted} -- web`],
  [{ user: "web", method: "doas" }, `exec doas -n -u web /bin/sh -c ${quoted}`],
  [{ user: "web", method: "doas", password: new Secret("x") }, `exec doas -n -u web /bin/sh -c ${quoted}`],
] as const)("%j", async (privilege, command) => {
  const host = channel();
  expect(await elevate(host, privilege)).toBe("");
  const script = `[ "$(id -un)" != ${privilege.user} ] || exec /bin/sh -c ${quoted}\n${command}\n`;
  expect(host.sent()).toBe(`${Buffer.byteLength(script)}\n${script}`);
});

const withPassword = (method: Privilege["method"]) => ({ user: "root", method, password: new Secret("pässword") });

test.each(["sudo", "su"] as const)(
  "%s: the password comes after the script, once, and is proven by a nonce",
  async (method) => {
    const host = channel();
    const becoming = elevate(host, withPassword(method));
    const text = host.sent();
    const nonce = /echo ([0-9a-f]{32});/.exec(text)?.[1] ?? "";
    expect(text.endsWith("\npässword\n")).toBe(true);
    expect(text.split("pässword")).toHaveLength(2);
    expect(text).toContain(
      method === "sudo" ? `exec sudo -S -p ${nonce} -H -u root -- /bin/sh -c` : "exec su -s /bin/sh -c",
    );
    host.stderr.write(`a lecture\n${nonce}`);
    host.stdout.write(`noise\n${nonce}\n`);
    expect(await becoming).toBe(`${nonce} `);
    expect(host.isClosed()).toBe(false);
  },
);

test("a second prompt is a wrong password, and no second try", async () => {
  const host = channel();
  const becoming = elevate(host, withPassword("sudo"));
  const nonce = /-p ([0-9a-f]{32})/.exec(host.sent())?.[1] ?? "";
  host.stderr.write(`${nonce}Sorry, try again.\n${nonce}`);
  await expect(becoming).rejects.toMatchObject({ code: "privilege/wrong-password", detail: "Sorry, try again." });
  expect([host.isClosed(), host.sent()]).toEqual([true, ""]);
});

test("a name that is no name is asked of nobody", async () => {
  const host = channel();
  await expect(elevate(host, { user: "a;b", method: "sudo" })).rejects.toMatchObject({ code: "privilege/user-name" });
  expect(host.sent()).toBe("");
});
