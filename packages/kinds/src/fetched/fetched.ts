import type { HostPort, OwnStep } from "@evenkeel/core";
import { defineKind, isUnsettled, readWords, StepError } from "@evenkeel/core";
import { pathWord } from "../file/read-files.ts";
import { sumOfOurs } from "./sum-of-ours.ts";

/** A file of a host's and its copy here, each by its SHA-256. */
export interface FetchedState {
  readonly there:
    | { readonly state: "absent" | "folder" | "unreadable" }
    | { readonly state: "file"; readonly sha256: string; readonly size: number; readonly path: string };
  /** Nothing: there is no copy. */
  readonly here?: string | undefined;
}

/** What the step is told. */
export interface FetchData {
  readonly from: string;
  readonly to: string;
  readonly sha256: string;
}

/** A copy on our side of a host's file; the key is the copy's path: `fetched(path, { from })`. */
export const fetched = defineKind<FetchedState, { readonly from: string }>({
  name: "fetched",
  ask: (queries, host) =>
    Promise.all(
      queries.map(async ({ key, via }) => ({
        there: await lookThere((via as { from: string }).from, host),
        here: await sumOfOurs(key),
      })),
    ),
  ensure(actual, { from }) {
    const { kind, key, via, state } = actual;
    if (!isUnsettled(state) && isSame(state)) return [];
    const there = isUnsettled(state) ? { state: "absent" as const } : state.there;
    const sha256 = there.state === "file" ? there.sha256 : "";
    const step: OwnStep = {
      do: "files.fetch",
      data: { from: there.state === "file" ? there.path : from, to: key, sha256 } satisfies FetchData,
    };
    return [
      {
        kind,
        key,
        via,
        action: "ensure",
        before: state,
        after: { there, here: sha256 },
        steps: [step],
        undo: [],
        interrupts: "nothing",
      },
    ];
  },
  isAsPlanned: (actual) => isSame(actual),
  isAbsent: ({ here }) => here === undefined,
  describe: ({ here }) => (here === undefined ? { state: "absent" } : { state: "file", sha256: here }),
});

function isSame({ there, here }: FetchedState): boolean {
  return there.state === "file" && there.sha256 === here;
}

async function lookThere(path: string, host: HostPort): Promise<FetchedState["there"]> {
  const script = `evk_p=${pathWord(path)}\n${readWords(new URL("./look.sh", import.meta.url))}`;
  const [answer] = await host.exchange([{ script }]);
  const said = Buffer.from(answer?.stdout ?? []).toString();
  const [, size, sha256, resolved] = /^(\d+)\n([0-9a-f]{64})[^\n]*\n(.*)$/s.exec(said) ?? [];
  if (size !== undefined && sha256 !== undefined && resolved !== undefined) {
    return { state: "file", size: Number(size), sha256, path: resolved };
  }
  const word = said.trim();
  if (word === "absent" || word === "folder" || word === "unreadable") return { state: word };
  throw new StepError({
    code: "fetch/unanswered",
    message: `the host could not be asked about ${path}`,
    detail: Buffer.from(answer?.stderr ?? [])
      .toString()
      .trim(),
  });
}
