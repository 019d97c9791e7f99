import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Host } from "@evenkeel/lab";
import type { Stage } from "../lab/stage.ts";
import type { Result } from "./measure.ts";
import { measure } from "./measure.ts";
import { run } from "./programs.ts";

/** 10,000 files of about 2 kB. Both sides start without a connection. */
export async function manyFiles(stage: Stage, host: Host): Promise<Result[]> {
  const from = mkdtempSync(join(tmpdir(), "evk-bench-"));
  for (let at = 0; at < 10_000; at++) {
    if (at < 100) mkdirSync(join(from, `folder-${at}`));
    writeFileSync(
      join(from, `folder-${at % 100}`, `file-${at}.txt`),
      `file ${at}\n${"lorem ipsum dolor ".repeat(at % 220)}`,
    );
  }
  const ours = async () => {
    const connection = stage.connect(host, { transport: "ssh2" });
    await connection.putTree({ from, path: "/srv/ours", prune: true });
    await connection.close();
  };
  const rsync = (...options: string[]) =>
    run("rsync", [
      ...options,
      "--delete",
      "-e",
      `ssh ${stage.lab.sshArguments().join(" ")}`,
      `${from}/`,
      `root@${host.address}:/srv/theirs/`,
    ]);
  const witness = stage.witness(host);
  for (let warm = 0; warm < 3; warm++) {
    await ours();
    await rsync("-a");
    await witness.see("rm -rf /srv/ours /srv/theirs");
  }
  const first = await measure({
    title: "10,000 files, none there yet",
    rounds: 5,
    prepare: () => witness.see("rm -rf /srv/ours /srv/theirs; sync"),
    runs: { "evenkeel putTree": ours, "rsync -a": () => rsync("-a") },
  });
  await ours();
  await rsync("-a");
  const again = await measure({
    title: "10,000 files, nothing to do (we compare contents; rsync -a compares sizes and times, rsync -ac contents)",
    rounds: 7,
    runs: { "evenkeel putTree": ours, "rsync -a": () => rsync("-a"), "rsync -ac": () => rsync("-ac") },
  });
  rmSync(from, { recursive: true });
  return [first, again];
}
