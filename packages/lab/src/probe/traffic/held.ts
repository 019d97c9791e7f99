import { setTimeout as sleep } from "node:timers/promises";
import type { Outcome } from "../outcome.ts";
import { failedOutcome } from "../outcome.ts";
import type { TrafficContext } from "./traffic.ts";

/**
 * Connections that are to live as long as the probe. Each counts as one request: well if it lives until `close`, an error if it
 * ends before. A lost one is opened again, as a new request.
 */
export class Held<T> {
  readonly #context: TrafficContext;
  readonly #open: OpenHeld<T>;
  readonly #slots: Promise<HeldConnection<T>>[] = [];
  readonly #closedByUs = new Set<number>();
  #isClosed = false;

  constructor(context: TrafficContext, open: OpenHeld<T>) {
    this.#context = context;
    this.#open = open;
  }

  start(): void {
    for (let slot = 0; slot < this.#context.settings.connections; slot += 1) void this.#keep(slot);
  }

  /** The connection in a slot, once it is open. */
  async get(number: number): Promise<T> {
    const opening = this.#slots[number % this.#slots.length];
    if (opening === undefined) throw new Error("probe: connections were not started");
    return (await opening).connection;
  }

  close(): void {
    this.#isClosed = true;
    for (const [slot, opening] of this.#slots.entries()) void this.#end(slot, opening);
  }

  async #end(slot: number, opening: Promise<HeldConnection<T>>): Promise<void> {
    const held = await opening.catch(() => undefined);
    if (held === undefined) return;
    this.#closedByUs.add(slot);
    held.close();
  }

  async #keep(slot: number): Promise<void> {
    while (!this.#isClosed) {
      const ended = Promise.withResolvers<Outcome>();
      const opening = this.#open(ended.resolve);
      this.#slots[slot] = opening;
      const outcome = opening.then(() => ended.promise).catch(failedOutcome);
      const judged = outcome.then((found) => (this.#closedByUs.has(slot) ? withoutError(found) : found));
      this.#context.hold(judged);
      await judged;
      if (!this.#isClosed) await sleep(REOPEN_AFTER_MS);
    }
  }
}

/** Opens one; `ended` is to be called when it is over, whoever ended it. */
export type OpenHeld<T> = (ended: (outcome: Outcome) => void) => Promise<HeldConnection<T>>;

export interface HeldConnection<T> {
  connection: T;
  /** Ends it on our side; `ended` is called all the same. */
  close(): void;
}

function withoutError({ isReused, bytesReceived, localPort }: Outcome): Outcome {
  return { isReused, bytesReceived, ...(localPort !== undefined && { localPort }) };
}

const REOPEN_AFTER_MS = 200;
