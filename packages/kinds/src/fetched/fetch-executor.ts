import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { HostPort, StepExecutor } from "@evenkeel/core";
import { StepError } from "@evenkeel/core";
import type { FetchData } from "./fetched.ts";

/** Brings a host's file here: all of it, as it was when it was looked at, or nothing. */
export const fetchExecutor: StepExecutor = {
  do: "files.fetch",
  async take(data, host) {
    const { from, to, sha256 } = data as FetchData;
    await mkdir(dirname(to), { recursive: true });
    const growing = join(dirname(to), `.evenkeel-${randomUUID()}`);
    try {
      const got = await bring(host, from, growing);
      if (sha256 !== "" && got.sha256 !== sha256) throw otherwise(from);
      await rename(growing, to);
      return { data: got };
    } finally {
      await rm(growing, { force: true });
    }
  },
};

async function bring(host: HostPort, from: string, to: string) {
  const file = await open(to, "wx", 0o600);
  const [sha256, sha1, md5] = [createHash("sha256"), createHash("sha1"), createHash("md5")];
  try {
    await host.get(from, async (bytes) => {
      for (const sum of [sha256, sha1, md5]) sum.update(bytes);
      await file.write(bytes);
    });
    await file.chmod(0o644 & ~process.umask());
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: sha256.digest("hex"), checksum: sha1.digest("hex"), md5sum: md5.digest("hex") };
}

function otherwise(path: string): StepError {
  return new StepError({
    code: "fetch/changed",
    message: `${path} is not what it was when it was looked at`,
    hint: "the copy here is as it was; try again",
  });
}
