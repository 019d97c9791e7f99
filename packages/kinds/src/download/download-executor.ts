import { createHash } from "node:crypto";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StepExecutor } from "@evenkeel/core";
import { StepError } from "@evenkeel/core";
import type { DownloadData } from "./download.ts";
import { getHere } from "./get-here.ts";

/** Downloads here what a host has nothing to download with, and sends it. */
export const downloadExecutor: StepExecutor = {
  do: "files.download",
  async take(data, host) {
    const { path, via, expected, mode, owner, group, inPlace } = data as DownloadData;
    const folder = await mkdtemp(join(tmpdir(), "evenkeel-download-"));
    try {
      const localFile = join(folder, "new");
      const sums = await keep(getHere(via), localFile, expected?.algorithm);
      if (expected && sums.asked !== expected.sum) throw wrong(via.url, sums.asked, expected.sum);
      const attributes = {
        ...(mode && { mode }),
        ...(owner && { owner }),
        ...(group && { group }),
        ...(inPlace && { inPlace }),
      };
      await host.put({ path, content: { localFile }, ...attributes });
      return { stdout: `200\n${sums.sha1}  -\n${sums.md5}  -\n` };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function keep(pieces: AsyncIterable<Uint8Array>, path: string, algorithm = "sha256") {
  const [asked, sha1, md5] = [createHash(algorithm), createHash("sha1"), createHash("md5")];
  const file = await open(path, "wx", 0o600);
  try {
    for await (const piece of pieces) {
      for (const sum of [asked, sha1, md5]) sum.update(piece);
      await file.write(piece);
    }
  } finally {
    await file.close();
  }
  return { asked: asked.digest("hex"), sha1: sha1.digest("hex"), md5: md5.digest("hex") };
}

function wrong(url: string, actual: string, expected: string): StepError {
  return new StepError({
    code: "download/checksum",
    message: `what ${url} gives adds up to ${actual}, and is to be ${expected}`,
    hint: "the file is as it was",
  });
}
