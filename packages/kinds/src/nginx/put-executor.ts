import { randomUUID } from "node:crypto";
import type { HostPort, StepExecutor } from "@evenkeel/core";
import { readWords, Secret, StepError } from "@evenkeel/core";
import type { NginxPut } from "./nginx-file.ts";
import { nginxServer } from "./nginx-server.ts";
import type { NginxAbilities, NginxText } from "./nginx-text.ts";
import { linesFor } from "./nginx-text.ts";
import { refusal } from "./refusal.ts";

/** nginx refused: nothing has changed. */
const REFUSED = 65;

/** Changes a file below /etc/nginx, once nginx has looked at the whole folder as it would be. */
export const nginxPutExecutor: StepExecutor = {
  do: "nginx.put",
  async take(data, host, watch) {
    const put = data as NginxPut;
    const lines = isLines(put.content) ? linesFor(put.content, await abilities(host)) : undefined;
    const outcome = await host.job(
      {
        id: randomUUID(),
        argv: ["sh", "-c", script(), "evenkeel-nginx", ...words(put)],
        stdin: lines === undefined ? ((put.content ?? "") as string | Secret) : joined(lines),
        deadlineMs: 60_000,
        whenLost: "leave",
      },
      watch.signal ? { signal: watch.signal } : {},
    );
    const [stdout, stderr] = [Buffer.from(outcome.stdout).toString(), Buffer.from(outcome.stderr).toString()];
    if (outcome.kind === "done" && outcome.code === 0) return { stdout, stderr, code: 0 };
    if (outcome.kind === "done" && outcome.code === REFUSED) throw refusal(stdout, put, lines);
    const isUnknown = outcome.kind === "unknown";
    throw new StepError({
      code: isUnknown ? "step/unknown" : "nginx/put",
      message: isUnknown
        ? `${put.path}: nobody knows whether it was written: ${outcome.because}`
        : `${put.path} could not be written`,
      detail: `${stdout}${stderr}`.trim(),
    });
  },
};

function script(): string {
  return readWords(new URL("./tree.sh", import.meta.url)) + readWords(new URL("./put.sh", import.meta.url));
}

/** Of a file that was there and whose text nobody knows, the host has kept a copy. */
function words({ path, what, mode, names = [], isUndo, content }: NginxPut): string[] {
  const isKept = isUndo && what === "file" && content === undefined;
  return [path, isKept ? "kept" : what, mode, isUndo ? "1" : "0", ...names];
}

async function abilities(host: HostPort): Promise<NginxAbilities> {
  const [answer] = await host.exchange([{ script: nginxServer.read(["nginx"]) }]);
  const state = nginxServer.parse(answer?.stdout ?? new Uint8Array(), ["nginx"]).get("nginx");
  if (state?.state === "present") return state;
  throw new StepError({
    code: "nginx/absent",
    message: "there is no nginx on this host",
    hint: "install the package nginx first",
  });
}

function joined(lines: NginxText): string {
  return lines.map(({ text }) => `${text}\n`).join("");
}

function isLines(content: NginxPut["content"]): content is NginxText {
  return content !== undefined && typeof content !== "string" && !(content instanceof Secret);
}
