import { LimitReached } from "./fault.ts";

/** The longest text that an expression may make. */
export const MAX_TEXT = 64 * 1024 * 1024;

/** The most elements that a list may get from one operation. */
export const MAX_ITEMS = 1_000_000;

/** The biggest power, in bits. */
export const MAX_BITS = 1_000_000;

/** The most levels of lists and dicts within one another: data that holds itself has no end of them. */
const MAX_LEVELS = 1000;

export function checkLevel(level: number): void {
  if (level > MAX_LEVELS) throw new LimitReached(`lists and dicts more than ${MAX_LEVELS} levels within one another`);
}

export function checkText(length: number): void {
  if (length > MAX_TEXT) throw new LimitReached(`a text of more than ${MAX_TEXT / 1024 / 1024} MiB`);
}

export function checkItems(count: number): void {
  if (count > MAX_ITEMS) throw new LimitReached(`a list of more than ${MAX_ITEMS} elements`);
}
