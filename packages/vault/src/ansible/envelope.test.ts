import { expect, test } from "vitest";
import { isVaultId, readEnvelope, writeEnvelope } from "./envelope.ts";

const envelope = { salt: Buffer.alloc(32, 1), mac: Buffer.alloc(32, 2), ciphertext: Buffer.alloc(16, 3) };
const text = writeEnvelope(envelope);

test("what is written is read", () => {
  expect(readEnvelope(text)).toEqual({ ...envelope });
  expect(readEnvelope(writeEnvelope({ ...envelope, id: "dev" }))).toEqual({ ...envelope, id: "dev" });
});

test.each([
  ["without an id", writeEnvelope(envelope), "$ANSIBLE_VAULT;1.1;AES256"],
  ["with the default one", writeEnvelope({ ...envelope, id: "default" }), "$ANSIBLE_VAULT;1.1;AES256"],
  ["with another", writeEnvelope({ ...envelope, id: "dev" }), "$ANSIBLE_VAULT;1.2;AES256;dev"],
])("its first line %s", (_, written, header) => {
  expect(written.split("\n")[0]).toBe(header);
});

test.each([
  ["Windows line ends", text.replaceAll("\n", "\r\n")],
  ["no line end at its end", text.trimEnd()],
  ["empty lines after it", `${text}\n\n`],
  ["spaces around the words of its first line", text.replace(";1.1;AES256", "; 1.1 ; AES256 ")],
  ["all in one line", text.replace(/\n(?=[0-9a-f])/g, (match, offset: number) => (offset < 30 ? match : ""))],
])("with %s it is read", (_, changed) => {
  expect(readEnvelope(changed)).toEqual({ ...envelope });
});

test.each([
  ["an old version", text.replace("1.1", "1.0"), "its version is neither 1.1 nor 1.2"],
  ["the old cipher", text.replace("AES256", "AES"), "its cipher is not AES256"],
  ["something before it", ` ${text.replace("$", "x$")}`, "its first line does not begin with $ANSIBLE_VAULT;"],
  ["one part too many", text.replace("AES256", "AES256;a;b"), "its first line is damaged"],
  ["upper case digits", text.replace(/a/g, "A"), "there is something else than hexadecimal digits in it"],
  ["a line indented", text.replace(/\n3/, "\n 3"), "there is something else than hexadecimal digits in it"],
  ["half of it missing", text.slice(0, 107), "it is incomplete, or was changed"],
  ["nothing but its first line", text.split("\n")[0] ?? "", "there is something else than hexadecimal digits in it"],
])("with %s it is not", (_, changed, wrong) => {
  expect(readEnvelope(changed)).toEqual({ wrong });
});

test.each([
  ["dev", true],
  ["dev-2.eu@x", true],
  ["two words", true],
  ["", false],
  ["a;b", false],
  [" dev", false],
  ["a\nb", false],
  ["grün", false],
])("an id may be %j: %s", (id, is) => {
  expect(isVaultId(id)).toBe(is);
});
