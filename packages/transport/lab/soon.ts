import { expect, vi } from "vitest";

/** Waits until something looks as expected, on a machine that may be busy with other things. */
export async function soon(look: () => unknown, expected: unknown): Promise<void> {
  await vi.waitFor(async () => expect(await look()).toEqual(expected), { timeout: 20_000, interval: 50 });
}
