import type { HostMemory, Scope } from "@evenkeel/core";
import { closest, InputError } from "@evenkeel/core";
import type { Environment } from "@evenkeel/template";
import { UndefinedVariable } from "@evenkeel/template";
import { prepare } from "../values/prepare.ts";
import type { Written } from "../written/written.ts";
import { environmentFor } from "./environment-for.ts";
import type { Frame } from "./frame.ts";
import type { Source } from "./layer.ts";
import { namesIn, sourcesOf } from "./sources.ts";
import type { World } from "./world.ts";

interface Standing {
  readonly world: World;
  readonly memory: HostMemory;
  /** None for `hostvars`: what is known of a host without regard to any play. */
  readonly frame: Frame | undefined;
  /** On top of all others: a loop's item, a result. */
  readonly overlay: Readonly<Record<string, unknown>>;
  /** Gets to know the names that are asked for in vain. */
  readonly missing?: Set<string> | undefined;
}

/** The variables of one host at one place of a playbook. Each is found when it is asked for, and resolved once. */
export class TaskScope implements Scope {
  readonly world: World;
  readonly memory: HostMemory;
  readonly frame: Frame | undefined;
  readonly overlay: Readonly<Record<string, unknown>>;
  readonly missing: Set<string> | undefined;
  readonly #known = new Map<string, unknown>();
  readonly #resolving: { readonly name: string; readonly written: Written }[] = [];
  #environment: Environment | undefined;

  constructor({ world, memory, frame, overlay, missing }: Standing) {
    this.missing = missing;
    this.world = world;
    this.memory = memory;
    this.frame = frame;
    this.overlay = overlay;
  }

  has(name: string): boolean {
    const isThere = this.#known.has(name) || this.find(name) !== undefined;
    if (!isThere) this.missing?.add(name);
    return isThere;
  }

  get(name: string): unknown {
    if (this.#known.has(name)) return this.#known.get(name);
    const source = this.find(name);
    if (source === undefined) throw this.#missing(name);
    const value = source.written ? this.#resolve(name, source.written) : source.data;
    this.#known.set(name, value);
    return value;
  }

  names(): Iterable<string> {
    return namesIn(this);
  }

  with(values: Readonly<Record<string, unknown>>): TaskScope {
    return new TaskScope({ ...this.#standing, overlay: { ...this.overlay, ...values } });
  }

  /** The same host at another place of the playbook. */
  at(frame: Frame | undefined): TaskScope {
    return new TaskScope({ ...this.#standing, frame });
  }

  /** The same, telling which names are asked for in vain. */
  noting(missing: Set<string>): TaskScope {
    return new TaskScope({ ...this.#standing, missing });
  }

  /** What the host knows before any task: what its own play and the inventory say, and facts. */
  beforeTasks(): TaskScope {
    const { memory, frame } = this;
    return new TaskScope({
      world: this.world,
      memory: { name: memory.name, facts: memory.facts, setFacts: {}, registered: {}, included: {} },
      frame: frame && { ...frame, role: undefined, taskVars: [], includeParams: [], carried: {} },
      overlay: {},
    });
  }

  /** What another host knows of itself. */
  ofHost(name: string): TaskScope {
    return new TaskScope({ world: this.world, memory: this.world.memories(name), frame: undefined, overlay: {} });
  }

  /** Where the variable gets its value from. */
  find(name: string): Source | undefined {
    for (const source of sourcesOf(this, name)) return source;
    return undefined;
  }

  /** What templates may use beside variables. */
  get environment(): Environment {
    this.#environment ??= environmentFor(this);
    return this.#environment;
  }

  /** Of the playbook that it stands in, which another may import. */
  get playbookDirectory(): string {
    return this.frame?.play.directory ?? this.world.playbookDirectory;
  }

  get #standing(): Standing {
    return { world: this.world, memory: this.memory, frame: this.frame, overlay: this.overlay, missing: this.missing };
  }

  #resolve(name: string, written: Written): unknown {
    const since = this.#resolving.findIndex((each) => each.name === name);
    if (since >= 0) throw this.#cycle([...this.#resolving.slice(since), { name, written }]);
    this.#resolving.push({ name, written });
    try {
      return prepare(written).resolve(this);
    } finally {
      this.#resolving.pop();
    }
  }

  #cycle(chain: readonly { readonly name: string; readonly written: Written }[]): InputError {
    const [first] = chain;
    const lines = chain.slice(0, -1).map(({ name, written: { place } }) => `${name}  ${place.file}:${place.line ?? 1}`);
    return new InputError({
      code: "playbook/cycle",
      message: `these variables are made of one another: ${chain.map(({ name }) => name).join(" → ")}`,
      detail: lines.join("\n"),
      ...(first && { place: first.written.place }),
    });
  }

  #missing(name: string): UndefinedVariable {
    const hint = closest(name, [...this.names()]);
    return new UndefinedVariable({
      code: "template/undefined",
      message: `'${name}' is undefined`,
      ...(hint && { hint }),
    });
  }
}
