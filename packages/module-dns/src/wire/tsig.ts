import { createHmac, timingSafeEqual } from "node:crypto";
import type { Secret } from "@evenkeel/core";
import { StepError } from "@evenkeel/core";
import { recordsOf } from "./message-records.ts";
import { nameBytes, uint16, uint32 } from "./wire-bytes.ts";

/** A key that a name server knows, too (RFC 8945). */
export interface TsigKey {
  readonly name: string;
  readonly algorithm: TsigAlgorithm;
  /** In base64, as named's configuration has it. */
  readonly secret: Secret | string;
}

export const tsigAlgorithms = ["hmac-sha256", "hmac-sha384", "hmac-sha512", "hmac-sha224", "hmac-sha1"] as const;

export type TsigAlgorithm = (typeof tsigAlgorithms)[number];

/** By how many seconds the two clocks may differ. */
const FUDGE = 300;
const [TSIG, ANY] = [250, 255];

/** A message with its signature, which the answer's is made of. */
export interface Signed {
  readonly message: Buffer;
  readonly mac: Buffer;
}

export function signMessage(message: Buffer, key: TsigKey, seconds: number): Signed {
  const time = timeBytes(seconds);
  const mac = macOf(key, [message, variables(key, { time, fudge: FUDGE, error: 0, other: Buffer.alloc(0) })]);
  const data = Buffer.concat([
    ...[nameBytes(key.algorithm), time, uint16(FUDGE), uint16(mac.length), mac],
    ...[message.subarray(0, 2), uint16(0), uint16(0)],
  ]);
  const record = Buffer.concat([nameBytes(key.name), uint16(TSIG), uint16(ANY), uint32(0), uint16(data.length), data]);
  const signed = Buffer.concat([message, record]);
  signed.writeUInt16BE(message.readUInt16BE(10) + 1, 10);
  return { message: signed, mac };
}

/** Proves that an answer is from who has the key, and to this request; what is wrong otherwise is thrown. */
export function verifyAnswer(answer: Buffer, request: Signed, key: TsigKey, seconds: number): void {
  const record = recordsOf(answer).at(-1);
  if (record?.type !== TSIG) throw unsigned(key, answer.readUInt8(3) & 0x0f);
  const said = readTsig(answer.subarray(record.dataAt, record.end));
  // A server that does not know the key, or cannot check by it, cannot sign either.
  if (said.error === 16 || said.error === 17) throw refusedKey(key, said.error);
  const bare = Buffer.from(answer.subarray(0, record.start));
  bare.writeUInt16BE(answer.readUInt16BE(10) - 1, 10);
  said.originalId.copy(bare, 0);
  const mac = macOf(key, [uint16(request.mac.length), request.mac, bare, variables(key, said)]);
  if (mac.length !== said.mac.length || !timingSafeEqual(mac, said.mac))
    throw failure(
      "dns/tsig",
      "the answer's signature is wrong",
      "somebody is in between, or the server has another secret",
    );
  if (said.error === 18) throw refusedKey(key, 18);
  if (Math.abs(said.time.readUIntBE(0, 6) - seconds) > said.fudge)
    throw failure("dns/tsig", "the answer was signed at another time", "the server's clock and this machine's differ");
}

interface Variables {
  readonly time: Buffer;
  readonly fudge: number;
  readonly error: number;
  readonly other: Buffer;
}

function variables({ name, algorithm }: TsigKey, { time, fudge, error, other }: Variables): Buffer {
  return Buffer.concat([
    ...[nameBytes(name), uint16(ANY), uint32(0), nameBytes(algorithm)],
    ...[time, uint16(fudge), uint16(error), uint16(other.length), other],
  ]);
}

function macOf({ algorithm, secret }: TsigKey, pieces: readonly Buffer[]): Buffer {
  const text = typeof secret === "string" ? secret : secret.reveal();
  const hmac = createHmac(algorithm.slice("hmac-".length), Buffer.from(text, "base64"));
  for (const piece of pieces) hmac.update(piece);
  return hmac.digest();
}

function readTsig(data: Buffer): Variables & { readonly mac: Buffer; readonly originalId: Buffer } {
  let at = 0;
  while (data[at]) at += (data[at] ?? 0) + 1;
  at += 1;
  const take = (length: number) => {
    at += length;
    return data.subarray(at - length, at);
  };
  const [time, fudge] = [take(6), take(2).readUInt16BE()];
  const mac = take(take(2).readUInt16BE());
  const [originalId, error] = [take(2), take(2).readUInt16BE()];
  const other = take(take(2).readUInt16BE());
  return { time, fudge, mac, originalId, error, other };
}

function timeBytes(seconds: number): Buffer {
  const bytes = Buffer.alloc(6);
  bytes.writeUIntBE(seconds, 0, 6);
  return bytes;
}

function refusedKey({ name, algorithm }: TsigKey, error: number): StepError {
  const what =
    error === 17
      ? "does not know the key"
      : error === 16
        ? "has another secret for the key"
        : "has another time than this machine; key";
  const hint =
    error === 18 ? "set the clocks right" : "name, algorithm and secret must be the same as in named's configuration";
  return failure("dns/key", `the name server ${what} ${name} (${algorithm})`, hint);
}

function unsigned({ name }: TsigKey, rcode: number): StepError {
  return failure(
    "dns/tsig",
    `the name server answered without a signature (status ${rcode}), though asked with the key ${name}`,
    "does it know the key?",
  );
}

function failure(code: string, message: string, hint: string): StepError {
  return new StepError({ code, message, hint });
}
