import { describe, expect, test } from "vitest";
import type { Parcel } from "./wire.ts";
import { Wire } from "./wire.ts";

describe("delay", () => {
  test("holds what is put in for its delay, and keeps the order when the delay shrinks", () => {
    const wire = new Wire();
    wire.delayMs = 50;
    wire.put(data("first"), 1000);
    wire.delayMs = 0;
    wire.put(data("second"), 1001);
    wire.put({ kind: "end" }, 1001);
    expect(takeAll(wire, 1049)).toEqual([]);
    expect(wire.waitFrom(1049)).toBe(1);
    expect(takeAll(wire, 1050)).toEqual(["first", "second", "end"]);
    expect(wire.waitFrom(1050)).toBeUndefined();
  });

  test("lets a long road hold more, but not without bound", () => {
    const wire = new Wire();
    wire.put(data("x".repeat(256 * 1024)), 0);
    expect(wire.isFull).toBe(true);
    wire.delayMs = 50;
    expect(wire.isFull).toBe(false);
    for (let mebibyte = 0; mebibyte < 32; mebibyte += 1) wire.put(data("x".repeat(1024 * 1024)), 0);
    expect(wire.isFull).toBe(true);
  });
});

describe("throttle", () => {
  test.each([
    { bytesPerSecond: 1000, bytes: 5000, seconds: 5 },
    { bytesPerSecond: 7, bytes: 70, seconds: 10 },
    { bytesPerSecond: 1_000_000, bytes: 3_000_000, seconds: 3 },
  ])("$bytes bytes at $bytesPerSecond a second take $seconds s", ({ bytesPerSecond, bytes, seconds }) => {
    const wire = new Wire();
    wire.bytesPerSecond = bytesPerSecond;
    takeAll(wire, 0);
    wire.put(data("x".repeat(bytes)), 0);
    let now = 0;
    let delivered = 0;
    while (delivered < bytes) {
      for (const piece of takeAll(wire, now)) delivered += piece.length;
      now += wire.waitFrom(now) ?? 0;
    }
    expect(now / 1000).toBeGreaterThan(seconds * 0.98 - 0.1);
    expect(now / 1000).toBeLessThan(seconds * 1.01);
  });

  test("silence saves up no more than a tenth of a second", () => {
    const wire = new Wire();
    wire.bytesPerSecond = 1000;
    wire.put(data("x".repeat(1000)), 60_000);
    expect(takeAll(wire, 60_000).join("")).toHaveLength(100);
  });
});

test("a stalled wire gives nothing, and loses nothing", () => {
  const wire = new Wire();
  wire.isStalled = true;
  wire.put(data("kept"), 0);
  expect(takeAll(wire, 10_000)).toEqual([]);
  expect(wire.waitFrom(10_000)).toBeUndefined();
  wire.isStalled = false;
  expect(takeAll(wire, 10_000)).toEqual(["kept"]);
});

test("gives no more than there is room for, byte by byte", () => {
  const wire = new Wire();
  wire.put(data("abcdef"), 0);
  expect(wire.take(0, 4)).toMatchObject({ bytes: Buffer.from("abcd") });
  expect(wire.take(0, 0)).toBeUndefined();
  expect(wire.take(0, 9)).toMatchObject({ bytes: Buffer.from("ef") });
});

function data(text: string): Parcel {
  return { kind: "data", bytes: Buffer.from(text), depth: 0 };
}

function takeAll(wire: Wire, now: number): string[] {
  const taken: string[] = [];
  for (let parcel = wire.take(now); parcel !== undefined; parcel = wire.take(now)) {
    taken.push(parcel.kind === "data" ? parcel.bytes.toString() : parcel.kind);
  }
  return taken;
}
