import { randomBytes } from "node:crypto";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Host } from "@evenkeel/lab";
import type { Stage } from "../lab/stage.ts";
import type { Result } from "./measure.ts";
import { measure } from "./measure.ts";
import { run } from "./programs.ts";

const MiB = 1024 * 1024;

/** 1 GiB. We check what arrived and wait until it is on the disk, which scp does not. */
export async function largeFile(stage: Stage, host: Host): Promise<Result[]> {
  const folder = mkdtempSync(join(tmpdir(), "evk-bench-"));
  const path = join(folder, "large");
  const file = openSync(path, "w");
  const block = randomBytes(16 * MiB);
  for (let at = 0; at < 64; at++) writeSync(file, block);
  closeSync(file);
  const arguments_ = stage.lab.sshArguments();
  const ours = (transport: "ssh2" | "openssh") => async () => {
    const connection = stage.connect(host, { transport });
    await connection.put({ path: "/srv/large", content: { localFile: path } });
    await connection.close();
  };
  const result = await measure({
    title: "1 GiB",
    rounds: 3,
    prepare: () => stage.witness(host).see("rm -f /srv/large; sync"),
    runs: {
      "evenkeel put (ssh2)": ours("ssh2"),
      "evenkeel put (openssh)": ours("openssh"),
      scp: () => run("scp", ["-q", ...arguments_, path, `root@${host.address}:/srv/large`]),
      "rsync -a": () =>
        run("rsync", ["-a", "-e", `ssh ${arguments_.join(" ")}`, path, `root@${host.address}:/srv/large`]),
    },
  });
  rmSync(folder, { recursive: true });
  return [result];
}
