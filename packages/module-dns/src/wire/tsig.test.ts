import { Secret } from "@evenkeel/core";
import packet from "dns-packet";
import { expect, test } from "vitest";
import { recordsOf } from "./message-records.ts";
import type { TsigKey } from "./tsig.ts";
import { signMessage, verifyAnswer } from "./tsig.ts";
import { updateMessage } from "./update-message.ts";

const key: TsigKey = { name: "deploy", algorithm: "hmac-sha256", secret: new Secret("c2VjcmV0LWtleS1mb3ItdGVzdHM=") };
const message = updateMessage(
  { zone: "a.test.", name: "www.a.test.", type: "A", before: [], after: ["192.0.2.1"], ttl: 60 },
  4711,
);

/** As a server signs: over the request's MAC, the answer and the variables. A request is signed without a MAC before it. */
function answerTo(request: Buffer, by: TsigKey, at: number) {
  const signed = signMessage(request, key, at);
  // What a server would say, had it been asked without a MAC: enough to see that it is looked at.
  return { signed, answer: signMessage(packet.encode({ type: "response", id: 4711 }), by, at).message };
}

test("a signed message is the message, and one record more", () => {
  const { message: signed, mac } = signMessage(message, key, 1_700_000_000);
  expect(mac).toHaveLength(32);
  expect(signed.readUInt16BE(10)).toBe(1);
  expect(recordsOf(signed).at(-1)).toMatchObject({ type: 250, start: message.length, end: signed.length });
  expect(signMessage(message, key, 1_700_000_001).mac.equals(mac)).toBe(false);
});

test("an answer that is not bound to the request is refused, and so is one that is not signed", () => {
  const { signed, answer } = answerTo(message, key, 1_700_000_000);
  expect(() => verifyAnswer(answer, signed, key, 1_700_000_000)).toThrow(/signature is wrong/);
  const bare = packet.encode({ type: "response", id: 4711 });
  expect(() => verifyAnswer(bare, signed, key, 1_700_000_000)).toThrow(/without a signature/);
});

test("an update says what must still be so, what goes and what comes", () => {
  const counts = (before: readonly string[], after: readonly string[], type: "A" | "CNAME" = "A") => {
    const made = updateMessage({ zone: "a.test.", name: "www.a.test.", type, before, after, ttl: 60 }, 1);
    return [made.readUInt16BE(2) >> 11, made.readUInt16BE(4), made.readUInt16BE(6), made.readUInt16BE(8)];
  };
  expect(counts([], ["192.0.2.1"])).toEqual([5, 1, 2, 2]);
  expect(counts(["192.0.2.1", "192.0.2.2"], [])).toEqual([5, 1, 2, 1]);
  expect(counts([], ["x.test."], "CNAME")).toEqual([5, 1, 1, 2]);
  expect(recordsOf(message).map(({ type }) => type)).toEqual([1, 5, 1, 1]);
});

test.each([[[0, 1]], [Array(12).fill(255)], [[...Array(11).fill(0), 9]]])(
  "what cannot be read is said to be so: %j",
  (bytes) => {
    expect(() => recordsOf(Buffer.from(bytes as number[]))).toThrow(/cannot be read/);
  },
);
