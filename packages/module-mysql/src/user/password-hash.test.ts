import { expect, test } from "vitest";
import { isPassword } from "./password-hash.ts";
import { sha256Crypt } from "./sha256-crypt.ts";

test("SHA256-crypt's own example", () => {
  expect(sha256Crypt(Buffer.from("Hello world!"), Buffer.from("saltstring"), 5000)).toBe(
    "5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5",
  );
});

test("a native password is known by its hash, another is not", () => {
  const stored = Buffer.from("*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19");
  expect(isPassword("password", { plugin: "mysql_native_password", stored })).toBe(true);
  expect(isPassword("Password", { plugin: "mysql_native_password", stored })).toBe(false);
});

test("of what another plugin keeps nothing can be said", () => {
  expect(isPassword("x", { plugin: "ed25519", stored: Buffer.from("x") })).toBeUndefined();
});
