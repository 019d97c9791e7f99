import { hash } from "node:crypto";
import type { AnyKind, HostAnswer, HostPort, Query } from "@evenkeel/core";
import { StepError } from "@evenkeel/core";

/** Questions of one kind, which are asked together. */
export interface Group {
  readonly kind: AnyKind;
  readonly via: unknown;
  readonly queries: readonly Query[];
}

export function groupsOf(queries: readonly Query[], kindOf: (name: string) => AnyKind): readonly Group[] {
  const groups = Map.groupBy(queries, ({ kind, via }) => `${kind} ${viaText(via)}`);
  return [...groups.values()].map((all) => ({ kind: kindOf(all[0]?.kind ?? ""), via: all[0]?.via, queries: all }));
}

/** Asks all in one exchange, as far as sh can ask. Each group is answered as soon as the host has said so much. */
export function askHost(port: HostPort, groups: readonly Group[]): readonly Promise<readonly unknown[]>[] {
  const scripts = groups.flatMap(({ kind, via, queries }) => ("read" in kind ? [kind.read(keysOf(queries), via)] : []));
  const answers = scripts.map(() => Promise.withResolvers<HostAnswer | undefined>());
  const take = (answer: HostAnswer | undefined, index: number) => answers[index]?.resolve(answer);
  if (scripts.length > 0) {
    const reads = scripts.map((script) => ({ script }));
    port.exchange(reads, { onAnswer: take }).then(
      (all) => {
        for (const index of answers.keys()) take(all[index], index);
      },
      (error) => {
        for (const { reject } of answers) reject(error);
      },
    );
  }
  const told = answers.values();
  return groups.map(async ({ kind, via, queries }) => {
    if ("ask" in kind) return kind.ask(queries, port);
    const answer = await told.next().value?.promise;
    if (answer?.code !== 0) throw unanswered(kind.name, answer?.stderr);
    const states = kind.parse(answer.stdout, keysOf(queries), via);
    return queries.map(({ key }) => states.get(key));
  });
}

export function viaText(via: unknown): string {
  return via === undefined ? "" : hash("sha256", JSON.stringify(via));
}

function keysOf(queries: readonly Query[]): string[] {
  return queries.map(({ key }) => key);
}

function unanswered(kind: string, stderr: Uint8Array | undefined): StepError {
  return new StepError({
    code: "runner/unanswered",
    message: `the host could not be asked about any ${kind}`,
    detail: Buffer.from(stderr ?? [])
      .toString()
      .trim(),
  });
}
