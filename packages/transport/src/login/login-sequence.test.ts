import { Secret } from "@evenkeel/core";
import type { AnyAuthMethod, ParsedKey } from "ssh2";
import { expect, test, vi } from "vitest";
import { heardElsewhere } from "../heard-elsewhere.ts";
import type { LoginKey } from "./login-key.ts";
import { LoginSequence } from "./login-sequence.ts";

const key = (label: string): LoginKey => ({
  label,
  publicKey: { isPrivateKey: () => false } as ParsedKey,
  isLocked: false,
  sign: async () => Buffer.alloc(0),
});

function sequence(keys: string[], password?: string) {
  const ask = vi.fn(async () => new Secret(password ?? ""));
  const login = { user: "deploy", keys: keys.map(key), onAbort: heardElsewhere };
  return { ask, sequence: new LoginSequence({ ...login, ...(password !== undefined && { password: ask }) }) };
}

const typeOf = (method: AnyAuthMethod | false) => (method === false ? false : method.type);

/** Says no to everything, each time naming the methods given. */
async function refuseAll(login: LoginSequence, methods: string[]): Promise<(string | false)[]> {
  const tried: (string | false)[] = [typeOf(await login.next(null, null))];
  while (tried.at(-1) !== false && tried.length < 10) {
    for (const { what } of login.attempts) login.keyTried(key(what));
    tried.push(typeOf(await login.next(methods, false)));
  }
  return tried;
}

test.each([
  [
    "keys, then the password, once",
    ["a", "b"],
    "pw",
    ["publickey", "password"],
    ["publickey", "publickey", "password", false],
  ],
  ["a password at once where there is no key", [], "pw", ["publickey", "password"], ["password", false]],
  [
    "no second way for a password that was refused",
    [],
    "pw",
    ["password", "keyboard-interactive"],
    ["password", false],
  ],
  [
    "a prompt where passwords are not taken",
    [],
    "pw",
    ["keyboard-interactive"],
    ["password", "keyboard-interactive", false],
  ],
  ["no more keys where keys are not taken", ["a", "b"], undefined, ["password"], ["publickey", false]],
  ["nothing at hand: hear what is wanted", [], undefined, ["publickey"], ["none", false]],
])("%s", async (_name, keys, password, methods, expected) => {
  expect(await refuseAll(sequence(keys, password).sequence, methods)).toEqual(expected);
});

test("a second factor follows a first that was taken", async () => {
  const { sequence: login } = sequence(["a"], "pw");
  expect(typeOf(await login.next(null, null))).toBe("publickey");
  login.keyTried(key("a"));
  expect(typeOf(await login.next(["password"], true))).toBe("password");
  expect(login.attempts.map(({ what, outcome }) => `${what}: ${outcome}`)).toEqual([
    "a: accepted",
    "password: not asked",
  ]);
});

test("a key that ssh2 passed over is not said to be refused", async () => {
  const { sequence: login } = sequence(["rsa"]);
  await login.next(null, null);
  await login.next(["publickey"], false);
  expect(login.attempts[0]).toMatchObject({ outcome: "failed", why: expect.stringContaining("SHA-1") });
});

test("the password is asked for when it is its turn", async () => {
  const { sequence: login, ask } = sequence(["a"], "pw");
  await login.next(null, null);
  expect(ask).not.toHaveBeenCalled();
  await login.next(["publickey", "password"], false);
  expect(ask).toHaveBeenCalledOnce();
});

test("a prompt is answered with the password once, and only if it asks for one thing unseen", async () => {
  const { sequence: login } = sequence([], "pw");
  await login.next(null, null);
  const method = await login.next(["keyboard-interactive"], false);
  const prompt = (method as { prompt: (...args: unknown[]) => void }).prompt;
  const answers: string[][] = [];
  const ask = async (...prompts: { prompt: string; echo: boolean }[]) => {
    prompt("", "", "", prompts, (given: string[]) => answers.push(given));
    await Promise.resolve();
    await Promise.resolve();
  };
  await ask({ prompt: "Password: ", echo: false });
  await ask({ prompt: "Verification code: ", echo: false });
  expect(answers).toEqual([["pw"], [""]]);
  expect(login.attempts.at(-1)?.why).toContain("Verification code");
});
