import { expect, test } from "vitest";
import { authorizedKeysText } from "./authorized-keys-text.ts";

const [a, b, c] = ["ssh-ed25519 AAAA a@x", "ssh-rsa BBBB b@x", "ecdsa-sha2-nistp256 CCCC"];
const present = { state: "present" } as const;

test.each([
  { name: "into nothing", text: "", wish: { keys: a, ...present }, after: `${a}\n` },
  { name: "already there", text: `${a}\n`, wish: { keys: a, ...present }, after: `${a}\n` },
  { name: "after the others", text: `# mine\n${b}\n`, wish: { keys: a, ...present }, after: `# mine\n${b}\n${a}\n` },
  {
    name: "several, with comments between",
    text: "",
    wish: { keys: `${a}\n# no\n\n${c}\n${a}`, ...present },
    after: `${a}\n${c}\n`,
  },
  {
    name: "another comment",
    text: `${a}\n${b}\n`,
    wish: { keys: "ssh-ed25519 AAAA new", ...present },
    after: `${b}\nssh-ed25519 AAAA new\n`,
  },
  {
    name: "options of its own",
    text: "",
    wish: { keys: `command="a b, \\"c\\"",no-pty ${a}`, ...present },
    after: `command="a b, \\"c\\"",no-pty ${a}\n`,
  },
  {
    name: "options for it",
    text: `${a}\n`,
    wish: { keys: a, ...present, options: 'from="10.0.0.0/8"', comment: "ops" },
    after: 'from="10.0.0.0/8" ssh-ed25519 AAAA ops\n',
  },
  {
    name: "exclusive",
    text: `# mine\n${b}\n${a}\n`,
    wish: { keys: a, ...present, isExclusive: true },
    after: `${a}\n`,
  },
  {
    name: "absent, by the key alone",
    text: `${b}\nno-pty ssh-ed25519 AAAA old\n`,
    wish: { keys: a, state: "absent" },
    after: `${b}\n`,
  },
  { name: "absent, and not there", text: `${b}\n`, wish: { keys: a, state: "absent" }, after: `${b}\n` },
  { name: "a last line without its end", text: b, wish: { keys: a, ...present }, after: `${b}\n${a}\n` },
  {
    name: "what is no key stays",
    text: "what is this\n\n",
    wish: { keys: a, ...present },
    after: `what is this\n\n${a}\n`,
  },
] as const)("$name", ({ text, wish, after }) => {
  expect(authorizedKeysText(text, wish)).toBe(after);
  expect(authorizedKeysText(after, wish)).toBe(after);
});

test.each(["https://example.org/keys", "ssh-ed25519", "hello world"])("%s is no key", (keys) => {
  expect(() => authorizedKeysText("", { keys, ...present })).toThrow(
    expect.objectContaining({ code: "authorized-keys/key" }),
  );
});
