import type { RunFacts } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import { readAs } from "../values/open.ts";
import { prepare } from "../values/prepare.ts";
import { describe, texts } from "../values/value-type.ts";
import type { TaskScope } from "../variables/task-scope.ts";
import type { World } from "../variables/world.ts";
import type { Mistakes } from "../written/mistakes.ts";
import type { Written } from "../written/written.ts";

/** The hosts of a play: asked for anew when it begins, as earlier plays may have added some. */
export class PlayHosts {
  readonly #pattern: Written;
  readonly #order: Written | undefined;
  readonly #world: World;
  readonly #scope: () => TaskScope;
  #failed: ReadonlySet<string> = new Set();

  constructor(pattern: Written, order: Written | undefined, world: World, scope: () => TaskScope) {
    this.#pattern = pattern;
    this.#order = order;
    this.#world = world;
    this.#scope = scope;
  }

  /** Those that are left of it, in its order. */
  select({ failed }: RunFacts): readonly string[] {
    this.#failed = failed;
    return this.#ordered(this.all().filter((host) => !failed.has(host)));
  }

  /** All that its pattern names and the run is limited to. */
  all(): readonly string[] {
    const { inventory } = this.#world;
    return this.#select().filter((host) => inventory.isWithinLimit(host));
  }

  isOut(host: string): boolean {
    return this.#failed.has(host);
  }

  #select(): readonly string[] {
    const value = prepare(this.#pattern).resolve(this.#scope());
    const pattern = readAs(value, { name: "hosts", written: this.#pattern }, texts).join(",");
    try {
      return this.#world.inventory.select(pattern).hosts;
    } catch (error) {
      if (!(error instanceof InputError) || error.place) throw error;
      const { code, message, hint } = error;
      throw new InputError({
        code,
        message,
        place: this.#pattern.place,
        ...(hint !== undefined && { hint }),
        cause: error,
      });
    }
  }

  #ordered(hosts: readonly string[]): readonly string[] {
    const order = this.#order === undefined ? "inventory" : String(prepare(this.#order).resolve(this.#scope()));
    const make = Object.hasOwn(orders, order) ? orders[order] : undefined;
    if (make) return make(hosts);
    throw wrongOrder(order, this.#order);
  }
}

/** What is written out can be told before the play begins. */
export function checkOrder(written: Written | undefined, mistakes: Mistakes): void {
  if (written === undefined || !prepare(written).isStatic || Object.hasOwn(orders, String(written.value))) return;
  mistakes.catch(wrongOrder(String(written.value), written));
}

function wrongOrder(order: string, written: Written | undefined): InputError {
  return new InputError({
    code: "playbook/value",
    message: `order: expected ${Object.keys(orders).join(", ")}, found ${describe(order)}`,
    ...(written && { place: written.place }),
  });
}

const orders: Readonly<Record<string, (hosts: readonly string[]) => readonly string[]>> = {
  inventory: (hosts) => hosts,
  reverse_inventory: (hosts) => hosts.toReversed(),
  sorted: (hosts) => hosts.toSorted(),
  reverse_sorted: (hosts) => hosts.toSorted().toReversed(),
  shuffle: (hosts) => shuffled(hosts),
};

function shuffled(hosts: readonly string[]): readonly string[] {
  const keyed = hosts.map((host) => [Math.random(), host] as const);
  return keyed.toSorted(([a], [b]) => a - b).map(([, host]) => host);
}
