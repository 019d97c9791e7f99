import type { HostPort, Query } from "@evenkeel/core";
import { defineKind, quote, readWords } from "@evenkeel/core";

/** What a host's records say about a command that was left to run there. */
export type JobState =
  | { readonly state: "absent" }
  | { readonly state: "running" }
  | {
      /** `lost`: it was started, and nothing tells how it ended. */
      readonly state: "ended" | "lost";
      readonly code?: number;
      readonly stdout: string;
      readonly stderr: string;
    };

/** A job by its id, as `async` gives it. It is only looked at, or its record is thrown away. */
export const job = defineKind<JobState, { readonly state: "absent" }>({
  name: "job",
  ask: (queries, host) => Promise.all(queries.map((query) => ask(query, host))),
  ensure({ kind, key, state: before }) {
    if ("state" in before && before.state === "absent") return [];
    const script = `${words()}\nrm -rf -- "$evk_s/jobs/$1"\n`;
    const steps = [{ do: "run" as const, argv: ["sh", "-c", script, "evenkeel-forget-job", key] }];
    return [
      { kind, key, action: "remove", before, after: { state: "absent" }, steps, undo: [], interrupts: "nothing" },
    ];
  },
  isAsPlanned: (actual, after) => actual.state === after.state,
  isAbsent: ({ state }) => state === "absent",
  isMoving: true,
  describe: ({ state }) => ({ state }),
});

/** What is no id of ours is the id of nothing: Ansible's look otherwise. */
async function ask({ key }: Query<JobState>, host: HostPort): Promise<JobState> {
  if (!/^[A-Za-z0-9-]{1,80}$/.test(key)) return { state: "absent" };
  const file = (name: string) => `${words()}\ncat "$evk_s/jobs/"${quote(key)}/${name} 2>/dev/null || :`;
  const [told, out, err] = await host.exchange([
    { script: `${words()}\nevk_tell ${quote(key)}` },
    { script: file("out") },
    { script: file("err") },
  ]);
  const [state, code] = text(told?.stdout).trim().split(" ");
  if (state !== "ended" && state !== "lost") return { state: state === "running" ? state : "absent" };
  return { state, ...(code && { code: Number(code) }), stdout: text(out?.stdout), stderr: text(err?.stdout) };
}

const words = () => readWords(new URL("./records.sh", import.meta.url));

function text(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString();
}
