import type { Read, ReadResult } from "../connection.ts";
import type { RunningJob } from "./job.ts";
import { recordWords } from "./job-words.ts";

/** A question to put beside others into one exchange: which jobs still run? Its user's own jobs are told, and nobody else's. */
export function runningJobsRead(): Read & { readonly parse: (result: ReadResult) => readonly RunningJob[] } {
  return { script: `${recordWords()}evk_list`, parse };
}

function parse({ stdout }: ReadResult, now = Date.now()): readonly RunningJob[] {
  const [uptime, ...jobs] = stdout.toString().trim().split("\n");
  return jobs.map((line) => {
    const [id = "", state, started] = line.split(" ");
    const secondsAgo = Number(uptime) - Number(started);
    return { id, state: state === "ending" ? "ending" : "running", startedAt: new Date(now - secondsAgo * 1000) };
  });
}
