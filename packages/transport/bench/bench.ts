import { spawnSync } from "node:child_process";
import { Stage } from "../lab/stage.ts";
import { exchanges } from "./exchanges.ts";
import { largeFile } from "./large-file.ts";
import { logins } from "./logins.ts";
import { manyFiles } from "./many-files.ts";
import { printTable } from "./print-table.ts";

/** How fast we are beside what anyone has: `npm run bench`. Interleaved, medians, on this machine, in one run. */
await using stage = await Stage.set({ name: "bench" });
const host = stage.host("bench");
await host.shell(
  "command -v rsync >/dev/null || (apt-get update -q && apt-get install -y -q --no-install-recommends rsync) >/dev/null 2>&1",
);

const versions = [
  `Node ${process.version}`,
  spawnSync("ssh", ["-V"], { encoding: "utf8" }).stderr.trim(),
  spawnSync("rsync", ["--version"], { encoding: "utf8" }).stdout.split("\n")[0]?.trim(),
  `sshd: ${(await host.shell("/usr/sbin/sshd -V 2>&1 | head -n 1")).stdout.trim()}`,
  `rounds: ${process.env.ROUNDS ?? "as given"}`,
];
console.log(`${versions.join("\n")}\n`);
for (const bench of [logins, exchanges, manyFiles, largeFile]) printTable(await bench(stage, host));
