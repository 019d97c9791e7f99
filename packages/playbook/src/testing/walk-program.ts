import type { Handler, HostMemory, Include, Node, Play, Program, Scope, Task } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import type { Result } from "./walk-steps.ts";
import { batches, isNamed, itemsOf, labelOf, nameOn, overlayOf, run, together } from "./walk-steps.ts";

/** What one task, or one item of its loop, came to on one host. */
export interface Line {
  readonly host: string;
  readonly task: string;
  readonly status: "ok" | "changed" | "failed" | "skipped" | "ignored";
  readonly item?: unknown;
  readonly msg?: unknown;
}

interface Walking {
  readonly memories: (host: string) => HostMemory;
  readonly addHost: (host: { name: string; groups: string[]; variables: Result }) => void;
}

/** Thrown through the nodes that a host leaves. */
class Leaves extends Error {
  readonly role: string | undefined;

  constructor(role?: string) {
    super("leaves");
    this.role = role;
  }
}

class Failed extends Error {
  readonly task: string;
  readonly result: Result;

  constructor(task: string, result: Result) {
    super(`${task}: ${String(result.msg)}`);
    this.task = task;
    this.result = result;
  }
}

/** Runs a program of pure modules, hosts in step, and tells what each task came to: an engine in small. */
export async function walkProgram(program: Program, walking: Walking): Promise<readonly Line[]> {
  const lines: Line[] = [];
  const failed = new Set<string>();
  for (const play of program.plays) {
    const hosts = play.hosts({ failed, added: [] });
    for (const batch of batches(hosts, play.serial)) {
      for (const host of batch) Object.assign(walking.memories(host), { batch });
      await new Walk(play, walking, lines, failed).run(batch);
    }
  }
  return lines;
}

class Walk {
  readonly #play: Play;
  readonly #walking: Walking;
  readonly #lines: Line[];
  readonly #failed: Set<string>;
  readonly #called = new Map<string, Set<string>>();
  readonly #handlers: Handler[];
  readonly #left = new Set<string>();

  constructor(play: Play, walking: Walking, lines: Line[], failed: Set<string>) {
    this.#play = play;
    this.#walking = walking;
    this.#lines = lines;
    this.#failed = failed;
    this.#handlers = [...play.handlers];
  }

  async run(hosts: readonly string[]): Promise<void> {
    for (const [host] of await this.#nodes(this.#play.nodes, hosts)) this.#failed.add(host);
    for (const [host] of await this.#flush(hosts)) this.#failed.add(host);
  }

  /** Who failed or left, and why. */
  async #nodes(nodes: readonly Node[], hosts: readonly string[]): Promise<Map<string, Failed | Leaves>> {
    const out = new Map<string, Failed | Leaves>();
    for (const node of nodes) {
      const here = hosts.filter((host) => !out.has(host) && !this.#failed.has(host) && !this.#left.has(host));
      for (const [host, why] of await this.#node(node, here)) out.set(host, why);
    }
    return out;
  }

  async #node(node: Node, hosts: readonly string[]): Promise<Map<string, Failed | Leaves>> {
    if (node.node === "block") return this.#block(node, hosts);
    if (node.node === "meta" && node.action === "flush_handlers") return this.#flush(hosts);
    const out = new Map<string, Failed | Leaves>();
    const isOnce =
      node.node === "task" &&
      hosts[0] !== undefined &&
      (node.module.runsOnce || node.runsOnce.resolve(this.#scope(node, hosts[0])));
    for (const host of isOnce ? hosts.slice(0, 1) : hosts) {
      try {
        if (node.node === "task") this.#task(node, host, isOnce ? hosts : [host]);
        else if (node.node === "include") for (const each of await this.#include(node, host)) out.set(...each);
        else this.#meta(node, host);
      } catch (error) {
        if (!(error instanceof Failed || error instanceof Leaves)) throw error;
        out.set(host, error);
      }
    }
    return out;
  }

  async #block(block: Extract<Node, { node: "block" }>, all: readonly string[]): Promise<Map<string, Failed | Leaves>> {
    const hosts = all.filter((host) => !block.isLeftOut?.(this.#walking.memories(host)));
    const out = await this.#nodes(block.nodes, hosts);
    for (const [host, why] of out)
      if (why instanceof Leaves && why.role !== undefined && why.role === block.role) out.delete(host);
    const broken = [...out].filter((each): each is [string, Failed] => each[1] instanceof Failed);
    if (block.rescue.length > 0 && broken.length > 0) {
      for (const [host, { task, result }] of broken) {
        const { registered } = this.#walking.memories(host);
        Object.assign(registered, { ansible_failed_task: { name: task }, ansible_failed_result: result });
        out.delete(host);
      }
      const again = await this.#nodes(
        block.rescue,
        broken.map(([host]) => host),
      );
      for (const each of again) out.set(...each);
    }
    for (const each of await this.#nodes(block.always, hosts)) out.set(...each);
    return out;
  }

  async #flush(hosts: readonly string[]): Promise<Map<string, Failed | Leaves>> {
    const out = new Map<string, Failed | Leaves>();
    for (const handler of this.#handlers) {
      const called = this.#called.get(handler.id);
      const here = hosts.filter((host) => called?.delete(host) && !this.#failed.has(host) && !this.#left.has(host));
      if (here.length > 0) for (const each of await this.#nodes([handler.node], here)) out.set(...each);
    }
    return out;
  }

  async #include(include: Include, host: string): Promise<Map<string, Failed | Leaves>> {
    const scope = this.#scope(include, host);
    const out = new Map<string, Failed | Leaves>();
    for (const { own } of itemsOf(include, scope)) {
      if (!include.when.every((each) => each.resolve(own))) continue;
      const { nodes, handlers } = await include.read(own);
      for (const each of handlers) if (!this.#handlers.some(({ id }) => id === each.id)) this.#handlers.push(each);
      for (const each of await this.#nodes(nodes, [host])) out.set(...each);
      if (out.size > 0) break;
    }
    return out;
  }

  #meta(meta: Extract<Node, { node: "meta" }>, host: string): void {
    const scope = this.#scope(meta, host);
    if (!meta.when.every((each) => each.resolve(scope))) return;
    if (meta.action === "end_host" || meta.action === "end_play") this.#left.add(host);
    if (meta.action === "end_role") throw new Leaves(meta.role);
  }

  #task(task: Task, host: string, keepers: readonly string[]): void {
    const scope = this.#scope(task, host);
    const name = nameOn(task, scope);
    const results = itemsOf(task, scope, (own) => this.#isLeftOut(task, own));
    const ended: { line: Line; result: Result }[] = [];
    for (const { own: given, item } of results) {
      // What an item before has set is seen by the next.
      const own = task.scope(this.#walking.memories(host)).with(overlayOf(given));
      const each = this.#one(task, own, { host, name, ...(task.loop && { item: labelOf(task, own, item) }) });
      if (task.loop) Object.assign(each.result, { [task.loop.variable]: item, ansible_loop_var: task.loop.variable });
      ended.push(each);
      for (const keeper of keepers) this.#remember(task, each, keeper);
      const after = own.with({ [task.register ?? "_"]: each.result });
      if (task.loop?.breakWhen?.every((condition) => condition.resolve(after))) break;
    }
    for (const { line } of ended) this.#lines.push(line);
    const result = task.loop ? together(ended.map((each) => each.result)) : ended[0]?.result;
    if (task.loop && ended.every(({ line }) => line.status === "skipped"))
      this.#lines.push({ host, task: name, status: "skipped" });
    if (result === undefined) return;
    for (const keeper of keepers) this.#keep(task, result, keeper);
    if (ended.some(({ line }) => line.status === "changed")) this.#notify(task, scope, host);
    const bad = ended.find(({ line }) => line.status === "failed");
    if (bad) throw new Failed(name, bad.result);
  }

  #isLeftOut(task: Task, scope: Scope): boolean {
    return !task.when.every((each) => each.resolve(scope));
  }

  #one(task: Task, scope: Scope, { host, name, ...more }: { host: string; name: string; item?: unknown }) {
    const at = { host, task: name, ...more };
    if (this.#isLeftOut(task, scope)) {
      return { line: { ...at, status: "skipped" } as const, result: { changed: false, skipped: true } as Result };
    }
    let result = run(task, scope, host);
    for (let attempt = 1; task.until; attempt++) {
      result = { ...result, attempts: attempt };
      const after = scope.with({ [task.register ?? "ansible_result"]: result });
      if (task.until.conditions.every((each) => each.resolve(after)) || attempt >= task.until.retries.resolve(scope))
        break;
      result = run(task, scope, host);
    }
    if (result.skipped) return { line: { ...at, status: "skipped" } as const, result };
    const after = scope.with({ ...(task.register !== undefined && { [task.register]: result }) });
    const holds = (all: typeof task.failedWhen) =>
      all !== undefined && all.length > 0 && all.every((each) => each.resolve(after));
    if (task.failedWhen)
      Object.assign(result, { failed: holds(task.failedWhen), failed_when_result: holds(task.failedWhen) });
    if (task.changedWhen) result.changed = holds(task.changedWhen);
    const isIgnored = result.failed === true && task.ignoresErrors.resolve(scope);
    const status = isIgnored ? "ignored" : result.failed ? "failed" : result.changed ? "changed" : "ok";
    return { line: { ...at, status, msg: result.msg ?? result.shown ?? null } as const, result };
  }

  #keep(task: Task, result: Result, host: string): void {
    if (task.register === undefined) return;
    const memory = this.#walking.memories(host);
    memory.registered[task.register] = result;
    delete memory.setFacts[task.register];
  }

  /** Of each item, so that the next one sees it. */
  #remember(task: Task, { result, line }: { line: Line; result: Result }, host: string): void {
    if (line.status === "skipped") return;
    const scope = task.scope(this.#walking.memories(host));
    const owner = task.delegatesFacts.resolve(scope) ? (task.delegateTo?.resolve(scope) ?? host) : host;
    const memory = this.#walking.memories(owner);
    const { remembers } = task.module;
    if (remembers !== undefined && remembers !== "hosts") Object.assign(memory[remembers], result.ansible_facts);
    if (result.add_host) this.#walking.addHost(result.add_host as never);
  }

  #notify(task: Task, scope: Scope, host: string): void {
    for (const name of task.notify.resolve(scope)) {
      const byName = this.#handlers.findLast((handler) => isNamed(handler, name, scope));
      const listening = this.#handlers.filter(({ listen }) => listen.includes(name));
      const called = [...(byName ? [byName] : []), ...listening];
      if (called.length === 0) throw new InputError({ code: "test/no-handler", message: `no handler ${name}` });
      for (const { id } of called) this.#called.set(id, (this.#called.get(id) ?? new Set()).add(host));
    }
  }

  #scope(node: Exclude<Node, { node: "block" }>, host: string): Scope {
    return node.scope(this.#walking.memories(host));
  }
}
