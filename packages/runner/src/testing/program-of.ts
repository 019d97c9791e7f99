import type {
  AnyModule,
  Block,
  Handler,
  HostMemory,
  Include,
  Meta,
  Node,
  Open,
  Play,
  Scope,
  Task,
} from "@evenkeel/core";

const place = { file: "test.yml" };

/** Something that is computed from the variables. */
export function open<T>(resolve: (get: (name: string) => unknown) => T): Open<T> {
  return { source: resolve.toString(), resolve: (scope) => resolve((name) => scope.get(name)) };
}

export function fixed<T>(value: T): Open<T> {
  return { source: value, resolve: () => value };
}

type Given = Partial<Omit<Task, "notify" | "name">> & { readonly name?: string; readonly notify?: readonly string[] };

let count = 0;

export function task(
  module: AnyModule,
  params: Readonly<Record<string, unknown>> | Open<Readonly<Record<string, unknown>>>,
  { name, notify, ...more }: Given = {},
): Task {
  count++;
  return {
    node: "task",
    id: `t${count}`,
    name: fixed(name ?? `${String(module.name)} ${count}`),
    place,
    module,
    params: isOpen(params) ? params : fixed(params),
    when: [],
    runsOnce: fixed(false),
    ignoresErrors: fixed(false),
    ignoresUnreachable: fixed(false),
    isSilent: fixed(false),
    anyErrorsFatal: fixed(false),
    delegatesFacts: fixed(false),
    environment: fixed({}),
    become: fixed(undefined),
    notify: fixed(notify ?? []),
    isGuarded: false,
    scope: scopeOf,
    ...more,
  };
}

export function block(
  nodes: readonly Node[],
  { rescue = [], always = [] }: { rescue?: readonly Node[]; always?: readonly Node[] } = {},
): Block {
  return { node: "block", name: "", place, nodes, rescue, always };
}

export function meta(action: Meta["action"]): Meta {
  return {
    node: "meta",
    id: action,
    name: fixed(action),
    place,
    action,
    when: [],
    runsOnce: fixed(false),
    scope: scopeOf,
  };
}

export function include(nodes: readonly Node[], more: Partial<Include> = {}): Include {
  const read = async () => ({ nodes, handlers: [] });
  return {
    node: "include",
    id: "include",
    name: fixed("include"),
    place,
    when: [],
    runsOnce: fixed(false),
    scope: scopeOf,
    read,
    ...more,
  };
}

export function handler(name: string, node: Task, listen: readonly string[] = []): Handler {
  return { id: `handler ${name}`, node, name: fixed(name), listen };
}

export function play(nodes: readonly Node[], more: Partial<Play> & { readonly on?: readonly string[] } = {}): Play {
  const { on = ["one"], ...rest } = more;
  return {
    name: "play",
    place,
    hosts: ({ failed }) => on.filter((name) => !failed.has(name)),
    nodes,
    handlers: [],
    serial: [],
    anyErrorsFatal: false,
    strategy: "linear",
    runsHandlersOnFailure: false,
    ...rest,
  };
}

function isOpen(value: object): value is Open<Readonly<Record<string, unknown>>> {
  return "resolve" in value && typeof value.resolve === "function";
}

function scopeOf(memory: HostMemory): Scope {
  return layered({ ...memory.facts, ...memory.registered, ...memory.setFacts, inventory_hostname: memory.name });
}

function layered(values: Readonly<Record<string, unknown>>): Scope {
  return {
    has: (name) => name in values,
    get: (name) => {
      if (name in values) return values[name];
      throw new Error(`${name} is undefined`);
    },
    names: () => Object.keys(values),
    with: (more) => layered({ ...values, ...more }),
  };
}
