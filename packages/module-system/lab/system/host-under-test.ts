import { randomUUID } from "node:crypto";
import { appendFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { AnyKind, AnyModule, Change, HostJob, HostPort, Observed, Query, Step, StepOutput } from "@evenkeel/core";
import { isAct, isUnsettled } from "@evenkeel/core";
import { kinds } from "@evenkeel/kinds";
import type { Host, Lab } from "@evenkeel/lab";
import { createLab } from "@evenkeel/lab";
import type { Connection } from "@evenkeel/transport";
import { connect } from "@evenkeel/transport";
import { executors } from "../../src/executors.ts";

type Params = Readonly<Record<string, unknown>>;
type Answers = Record<string, Observed | readonly Observed[]>;

/** What came of a module on a host. */
export interface Done {
  /** `action kind key` of each change. */
  readonly changes: readonly string[];
  readonly made: readonly Change[];
  readonly outputs: readonly StepOutput[];
  readonly result: Readonly<Record<string, unknown>>;
}

/** A host of a lab, and modules on it: observed, planned, applied and proven without the engine. */
export class HostUnderTest implements AsyncDisposable {
  readonly host: Host;
  readonly #lab: Lab;
  readonly #connection: Connection;

  private constructor(lab: Lab, host: Host, user: string, port = 22) {
    this.#lab = lab;
    this.host = host;
    const login = {
      identityFiles: [lab.identityFile],
      knownHostsFiles: [lab.knownHostsFile],
      sshConfig: "none",
      agent: "none",
    };
    this.#connection = connect({ name: host.name, address: host.address, port, user, ...login } as const);
  }

  static async boot(suite: Host["suite"] = "trixie", user = "root"): Promise<HostUnderTest> {
    const lab = await createLab();
    const host = await lab.addHost({ name: "host", suite });
    if (suite !== "tiny") await host.run(["systemctl", "is-system-running", "--wait"], { check: false });
    return new HostUnderTest(lab, host, user);
  }

  /** The same host over a connection of its own; `close` ends only that. */
  reconnected(): HostUnderTest {
    return new HostUnderTest(this.#lab, this.host, "root");
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }

  /** The same host through an sshd that has all of the machine's capabilities, which hosts of the lab do without. */
  async withCapabilities(): Promise<HostUnderTest> {
    const sshd = ["/usr/sbin/sshd", "-p", "443", "-o", "PidFile=none"];
    await this.host.enter(["sh", "-c", 'mkdir -p /run/sshd && exec "$@"', "sh", ...sshd]);
    const known = await this.host.shell(`cat /etc/ssh/ssh_host_ed25519_key.pub`);
    appendFileSync(this.#lab.knownHostsFile, `[${this.host.address}]:443 ${known.stdout}`);
    return new HostUnderTest(this.#lab, this.host, "root", 443);
  }

  get port(): HostPort {
    return this.#connection;
  }

  async shell(script: string): Promise<string> {
    return (await this.host.shell(script)).stdout;
  }

  async ask<State>(query: Query<State>): Promise<State> {
    return (await this.#observe(query)).state as State;
  }

  /** What would be done; an expectation holds that nothing on the host was changed by asking. */
  async plan(module: AnyModule, params: Params): Promise<readonly string[]> {
    const whole = withDefaults(module, params);
    return describe(module.plan(await this.#answers(module, whole), whole));
  }

  /** What the host says to a module's questions, in their order. */
  async answers(module: AnyModule, params: Params): Promise<readonly unknown[]> {
    const answers = await this.#answers(module, withDefaults(module, params));
    return Object.values(answers).flatMap((each) => [each].flat().map(({ state }) => state));
  }

  /** Does it, and looks whether it is as planned: each change, and that nothing is left to do. */
  async apply(module: AnyModule, params: Params): Promise<Done> {
    const whole = withDefaults(module, params);
    const before = await this.#answers(module, whole);
    const made: readonly Change[] = module.plan(before, whole);
    const outputs: StepOutput[] = [];
    for (const change of made) for (const step of change.steps) outputs.push(await takeStep(step, this.port));
    for (const change of made.filter(({ action }) => action !== "run" && action !== "check")) await this.#prove(change);
    const after = await this.#answers(module, whole);
    const left: readonly Change[] = module.plan(after, whole);
    const remaining = left.filter((change) => !isAct(change) && change.action !== "check");
    if (remaining.length > 0)
      throw new Error(`still to do: ${describe(remaining)}\n${JSON.stringify(remaining, undefined, 1)}`);
    const result = module.result?.({ before, after, changes: made, outputs } as never, whole) ?? {};
    return { changes: describe(made), made, outputs, result };
  }

  async undo({ made }: Done): Promise<void> {
    for (const change of made.toReversed()) for (const step of change.undo) await takeStep(step, this.port);
  }

  /** What kinds do at the end of a play. */
  async finish({ made }: Done): Promise<void> {
    for (const kind of kinds) {
      const changes = made.filter((change) => change.kind === kind.name);
      if (changes.length === 0) continue;
      for (const { steps } of kind.finish?.(changes) ?? []) for (const step of steps) await takeStep(step, this.port);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connection.close();
    await this.#lab.down();
  }

  async #answers(module: AnyModule, params: Params): Promise<Answers> {
    const asked: Record<string, Query | readonly Query[]> = module.observe(params);
    const answers: Answers = {};
    for (const [name, queries] of Object.entries(asked))
      answers[name] = Array.isArray(queries)
        ? await Promise.all(queries.map((query) => this.#observe(query)))
        : await this.#observe(queries as Query);
    return answers;
  }

  async #observe(query: Query): Promise<Observed> {
    const kind = kindOf(query.kind);
    const what = { kind: query.kind, key: query.key, ...(query.via !== undefined && { via: query.via }) };
    if (!("read" in kind)) return { ...what, state: (await kind.ask([query], this.port))[0] };
    const [answer] = await this.port.exchange([{ script: kind.read([query.key], query.via) }]);
    if (answer?.code !== 0) throw new Error(`${query.kind} ${query.key}: ${Buffer.from(answer?.stderr ?? [])}`);
    return { ...what, state: kind.parse(answer.stdout, [query.key], query.via).get(query.key) };
  }

  async #prove(change: Change): Promise<void> {
    const { state } = await this.#observe(change);
    if (!isUnsettled(state) && kindOf(change.kind).isAsPlanned(state, change.after)) return;
    throw new Error(
      `not as planned: ${change.kind} ${change.key}\n${JSON.stringify({ planned: change.after, found: state }, undefined, 1)}`,
    );
  }
}

function kindOf(name: string): AnyKind {
  const kind = kinds.find((each) => each.name === name);
  if (kind) return kind;
  throw new Error(`kind ${name} is not in the list of kinds`);
}

function withDefaults(module: AnyModule, params: Params): Params {
  const properties = Object.entries(module.params.properties as Record<string, { readonly default?: unknown }>);
  return {
    ...Object.fromEntries(
      properties.flatMap(([name, { default: value }]) => (value === undefined ? [] : [[name, value]])),
    ),
    ...params,
  };
}

function describe(changes: readonly Change[]): readonly string[] {
  return changes.map(({ action, kind, key }) => `${action} ${kind} ${key}`);
}

async function takeStep(step: Step, port: HostPort): Promise<StepOutput> {
  const times = { startedAt: new Date().toISOString(), endedAt: new Date().toISOString() };
  const empty = { stdout: "", stderr: "", ...times };
  if (step.do === "write") {
    await port.put(step);
    return empty;
  }
  if (step.do === "tree") return { ...empty, data: await port.putTree(step) };
  if (step.do === "wait") {
    const until = Date.now() + step.deadlineMs;
    while ((await port.exchange([{ script: step.script }]))[0]?.code !== 0) {
      if (Date.now() > until) throw new Error(`waited in vain until ${step.until}`);
      await sleep(step.everyMs ?? 200);
    }
    return empty;
  }
  if (step.do !== "run") {
    const executor = executors.find((each) => each.do === step.do);
    if (!executor) throw new Error(`no executor for ${step.do}`);
    return { ...empty, ...(await executor.take((step as { readonly data: unknown }).data, port, {})) };
  }
  const { accept = [0], stdin, ...command } = step;
  const bytes = typeof stdin === "object" && "localFile" in stdin ? await readFile(stdin.localFile) : stdin;
  const outcome = await port.job({
    id: randomUUID(),
    ...command,
    ...(bytes !== undefined && { stdin: bytes }),
  } as HostJob);
  const [stdout, stderr] = [Buffer.from(outcome.stdout).toString(), Buffer.from(outcome.stderr).toString()];
  if (outcome.kind === "done" && (accept === "any" || accept.includes(outcome.code)))
    return { ...empty, stdout, stderr, code: outcome.code };
  throw new Error(`${step.argv.slice(3).join(" ").slice(0, 200)}: ${JSON.stringify({ ...outcome, stdout, stderr })}`);
}
