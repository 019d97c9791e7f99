import { createHash } from "node:crypto";
import { quote, StepError } from "@evenkeel/core";
import type { Sink } from "../shell/request.ts";
import type { Shell } from "../shell/shell.ts";
import { FILES_SILENT_MS } from "./put-file.ts";

/** Brings a file from a host, piece by piece, and checks that all of it came. */
export async function getFile(shell: Shell, path: string, sink: Sink): Promise<void> {
  const sum = createHash("sha256");
  const [content, check] = await shell.send([
    {
      script: `(cat -- ${quote(path)}) </dev/null`,
      silentMs: FILES_SILENT_MS,
      sink: (bytes) => {
        sum.update(bytes);
        return sink(bytes);
      },
    },
    { script: `(sha256sum <${quote(path)})`, silentMs: FILES_SILENT_MS },
  ]);
  if (content?.status !== 0) {
    const detail = content?.stderr.bytes().toString().trim() ?? "";
    throw new StepError({ code: "files/unreadable", message: `cannot read ${path}`, detail });
  }
  if (check?.stdout.bytes().toString().split(" ")[0] === sum.digest("hex")) return;
  throw new StepError({ code: "files/changed", message: `${path} changed while it was being read`, hint: "try again" });
}
