import { expect } from "vitest";

/** Waits for something that comes in a moment, on a machine that may be busy with other things. */
export function soon<T>(look: () => T) {
  return expect.poll(look, { timeout: 20_000, interval: 50 });
}
