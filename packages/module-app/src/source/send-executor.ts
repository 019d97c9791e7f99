import { constants } from "node:fs";
import { chmod, copyFile, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OwnStep, StepExecutor } from "@evenkeel/core";
import { StepError } from "@evenkeel/core";
import { digestEntries } from "./digest-source.ts";
import type { SourceEntry } from "./walk-source.ts";
import { walkSource } from "./walk-source.ts";

export interface Sending {
  readonly from: string;
  readonly exclude: readonly string[];
  /** What was planned: another content is another release. */
  readonly digest: string;
  readonly path: string;
  readonly owner: string;
}

export function sendStep(data: Sending): OwnStep {
  return { do: "app.send", data };
}

/** Sends a folder of ours, without what is left out, exactly as it was when it was planned. */
export const sendExecutor: StepExecutor = {
  do: "app.send",
  async take(data, host) {
    const { from, exclude, digest, path, owner } = data as Sending;
    const staged = await mkdtemp(join(tmpdir(), "evenkeel-app-"));
    try {
      const entries = walkSource(from, exclude);
      await copyEntries(from, staged, entries);
      // Of the copy, which nobody changes while it travels.
      if ((await digestEntries(staged, entries)) !== digest) throw changed(from);
      await host.putTree({ from: staged, path, owner, group: owner, directoryMode: "0755" });
      return {};
    } finally {
      await rm(staged, { recursive: true });
    }
  },
};

async function copyEntries(from: string, to: string, entries: readonly SourceEntry[]): Promise<void> {
  for (const { path, sort, isExecutable, target } of entries) {
    const there = join(to, path);
    if (sort === "directory") await mkdir(there);
    else if (sort === "link") await symlink(target ?? "", there);
    else {
      await copyFile(join(from, path), there, constants.COPYFILE_FICLONE);
      await chmod(there, isExecutable ? 0o755 : 0o644);
    }
  }
}

function changed(from: string): StepError {
  return new StepError({
    code: "app/source-changed",
    message: `${from} has changed since it was looked at`,
    hint: "run it again when nobody writes there",
  });
}
