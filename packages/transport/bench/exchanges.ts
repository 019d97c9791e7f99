import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Host } from "@evenkeel/lab";
import type { Stage } from "../lab/stage.ts";
import type { Result } from "./measure.ts";
import { measure } from "./measure.ts";
import { run } from "./programs.ts";

/** A hundred questions to a host to which there is a connection already. */
export async function exchanges(stage: Stage, host: Host): Promise<Result[]> {
  const folder = mkdtempSync(join(tmpdir(), "evk-bench-"));
  const shared = ["-o", "ControlMaster=auto", "-o", `ControlPath=${folder}/s`, "-o", "ControlPersist=60"];
  const ssh = [...stage.lab.sshArguments(), ...shared, `root@${host.address}`];
  const connection = stage.connect(host, { transport: "ssh2" });
  await connection.ready();
  await run("ssh", [...ssh, "true"]);
  const scripts = Array.from({ length: 100 }, (_, number) => `stat -c %s /etc/passwd; echo ${number}`);
  const inTurn = async (ask: (script: string) => Promise<unknown>) => {
    for (const script of scripts) await ask(script);
  };
  const result = await measure({
    title: "100 reads",
    rounds: 5,
    runs: {
      "evenkeel, one exchange": () => connection.exchange(scripts.map((script) => ({ script }))),
      "evenkeel, 100 exchanges": () => inTurn((script) => connection.exchange([{ script }])),
      "100 × ssh over ControlMaster": () => inTurn((script) => run("ssh", [...ssh, script])),
    },
  });
  await run("ssh", [...ssh, "-O", "exit"]).catch(() => undefined);
  rmSync(folder, { recursive: true, force: true });
  return [result];
}
