import { expect, test } from "vitest";
import type { Frame } from "./frame-reader.ts";
import { FrameReader } from "./frame-reader.ts";

const nonce = "a1".repeat(16);
const frame = (body: string, status = 0) => `\x1e${nonce}<\n${body}\x1e${nonce}>${status}\n`;

function read(reader: FrameReader, bytes: Buffer, size: number): Frame[] {
  const frames: Frame[] = [];
  for (let at = 0; at < bytes.length; at += size) frames.push(...reader.push(bytes.subarray(at, at + size)));
  return frames;
}
const bodyOf = (frames: readonly Frame[]) =>
  Buffer.concat(frames.flatMap((each) => (each.kind === "data" ? [each.bytes] : []))).toString("latin1");
const statusOf = (frames: readonly Frame[]) => frames.flatMap((each) => (each.kind === "end" ? [each.status] : []));

const bodies = {
  nothing: "",
  text: "hello\n",
  "no line feed at the end": "hello",
  "NULs and high bytes": "\0\xff\xfe\0",
  "a foreign mark": `\x1e${"b2".repeat(16)}>0\n`,
  "half a mark": `\x1e${nonce}`,
  "marks begun again and again": `\x1e\x1e\x1e${nonce.slice(0, 30)}\x1e`,
  "an opening mark inside": `\x1e${nonce}<\n`,
};

for (const size of [1, 2, 7, 1 << 16]) {
  test.each(Object.entries(bodies))(`pieces of ${size}: %s`, (_name, body) => {
    const reader = new FrameReader();
    reader.expect(nonce);
    const frames = read(reader, Buffer.from(frame(body, 3), "latin1"), size);
    expect(bodyOf(frames)).toBe(body);
    expect(statusOf(frames)).toEqual([3]);
  });
}

test("what stands outside of marks is noise, counted and dropped", () => {
  const reader = new FrameReader();
  reader.expect(nonce);
  const frames = read(reader, Buffer.from(`Welcome!\n${frame("x")}late words`, "latin1"), 5);
  expect(bodyOf(frames)).toBe("x");
  expect(reader.noise).toBe("Welcome!\n".length + "late words".length);
});

test("a nonce of another answer is not this answer's", () => {
  const reader = new FrameReader();
  const second = "c3".repeat(16);
  reader.expect(nonce);
  reader.expect(second);
  const frames = read(reader, Buffer.from(`${frame("one")}${frame("two").replaceAll(nonce, second)}`, "latin1"), 3);
  expect(bodyOf(frames)).toBe("onetwo");
  expect(statusOf(frames)).toEqual([0, 0]);
});

test("a closing mark whose status never ends is a broken wire, not a wait without end", () => {
  const reader = new FrameReader();
  reader.expect(nonce);
  const frames = read(reader, Buffer.from(`\x1e${nonce}<\n\x1e${nonce}>${"9".repeat(40)}`, "latin1"), 64);
  expect(statusOf(frames)).toEqual([Number.NaN]);
});
